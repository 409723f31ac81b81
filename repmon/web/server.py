"""The desk's own server: uvicorn in a thread of the daemon, on a port that is ours before anything else begins."""

import socket
import threading

from starlette.types import ASGIApp
from uvicorn import Config, Server

from repmon.errors import ConfigError
from repmon.web.patience import Patient
from repmon.wording import say

GRACE = 10.0
"""Seconds the pages in hand get to be finished, inside the daemon's own grace."""
KEPT_OPEN = 15
CONNECTIONS = 100
LARGEST_HEAD = 32 * 1024
_READY_WITHIN = 20.0


class DeskServer:
    """Serves an application. The port is taken at once; ConfigError when it cannot be had.

    A desk nobody can reach must not look like one that runs, and who starts the service is the one to mend it: so a
    taken port ends the start with the line to fix, as every other mistake of the configuration does.
    """

    def __init__(self, address: tuple[str, int]) -> None:
        self._socket = _taken(address)
        self.address: tuple[str, int] = self._socket.getsockname()[:2]
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, app: ASGIApp) -> None:
        """Serve from a thread, where uvicorn leaves signals alone; returns when the desk answers."""
        self._server = Server(_config(app))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="desk", daemon=True
        )
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(_READY_WITHIN * 100)):
            if self._server.started or not self._thread.is_alive():
                return
            waited.wait(0.01)

    def stop(self, seconds: float = GRACE) -> bool:
        """Take no more visitors and let the pages in hand be finished; false when some were not in time."""
        if self._server is None or self._thread is None:
            self._socket.close()
            return True
        self._server.should_exit = True
        self._thread.join(seconds)
        return not self._thread.is_alive()


def _config(app: ASGIApp) -> Config:
    """No access log (its lines hold addresses of people and links that open), no word about who serves."""
    return Config(
        app, http=Patient, ws="none", loop="asyncio", lifespan="on", proxy_headers=False, server_header=False,
        log_config=None, log_level="warning", access_log=False, timeout_keep_alive=KEPT_OPEN,
        timeout_graceful_shutdown=int(GRACE), limit_concurrency=CONNECTIONS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )  # fmt: skip


def _taken(address: tuple[str, int]) -> socket.socket:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    # with the protocol named asyncio sends at once; without it every page waits 40 ms for an acknowledgement
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
        taken.listen(128)
    except OSError as error:
        taken.close()
        shown = f"[{address[0]}]:{address[1]}" if ":" in address[0] else f"{address[0]}:{address[1]}"
        problem = error.strerror or str(error)
        raise ConfigError([say("web_port_taken", {"listen": shown, "problem": problem})]) from error
    return taken
