"""Servers on 127.0.0.1 that a daemon under test talks to: a review site that grows, and a sink for alerts."""

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

STARS = {1: "ONE", 2: "TWO", 3: "THREE", 4: "FOUR", 5: "FIVE"}


class Server:
    """Answers every request with what `answer` gives: a status, headers and a body."""

    def __init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._handle(self)

            do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the names http.server looks for

            def log_message(self, *_: object) -> None:
                pass

        class Http(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                pass  # the other side was killed; that is what the tests are about

        self._http = Http(("127.0.0.1", 0), Handler)
        self.port: int = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.requests: list[str] = []
        self.lock = threading.Lock()
        self.closed = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self._http.shutdown()
        self._http.server_close()

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        raise NotImplementedError

    def answer_to(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """The answer to one request; for servers that look at its headers too."""
        return self.answer(path, body)

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        with self.lock:
            self.requests.append(handler.path)
        status, headers, said = self.answer_to(handler.path, body, handler.headers)
        with suppress(OSError):
            handler.send_response_only(status)  # no date: the clocks of tests stand still
            about = {"content-type": "application/json", "content-length": str(len(said)), **headers}
            for name, value in about.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(said)


class Site(Server):
    """A Google Business Profile account with one location; latest updated first, in pages."""

    def __init__(self, page: int = 50) -> None:
        super().__init__()
        self.page = page
        self.reviews: dict[str, dict[str, Any]] = {}
        self.status: tuple[int, dict[str, str]] | None = None
        """Set to answer every request so instead."""
        self.on_page: Callable[[int], None] = lambda _start: None
        """Called with the position of each page before it is answered."""

    def add(self, name: str, text: str, stars: int = 1, *, at: datetime | None = None) -> None:
        """Write a review, now unless said otherwise; or change it, where there is one of this name."""
        moment = (at or datetime.now(UTC)).isoformat()
        with self.lock:
            created = self.reviews.pop(name, {}).get("createTime", moment)
            self.reviews[name] = {
                "name": f"accounts/1/locations/2/reviews/{name}", "reviewId": name, "comment": text,
                "reviewer": {"displayName": "Somebody"}, "starRating": STARS[stars],
                "createTime": created, "updateTime": moment,
            }  # fmt: skip

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.status:
            return *self.status, b'{"error": "not now"}'
        if path == "/token":
            return 200, {}, b'{"access_token": "token-of-the-hour", "expires_in": 3600}'
        query = parse_qs(urlsplit(path).query)
        start = int(query.get("pageToken", ["0"])[0])
        self.on_page(start)
        with self.lock:
            newest_first = list(self.reviews.values())[::-1]
        page: dict[str, Any] = {"reviews": newest_first[start : start + self.page]}
        if start + self.page < len(newest_first):
            page["nextPageToken"] = str(start + self.page)
        return 200, {}, json.dumps(page if page["reviews"] else {}).encode()

    def source(self, name: str = "desk", every: str = "1s") -> str:
        """The lines of config.toml for this site."""
        return f"""
[[sources]]
id = "{name}"
connector = "google_business_profile"
every = "{every}"
account = "1"
location = "2"
client_id = "someone"
client_secret = "the-client-secret-of-the-site"
refresh_token = "the-refresh-token-of-the-site"
base_url = "{self.url}/v4"
token_url = "{self.url}/token"
"""


class Sink(Server):
    """Takes alerts sent to a json:// channel."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []
        self.status = 200
        self.hangs = False
        self.on_message: Callable[[str], None] = lambda _text: None
        """Called with each message before it is answered, once it counts as received."""

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        said = json.loads(body)
        text = f"{said['title']}\n{said['message']}"
        if self.hangs:
            self.closed.wait(60)
        if self.status == 200:
            with self.lock:
                self.messages.append(text)
        self.on_message(text)
        return self.status, {}, b"{}"

    def channel(self, name: str = "owner", path: str = "hooks/a-token-nobody-may-see") -> str:
        """The lines of config.toml for this sink."""
        return f'\n[channels.{name}]\nurls = ["json://127.0.0.1:{self.port}/{path}"]\n'

    def count(self, words: str) -> int:
        """How many messages held these words."""
        with self.lock:
            return sum(words in message for message in self.messages)


def free_port() -> int:
    """A port nobody listens on just now, for servers that cannot choose their own."""
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port: int = chosen.getsockname()[1]
        return port


def until(true: Callable[[], object], seconds: float = 40.0, why: Callable[[], str] = str) -> None:
    """Wait until something is true, or fail with what `why` says then."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"in vain: {why()}"
        time.sleep(0.02)
