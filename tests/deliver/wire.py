"""What would leave this machine, caught below Apprise."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests


@contextmanager
def wire(monkeypatch, status: int = 200, answer: bytes = b"ok") -> Iterator[list[tuple[str, Any]]]:
    """Catch every request instead of sending it; what was sent is an address and JSON, or else text."""
    sent: list[tuple[str, Any]] = []

    def catch(_: object, request: requests.PreparedRequest, **__: object) -> requests.Response:
        body = request.body or b"{}"
        text = body.decode() if isinstance(body, bytes) else body
        sent.append((str(request.url), json.loads(text) if text.startswith("{") else text))
        response = requests.Response()
        response.status_code, response._content = status, answer
        return response

    with monkeypatch.context() as patch:
        patch.setattr(requests.adapters.HTTPAdapter, "send", catch)
        yield sent
