"""One event that was sent to us, as a connector is handed it."""

from collections.abc import Mapping
from typing import Any

from repmon.errors import SourceChanged
from repmon.http.strict_json import NotJson, parse

FORM = "application/x-www-form-urlencoded"


def is_readable(body: bytes, content_type: str) -> bool:
    """Tell whether a body is what its content type says, of those that events may have: JSON, or a form.

    Senders that name no type are taken to send JSON.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return body.isascii() and b"=" in body
    return (kind in {"", "application/json", "text/json"} or kind.endswith("+json")) and _is_json(body)


def _is_json(body: bytes) -> bool:
    try:
        parse(body.decode("utf-8-sig"))
    except (NotJson, UnicodeDecodeError):
        return False
    return True


class Event:
    """`repmon.connector.Pushed`; `notes` is what the connector said about it, as (code, values)."""

    requests = 0

    def __init__(self, body: bytes, headers: Mapping[str, str]) -> None:
        self.body = body
        self.headers = headers
        self.notes: list[tuple[str, dict[str, object]]] = []

    def json(self) -> Any:
        """The body as JSON (UTF-8); SourceChanged when it is anything else."""
        try:
            return parse(self.body.decode("utf-8-sig"))
        except (NotJson, UnicodeDecodeError):
            pass
        raise SourceChanged("event_not_json", size=len(self.body))

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this event."""
        self.notes.append((code, values))

    def item_seen(self) -> None:
        """Nothing to watch: an event cannot lead round in circles as a site can."""
