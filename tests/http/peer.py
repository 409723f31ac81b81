"""A site on 127.0.0.1 that says, byte for byte, what a test wants it to say."""

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


Script = Callable[[Asked, socket.socket], bytes | None]


class Peer:
    """Answers each request with what the script returns; None when the script has written to the socket itself."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.asked: list[Asked] = []
        self.stopping = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked = _read(connection)
            if asked is not None:
                self.asked.append(asked)
                said = self._script(asked, connection)
                if said is not None:
                    connection.sendall(said)


def _read(connection: socket.socket) -> Asked | None:
    stream = connection.makefile("rb")
    start = stream.readline().decode("latin-1").split()
    if not start:
        return None
    headers: dict[str, str] = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Asked(start[0], start[1], headers, stream.read(int(headers.get("content-length", 0))))


def says(body: bytes | str = b'{"ok": true}', status: int = 200, **headers: str) -> bytes:
    """One whole answer; underscores in header names become dashes."""
    content = body.encode() if isinstance(body, str) else body
    given = {"content_type": "application/json", "content_length": str(len(content)), "connection": "close"} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    return "\r\n".join([f"HTTP/1.1 {status} Said", *lines, "", ""]).encode("latin-1") + content


def in_turn(*answers: bytes) -> Script:
    """The answers one after the other; the last one for ever."""
    left = list(answers)
    return lambda *_: left.pop(0) if len(left) > 1 else left[0]
