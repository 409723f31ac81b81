"""The health page: GET /healthz answers 200 while all is well enough, 503 when somebody should look, as JSON.

GET /metrics gives the figures in the text format of Prometheus.
"""

import json
import logging
import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from repmon.daemon.exposition import TEXT

PATH, METRICS = "/healthz", "/metrics"
JSON = "application/json"
PATIENCE = 5.0
"""Seconds a client may take to ask."""

Look = Callable[[], tuple[bool, dict[str, object]]]
"""Gives whether all is well enough, and what to show."""

log = logging.getLogger("repmon")


class Health:
    """Serves the page from a thread of its own while entered; a port that cannot be had is only a warning."""

    def __init__(self, address: tuple[str, int] | None, look: Look, metrics: Callable[[], str] = lambda: "") -> None:
        self._address, self._look, self._metrics = address, look, metrics
        self._server: _Server | None = None

    def start(self) -> None:
        """Begin to serve, if there is an address and it is free."""
        if self._address is None:
            return
        shown = f"{self._address[0]}:{self._address[1]}"
        try:
            self._server = _Server(self._address, self._look, self._metrics)
        except OSError as error:
            log.warning("no health page: its address cannot be used",
                        extra={"listen": shown, "problem": error.strerror or str(error)})  # fmt: skip
            return
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()
        log.info("health page", extra={"listen": f"{self._address[0]}:{self._server.server_address[1]}"})

    def stop(self) -> None:
        """Serve no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], look: Look, metrics: Callable[[], str]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.look, self.metrics = look, metrics
        super().__init__(address, _Page)

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, which can take many seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, _request: object, _client_address: object) -> None:
        """Say it in the log and not on stderr; a client that went away is no news."""
        log.debug("health page: a request failed", exc_info=sys.exception())


class _Page(BaseHTTPRequestHandler):
    server: _Server
    timeout = PATIENCE
    server_version, sys_version = "repmon", ""

    def do_GET(self) -> None:
        """Answer with how it is."""
        path = self.path.partition("?")[0]
        if path == PATH:
            well, shown = self.server.look()
            self._answer(200 if well else 503, JSON, json.dumps(shown) + "\n")
        elif path == METRICS:
            self._answer(200, TEXT, self.server.metrics())
        else:
            self._answer(404, JSON, '{"status": "not found"}\n')

    do_HEAD = do_GET  # noqa: N815 - the name http.server looks for

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("cache-control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, form: str, *values: object) -> None:
        """Do not log every look of a monitor."""
