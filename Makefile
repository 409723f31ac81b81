# Everything here needs Python >= 3.11, git and make, nothing else; `make demo` and `make test` set up what they use.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
ROUNDS ?= 200
chaos: ROUNDS = 500
LOCK   := $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links

# The tests start Python some hundred times: without its compiled files each start takes six times as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test slow kill chaos lint types bench lock imap image-check clean

help:  ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(VENV)/.run  ## the main job on sample reviews, then the desk in a browser: no keys, no network
	$(BIN)/repmon demo --dir demo $$(test -t 0 || echo --once)

test: $(VENV)/.dev  ## the tests, in under three minutes
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile

slow: $(VENV)/.dev  ## long stories, kill rounds, large equality runs, the desk in a browser
	$(BIN)/python -m pytest -m slow -n 2 --dist loadfile

kill: $(VENV)/.dev  ## kill -9 a real daemon at random points (ROUNDS=200)
	REPMON_KILL_ROUNDS=$(ROUNDS) $(BIN)/python -m pytest -m slow tests/flow/test_kill.py -s

chaos: $(VENV)/.dev  ## the same while the channels fail, hang and come back (ROUNDS=500)
	REPMON_CHAOS_ROUNDS=$(ROUNDS) $(BIN)/python -m pytest -m slow tests/flow/test_chaos.py -s

lint: $(VENV)/.dev  ## ruff, import rules, Dockerfile
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile

types: $(VENV)/.dev  ## mypy --strict
	$(BIN)/mypy

bench: $(VENV)/.dev  ## figures beside bare vaderSentiment in the same run
	$(BIN)/python -m tests.bench

lock: $(VENV)/.lock-tool  ## pin every dependency again, with hashes and without addresses
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) --group build --constraint requirements.txt --output-file requirements-build.txt
	$(LOCK) pyproject.toml --group test --group lint --constraint requirements.txt \
		--constraint requirements-build.txt --output-file requirements-dev.txt

imap: $(VENV)/.dev  ## reading mailboxes against Debian's Dovecot, unpacked into $(VENV)-dovecot
	sh tests/mail/fetch_dovecot.sh $(VENV)-dovecot
	REPMON_DOVECOT=$(CURDIR)/$(VENV)-dovecot $(BIN)/python -m pytest tests/mail/test_dovecot.py tests/mail/test_dovecot_mailbox.py

image-check:  ## build the Dockerfile for real, without a Docker engine
	sh tests/packaging/image_check.sh

clean:  ## remove what the targets above made
	rm -rf $(VENV) $(VENV)-lock $(VENV)-dovecot demo build dist .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "repmon needs Python 3.11 or newer; try: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: $(VENV)/.made requirements.txt requirements-build.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	touch $@

$(VENV)/.lock-tool: $(VENV)/.made
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --quiet install 'uv>=0.9,<1'
	touch $@
