"""The log: one event a line, whatever is in it; never a secret, however it is spelt."""

import json
import logging
import sys
import threading
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.daemon.logs import JsonLines, Lines, set_up, visible
from repmon.daemon.redact import Redactor

SECRET = 'p@ss/wörd "1"&token=ü\\n'


@pytest.fixture
def said(capsys) -> Callable[[], str]:
    """Gives what was written to stderr; logging is as before afterwards."""
    root, excepthook, thread_hook = logging.getLogger(), sys.excepthook, threading.excepthook
    handlers, level = list(root.handlers), root.level
    yield lambda: capsys.readouterr().err
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook = excepthook, thread_hook
    logging.captureWarnings(capture=False)


def _lines(said: Callable[[], str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in said().splitlines()]


def test_an_event_is_one_json_object_with_its_values(said):
    set_up((), as_json=True, level="info")
    logging.getLogger("repmon").info("polled", extra={"source": "desk", "new": 3, "seconds": 0.5, "error": None})
    (line,) = _lines(said)
    assert list(line)[:3] == ["ts", "level", "event"]
    assert line | {"ts": ""} == {"ts": "", "level": "info", "event": "polled", "source": "desk", "new": 3,
                                 "seconds": 0.5, "error": None}  # fmt: skip


def test_on_a_terminal_an_event_is_a_line_for_reading(said):
    set_up((), as_json=False, level="info")
    logging.getLogger("repmon").warning("polled", extra={"source": "desk", "problem": "no answer"})
    assert said()[8:] == ' warning polled  source=desk  problem="no answer"\n'


@pytest.mark.parametrize("as_json", [True, False])
def test_a_secret_is_hidden_in_messages_arguments_extras_and_exceptions(said, as_json):
    set_up([SECRET], as_json=as_json, level="debug")
    log = logging.getLogger("somebody.else")
    log.info("asked https://x.example/?key=%s", quote(SECRET))
    log.info(f"asked {SECRET}")  # noqa: G004 - what others do
    log.info("asked", extra={"url": f"https://x.example/{quote(SECRET, safe='')}", SECRET: [SECRET, {"a": SECRET}]})
    log.error("failed %r", SECRET, exc_info=ValueError(SECRET))
    log.info("asked %s", quote_plus(SECRET).lower())
    text = said()
    assert text.count("***") >= 7
    assert not [spelt for spelt in (quote(SECRET), quote_plus(SECRET), "ss/w", "ss%2F", "ss%2f") if spelt in text]


def test_a_secret_told_later_is_hidden_from_then_on_and_the_old_one_still(said):
    redactor = set_up(["the-old-secret"], as_json=True, level="info")
    redactor.hide(["the-new-secret"])
    logging.getLogger("repmon").info("the-old-secret the-new-secret")
    assert _lines(said)[0]["event"] == "*** ***"


@pytest.mark.parametrize("lines", [JsonLines, Lines])
def test_no_value_can_forge_a_line_or_act_on_a_terminal(lines):
    hostile = 'a\r\n{"level": "critical"}\x1b[2J\x9b\u2028\u202e\ud800\x00\x7f'
    record = logging.makeLogRecord({"msg": "polled %s", "args": (hostile,), "author": hostile, hostile: [hostile]})
    assert lines(Redactor()).format(record).isprintable()


def test_arguments_that_do_not_fit_lose_no_line():
    record = logging.makeLogRecord({"msg": "polled %d of %d", "args": ("many",)})
    assert json.loads(JsonLines(Redactor()).format(record))["event"] == "polled %d of %d"


def test_an_exception_says_where_but_does_not_quote_the_data(said):
    set_up((), as_json=True, level="info")
    try:
        _insert("The soup was cold")
    except RuntimeError:
        logging.getLogger("repmon").exception("job stumbled")
    (line,) = _lines(said)
    assert line["problem"] == "RuntimeError: UNIQUE constraint failed"
    assert "test_daemon_logs.py" in str(line["where"])


def _insert(text: str) -> None:
    raise RuntimeError(f"UNIQUE constraint failed\n[parameters: ({text!r},)]")


def test_a_thread_that_dies_says_so_in_one_line(said):
    set_up(["hush-hush"], as_json=True, level="info")

    def fail() -> None:
        raise RuntimeError("hush-hush")

    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()
    (line,) = _lines(said)
    assert (line["event"], line["problem"], line["thread_name"]) == ("thread ended", "RuntimeError: ***", "worker")


def test_libraries_that_print_addresses_are_not_heard(said):
    set_up((), as_json=True, level="debug")
    for name in ("httpx", "httpcore.connection", "alembic", "apprise", "apscheduler.scheduler"):
        logging.getLogger(name).info("GET https://x.example/?key=1")
    logging.getLogger("apprise").error("POST https://x.example/hooks/token")
    assert said() == ""


def test_what_is_not_heard_still_explains_why_a_message_did_not_arrive(said):
    """Apprise keeps the reason of a failure in its log lines only; silencing its logger would lose it."""
    set_up((), as_json=True, level="warning")
    logging.getLogger("apprise").setLevel(logging.DEBUG)
    set_up((), as_json=True, level="warning")
    assert logging.getLogger("apprise").isEnabledFor(logging.DEBUG)


@given(st.text(min_size=4, max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_a_secret_never_survives(secret, before, after):
    redactor = Redactor([secret])
    for spelt in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]):
        text = redactor.redact(f"{before} {spelt} {after}")
        assert text == f"{redactor.redact(before)} *** {redactor.redact(after)}" or "***" in text


@given(st.text())
def test_what_is_visible_stays_and_what_acts_is_written_out(text):
    assert all(each.isprintable() or each.isspace() for each in visible(text))
    assert not set("\r\n\x1b\u2028\u2029") & set(visible(text))
