"""Access tokens: asked for once, kept while good, renewed once when refused, shared with the other processes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from repmon.connector import Auth, Login, SignedToken
from repmon.errors import SourceRefused
from repmon.http.answer import Answer
from repmon.http.call import Call
from repmon.http.granted import token_of
from repmon.http.grants import asking_for, name_of
from repmon.http.token import LONG_AGO, Token, Vault

Ask = Callable[[Call], Answer]


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    token: Token = field(default_factory=Token)
    refused: str = ""


class Tokens:
    """The access tokens of this process; one thread renews, the others wait for it.

    A command beside the daemon may have renewed meanwhile, and a renewal may have replaced the refresh token: so the
    vault is looked into before the site is asked, and once more when the site refuses what we had.
    """

    def __init__(self, clock: Callable[[], datetime], vault: Vault) -> None:
        self._clock, self._vault = clock, vault
        self._lock = threading.Lock()
        self._known: dict[str, _Kept] = {}

    def token(self, auth: Auth, ask: Ask) -> str:
        """An access token that is still good; `ask` sends a call to the token endpoint and gives its good answer."""
        name = name_of(auth)
        kept = self._kept(name)
        with kept.lock:
            if self._clock() >= kept.token.until:
                self._renew(name, kept, auth, ask)
            return kept.token.access

    def forget(self, auth: Auth, access: str) -> None:
        """The site refused this token; unless another thread has renewed it meanwhile, the next call asks anew."""
        kept = self._kept(name_of(auth))
        with kept.lock:
            kept.refused = access
            if kept.token.access == access:
                kept.token = replace(kept.token, until=LONG_AGO)

    def _kept(self, name: str) -> _Kept:
        with self._lock:
            return self._known.setdefault(name, _Kept())

    def _renew(self, name: str, kept: _Kept, auth: Auth, ask: Ask) -> None:
        by_us = isinstance(auth, SignedToken) and not auth.token_url
        stored = None if by_us else self._vault.load(name)
        if stored is not None:
            kept.token = stored
            if self._clock() < stored.until and stored.access != kept.refused:
                return
        token = self._asked(name, auth, kept.token.refresh, ask)
        kept.token = replace(token, refresh=token.refresh or kept.token.refresh)
        if not by_us:
            self._vault.save(name, kept.token)

    def _asked(self, name: str, auth: Auth, refresh: str, ask: Ask) -> Token:
        try:
            return self._asked_with(auth, refresh, ask)
        except SourceRefused:
            stored = self._vault.load(name)
            newer = stored.refresh if stored else ""
            if newer == refresh and not (refresh and isinstance(auth, Login)):
                raise
        # Another process had replaced it meanwhile; or a session ran out, then name and password open a new one.
        return self._asked_with(auth, "" if newer == refresh else newer, ask)

    def _asked_with(self, auth: Auth, refresh: str, ask: Ask) -> Token:
        wanted = asking_for(auth, refresh, self._clock())
        return wanted if isinstance(wanted, Token) else token_of(ask(wanted), auth, self._clock())
