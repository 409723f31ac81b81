"""A site on this machine: answers what it is told to, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN_PATH = "/token"  # noqa: S105 - a path
LOGIN_PATH = "com.atproto.server.createSession"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `torn` ends the connection in the middle of the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; `path` includes the query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Site:
    """`answer` is called with each request and its number (from 0) and gives the reply; token calls are not counted."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked, int], Reply] = lambda _asked, _number: Reply(status=404)
        self._lock = threading.Lock()

    def take(self, asked: Asked) -> Reply:
        """Answer one request. POST /token gives an access token, as an OAuth server would, and a login a session."""
        if asked.method == "POST" and (asked.path == TOKEN_PATH or asked.path.endswith(LOGIN_PATH)):
            token = json.dumps({"access_token": "made-up-access", "expires_in": 3600, "token_type": "Bearer",
                                "accessJwt": "made-up-access", "refreshJwt": "made-up-refresh"})  # fmt: skip
            return Reply(token.encode(), headers={"content-type": "application/json"})
        with self._lock:
            self.asked.append(asked)
            number = len(self.asked) - 1
        return self.answer(asked, number)


@contextmanager
def running() -> Iterator[Site]:
    """Start the site on a free port of 127.0.0.1; it ends with the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.site = site = Site(f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes: each answer would wait 40 ms for the other side

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.site.take(Asked(self.command, self.path, headers, body))  # type: ignore[attr-defined]
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body) + 100 * reply.torn))
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = self.close_connection or reply.torn

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _take  # noqa: N815 - the names http.server looks for

    def log_message(self, *_args: Any) -> None:
        """Keep standard error for the tests."""
