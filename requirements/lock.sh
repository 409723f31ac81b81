#!/bin/sh
# Pin every dependency with its hashes and without any address, for every Python this project runs on.
set -eu
cd "$(dirname "$0")/.."
uv=$1
lock() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links "$@"
}
lock pyproject.toml --output-file requirements/run.txt
lock --group build --constraint requirements/run.txt --output-file requirements/build.txt
lock pyproject.toml --group test --group lint --constraint requirements/run.txt --constraint requirements/build.txt \
    --output-file requirements/dev.txt
