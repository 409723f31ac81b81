"""A web hook and a mail server on this machine, and no way past it."""

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from pydantic import SecretStr

from repmon.deliver import Target, targets
from tests.deliver.sent import SECRET

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Apprise imports imghdr where there still is one."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"))


@pytest.fixture(autouse=True)
def _direct(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Hook:
    """A web hook on this machine that answers as told and keeps what it got."""

    def __init__(self) -> None:
        self.status, self.answer, self.headers = 200, b"ok", {}
        self.fault = ""
        self.got: list[tuple[str, Any]] = []
        self.released = threading.Event()
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.serve(self)

            def log_message(self, *_: object) -> None:
                """Keep the test's output quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def serve(self, request: http.server.BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self.got.append((request.path, json.loads(body) if body.startswith(b"{") else body.decode()))
        if self.fault == "hang":
            self.released.wait(10)
        if self.fault == "drip":
            self.drip(request)
        if self.fault:
            if self.fault == "reset":
                request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            request.close_connection = True
            request.connection.close()
            return
        request.send_response(self.status)
        for name, value in {"Content-Length": str(len(self.answer)), **self.headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(self.answer)

    def drip(self, request: http.server.BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 400:
            if self.released.wait(0.05):
                return
            request.connection.send(bytes([byte]))

    def target(self, query: str = "") -> Target:
        return targets(SecretStr(f"json://owner:{SECRET}@127.0.0.1:{self.port}/{SECRET}/hook{query}"))[0]


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.released.set()
    made.server.shutdown()
    made.server.server_close()


class Mailbox:
    """A mail server's decisions, and the mail it took."""

    def __init__(self) -> None:
        self.at_rcpt = self.at_data = "250 OK"
        self.taken: list[Envelope] = []

    async def handle_RCPT(self, server, session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        if self.at_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_rcpt

    async def handle_DATA(self, server, session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_data.startswith("250"):
            self.taken.append(envelope)
        return self.at_data


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    kept = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()
