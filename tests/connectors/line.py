"""A connection that remembers all of what was asked, logins too, and gives prepared answers."""

import json
from typing import Any, NamedTuple

from repmon.http.answer import Answer


class Said(NamedTuple):
    method: str
    url: str
    headers: dict[str, str]
    params: dict[str, Any]
    auth: Any
    json: Any


class Line:
    """`repmon.connector.Http`: the nth request gets the nth answer, the last for ever."""

    def __init__(self, *answers: object) -> None:
        self.answers = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in answers or ({},)]
        self.asked: list[Said] = []
        self.notes: list[tuple[str, dict[str, object]]] = []

    def get(self, url, *, params=None, headers=None, auth=None):
        return self._take("GET", url, headers, params, auth, None)

    def post(self, url, *, json=None, form=None, headers=None, auth=None):
        return self._take("POST", url, headers, None, auth, json)

    def delete(self, url, *, headers=None, auth=None):
        return self._take("DELETE", url, headers, None, auth, None)

    def note(self, code, **values):
        self.notes.append((code, values))

    def _take(self, method, url, headers, params, auth, json):
        self.asked.append(Said(method, url, dict(headers or {}), dict(params or {}), auth, json))
        return Answer(200, url, {}, self.answers[min(len(self.asked), len(self.answers)) - 1])
