"""Telling systemd how the service is: sd_notify(3) without a library. Without systemd nothing happens."""

import os
import socket
import time
from collections.abc import Mapping

READY = "READY=1"
STOPPING = "STOPPING=1"
ALIVE = "WATCHDOG=1"


class Systemd:
    """The notification socket of the service manager, if there is one."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        self.watchdog = _watchdog_seconds(environ)
        """Seconds within which systemd wants to hear `ALIVE`; None when it does not watch us."""

    def tell(self, *state: str) -> None:
        """Send assignments like `READY` or `STATUS=…`. A manager that no longer listens is no trouble of ours."""
        if not self._address.startswith(("/", "@")):
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as wire:
            wire.settimeout(0)
            try:
                wire.sendto("\n".join(state).encode(), address)
            except OSError:
                return

    def reloading(self) -> None:
        """Say that the configuration is being read again; `READY` ends it."""
        self.tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")


def _watchdog_seconds(environ: Mapping[str, str]) -> float | None:
    given, whose = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    if not given.isdigit() or int(given) == 0 or whose not in {"", str(os.getpid())}:
        return None
    return int(given) / 1_000_000
