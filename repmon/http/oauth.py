"""Access tokens: asked for with a refresh token (RFC 6749 §6), kept until they run out, renewed once when refused."""

import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from repmon.connector import OAuth
from repmon.errors import SourceChanged, SourceError, SourceRefused
from repmon.http.answer import Answer

_UNSAID = 600.0  # seconds a token is trusted when the site does not say how long
_LONGEST = 86_400.0
_EARLY = 60.0  # seconds before its end at which a token is not used any more
_CODE = re.compile(r"[a-z_]{1,40}")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class _Grant:
    lock: threading.Lock = field(default_factory=threading.Lock)
    access: str = ""
    until: datetime = _LONG_AGO
    refresh: str = ""


class Tokens:
    """The access tokens of this process, in memory only; one thread renews, the others wait for it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._grants: dict[tuple[str, str, str], _Grant] = {}

    def token(self, auth: OAuth, ask: Callable[[dict[str, str]], Answer]) -> str:
        """An access token that is still good; `ask` posts the form to the token endpoint and gives a 2xx answer."""
        grant = self._grant(auth)
        with grant.lock:
            if self._clock() >= grant.until:
                self._renew(grant, auth, ask)
            return grant.access

    def forget(self, auth: OAuth, token: str) -> None:
        """The site refused this token; unless another thread has renewed it meanwhile, the next call asks anew."""
        grant = self._grant(auth)
        with grant.lock:
            if grant.access == token:
                grant.until = _LONG_AGO

    def _grant(self, auth: OAuth) -> _Grant:
        given = hashlib.sha256(auth.refresh_token.get_secret_value().encode()).hexdigest()
        with self._lock:
            return self._grants.setdefault((auth.token_url, auth.client_id, given), _Grant())

    def _renew(self, grant: _Grant, auth: OAuth, ask: Callable[[dict[str, str]], Answer]) -> None:
        answer = ask(
            {
                "grant_type": "refresh_token",
                "client_id": auth.client_id,
                "client_secret": auth.client_secret.get_secret_value(),
                "refresh_token": grant.refresh or auth.refresh_token.get_secret_value(),
            }
        )
        given = answer.json()
        access = given.get("access_token") if isinstance(given, dict) else None
        if not isinstance(access, str) or not access:
            raise SourceChanged("token_unreadable", url=answer.address)
        renewed = given.get("refresh_token")
        grant.refresh = renewed if isinstance(renewed, str) and renewed else grant.refresh
        grant.access = access
        grant.until = self._clock() + timedelta(seconds=_lifetime(given.get("expires_in")))


def token_refusal(answer: Answer) -> SourceError | None:
    """What a token endpoint's 4xx means (RFC 6749 §5.2): the owner took the consent back, or our client is wrong."""
    if answer.status not in (400, 401, 403):
        return None
    try:
        found = answer.json()
    except SourceChanged:
        found = None
    error = found.get("error") if isinstance(found, dict) else None
    code = error if isinstance(error, str) and _CODE.fullmatch(error) else ""
    if code == "invalid_grant":
        return SourceRefused("consent_revoked", url=answer.address)
    return SourceRefused("token_refused", url=answer.address, status=answer.status, error=code)


def _lifetime(given: object) -> float:
    """Seconds to trust a token; sites send the number as text, too, or nothing that is a number."""
    try:
        seconds = float(given) if isinstance(given, str | int | float) else _UNSAID
    except ValueError:
        seconds = _UNSAID
    if not 0 < seconds < float("inf"):  # NaN fails, too
        seconds = _UNSAID
    return min(seconds, _LONGEST) - min(_EARLY, seconds / 2)
