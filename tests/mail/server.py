"""As much of an IMAP server (RFC 9051) as a reader that changes nothing needs, and every way for it to fail."""

import re
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, Self

Says = Callable[[str, str], bytes | None]


class Mailbox:
    """`mails` by their UID; `commands` is what was said to it. `says` may answer (tag, command) in its place."""

    def __init__(self, tls: ssl.SSLContext, *, from_the_start: bool = True) -> None:
        self.tls, self.from_the_start = tls, from_the_start
        self.mails: dict[int, bytes] = {}
        self.commands: list[str] = []
        self.says: Says = lambda _tag, _command: None
        self.starttls = True
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError), plain:
            stream = self.tls.wrap_socket(plain, server_side=True) if self.from_the_start else plain
            with stream:
                self._talk(stream, encrypted=self.from_the_start)

    def _talk(self, stream: socket.socket, *, encrypted: bool) -> None:
        if not encrypted or self.from_the_start:
            stream.sendall(b"* OK ready\r\n")
        with stream.makefile("rb") as file:
            self._converse(stream, file)

    def _converse(self, stream: socket.socket, file: BinaryIO) -> None:
        while line := file.readline():
            tag, _, command = line.decode().strip().partition(" ")
            self.commands.append(command)
            instead = self.says(tag, command)
            if instead is not None:
                stream.sendall(instead)
                if not instead.endswith(b"\r\n"):
                    return None
                continue
            if command == "STARTTLS":
                stream.sendall(f"{tag} OK begin\r\n".encode())
                with self.tls.wrap_socket(stream, server_side=True) as wrapped:
                    return self._talk(wrapped, encrypted=True)
            if command.startswith("AUTHENTICATE"):
                stream.sendall(b"+ \r\n")
                self.commands.append(file.readline().decode().strip())
            stream.sendall(b"".join(self._answer(command)) + f"{tag} OK done\r\n".encode())
            if command == "LOGOUT":
                return None
        return None

    def _answer(self, command: str) -> list[bytes]:
        word = command.upper()
        if word.startswith("CAPABILITY"):
            more = " STARTTLS" if self.starttls else ""
            return [f"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2{more}\r\n".encode()]
        if word.startswith("EXAMINE"):
            return [f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n".encode()]
        if word.startswith("UID SEARCH"):
            return [f"* SEARCH {' '.join(map(str, self.mails))}\r\n".encode()]
        if word.startswith("UID FETCH"):
            return self._fetched(command)
        return [b"* BYE\r\n"] if word == "LOGOUT" else []

    def _fetched(self, command: str) -> list[bytes]:
        _, _, numbers, what = command.split(" ", 3)
        found: list[bytes] = []
        for number in map(int, numbers.split(",")):
            mail = self.mails.get(number)
            if mail is None:
                continue
            if "SIZE" in what:
                found.append(f"* {number} FETCH (UID {number} RFC822.SIZE {len(mail)})\r\n".encode())
            else:
                most = re.search(r"<0\.(\d+)>", what)
                cut = mail[: int(most[1])] if most else mail
                found.append(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(cut)}}}\r\n".encode() + cut + b")\r\n")
        return found


def sender(name: str) -> Any:
    """The context a server needs, from the folder with its certificate and key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{name}/certificate.pem", f"{name}/key.pem")
    return context
