"""The owner's mailbox while the demo runs: a small server on this machine that takes what Apprise posts."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Letter:
    """One message as it arrived."""

    title: str
    body: str


class Mailbox:
    """Open within `with`; `url` is its Apprise address."""

    def __init__(self) -> None:
        self._arrived: list[Letter] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer((HOST, 0), _slot(self._arrived))
        self._open.callback(self._server.server_close)
        self._open.callback(self._server.shutdown)
        self._open.enter_context(_without_proxy())
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def url(self) -> str:
        """The address for a channel."""
        return f"json://{HOST}:{self._server.server_port}/owner"

    def emptied(self) -> list[Letter]:
        """Take out what has arrived since the last time."""
        letters, self._arrived[:] = self._arrived[:], []
        return letters


def _slot(arrived: list[Letter]) -> type[BaseHTTPRequestHandler]:
    class Slot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted = json.loads(self.rfile.read(int(self.headers["content-length"])))
            arrived.append(Letter(posted["title"], posted["message"]))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing: the demo prints the letters themselves."""

    return Slot


@contextmanager
def _without_proxy() -> Iterator[None]:
    """A proxy of the environment would be asked for our own machine; for the time being it is not."""
    before = {name: os.environ.get(name) for name in ("no_proxy", "NO_PROXY")}
    os.environ.update({name: ",".join(filter(None, (value, HOST))) for name, value in before.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
