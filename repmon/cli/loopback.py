"""Consent in the browser: the site sends the person back to this machine with a code (RFC 8252 §7.3, RFC 7636)."""

import secrets
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from repmon.connector import Consent
from repmon.wording import _

PATIENCE = 600.0
"""Seconds a person may take to give consent."""


class Declined(Exception):
    """No consent was given; the site's own word for why is the text."""


@dataclass
class Round:
    """One question for consent. `url` is where the person goes, `verifier` proves later that we asked."""

    consent: Consent
    client_id: str
    redirect: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(64))

    @property
    def url(self) -> str:
        """The site's page that asks the person."""
        challenge = urlsafe_b64encode(sha256(self.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "client_id": self.client_id, "redirect_uri": self.redirect, "response_type": "code",
            "scope": self.consent.scope, "state": self.state, "code_challenge": challenge,
            "code_challenge_method": "S256", **dict(self.consent.extra),
        }  # fmt: skip
        return f"{self.consent.url}?{urlencode(asked)}"

    def code_in(self, address: str) -> str:
        """The code in the address the person was sent back to. Declined when it is not an answer to our question."""
        query = parse_qs(urlsplit(address.strip()).query)
        if not secrets.compare_digest(query.get("state", [""])[0].encode(), self.state.encode()):
            raise Declined(_("the answer is not to our question"))
        if "code" not in query:
            raise Declined(query.get("error", ["?"])[0][:60])
        return query["code"][0]

    def exchange(self, code: str, client_secret: str) -> dict[str, str]:
        """The form that turns the code into tokens."""
        return {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect,
                "client_id": self.client_id, "client_secret": client_secret,
                "code_verifier": self.verifier}  # fmt: skip


class Listener:
    """Waits on 127.0.0.1 for the one request that carries the answer."""

    def __init__(self) -> None:
        self._answer = ""
        self._come = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.redirect = f"http://127.0.0.1:{self._server.server_address[1]}/"

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen while the block runs."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def answer(self) -> str:
        """The address the person was sent back to. Declined when nobody came."""
        if not self._come.wait(PATIENCE):
            raise Declined(_("nobody answered in time"))
        return self._answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """Take the answer; a browser asks for its icon, too."""
                found = "state=" in self.path
                page = _("Thank you. You can close this window and go back to repmon.").encode() if found else b""
                self.send_response(200 if found else 404)
                self.send_header("content-type", "text/plain; charset=utf-8")
                self.send_header("content-length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)
                if found and not listener._come.is_set():
                    listener._answer = self.path
                    listener._come.set()

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing: the path holds the code."""

        return Handler
