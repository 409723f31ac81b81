"""What the daemon says to its operator: one event a line, without secrets and without forged lines.

On a terminal the lines are for reading; everywhere else each is a JSON object with `ts`, `level`, `event` and the
values of the event.
"""

import json
import logging
import sys
import threading
import traceback
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType

from repmon.daemon.redact import Redactor

LEVELS = ("debug", "info", "warning", "error")
LONGEST_VALUE = 2000
LONGEST_PROBLEM = 200
_TALKATIVE = ("httpx", "httpcore", "alembic", "asyncio", "urllib3", "requests", "markdown")
_UNHEARD = ("apprise", "apscheduler")
"""Apprise's own lines hold whole addresses; what the scheduler has to say reaches us as events."""
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

log = logging.getLogger("repmon")


def set_up(secrets: Iterable[str], *, as_json: bool, level: str) -> Redactor:
    """Send the log of the whole process to stderr, `level` (one of `LEVELS`) and above.

    Returns what hides the secrets, so that more can be hidden when a configuration is read. Exceptions that nobody
    catches, in any thread, are logged too instead of being printed as they are.
    """
    redactor = Redactor(secrets)
    handler = _Handler(sys.stderr)
    handler.setFormatter(JsonLines(redactor) if as_json else Lines(redactor))
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _UNHEARD:
        _keep_to_itself(logging.getLogger(name))
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return redactor


def _keep_to_itself(unheard: logging.Logger) -> None:
    """Let no line out, but leave the level alone: Apprise's results are made of its own lines."""
    unheard.propagate = False
    if not unheard.handlers:
        unheard.addHandler(logging.NullHandler())


class Event(logging.Formatter):
    """Turns a record into the clean values of its event; the two ways to write them down follow."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def values(self, record: logging.LogRecord) -> dict[str, object]:
        """`ts`, `level`, `event` and the record's extras, in this order, redacted and free of control characters."""
        said: dict[str, object] = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": self._message(record),
        }
        said |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info and record.exc_info[1]:
            said |= _exception(record.exc_info[1])
        return {self._clean(name): self._plain(value) for name, value in said.items()}

    def _message(self, record: logging.LogRecord) -> str:
        try:
            return record.getMessage()
        except (TypeError, ValueError, KeyError):  # arguments that do not fit are a bug, and no reason to lose the line
            return str(record.msg)

    def _plain(self, value: object) -> object:
        return value if isinstance(value, bool | int | float | None) else self._clean(_text(value))

    def _clean(self, text: str) -> str:
        return visible(self._redactor.redact(text))[:LONGEST_VALUE]


class JsonLines(Event):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the event down for a machine."""
        return json.dumps(self.values(record), ensure_ascii=False)


class Lines(Event):
    """Lines for reading: the time of day (UTC), the event, and `name=value`."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the event down for a person."""
        values = self.values(record)
        moment, level, event = (str(values.pop(name)) for name in ("ts", "level", "event"))
        rest = "".join(f"  {name}={_quoted(value)}" for name, value in values.items())
        return f"{moment[11:19]} {level:<7} {event}{rest}"


def visible(text: str) -> str:
    r"""Write out what acts on a screen or ends a line (`\n`, `\x1b`, `\u202e`)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(each) if _acts(each) else each for each in text)


def _acts(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def _escaped(character: str) -> str:
    return character.encode("ascii", "backslashreplace").decode() if ord(character) > 0x7F else repr(character)[1:-1]  # noqa: PLR2004 - the end of ASCII


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list | tuple) else str(value)


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or any(each in text for each in ' "=') else text


def _exception(error: BaseException) -> dict[str, object]:
    """Where it happened and what it is called. Of its text only the beginning: the rest often quotes the data."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    said = str(error).partition("\n")[0][:LONGEST_PROBLEM]
    return {"problem": f"{type(error).__name__}: {said}", "where": " > ".join(where[-8:])}


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("unexpected end", exc_info=(kind, error, trace))


def _uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        log.critical("thread ended", extra={"thread_name": failed.thread and failed.thread.name},
                     exc_info=(failed.exc_type, failed.exc_value, failed.exc_traceback))  # fmt: skip


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]  # generic only for the type checker
    """Writes to stderr; a line that cannot be written is dropped, since complaining would go the same way."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Do not print the record and its values, secrets included, as logging would."""
