"""What a token endpoint answered: a token and how long it is good for, or what its refusal means."""

import json
import re
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from typing import Any

from repmon.connector import Auth, Login
from repmon.errors import SourceChanged, SourceError, SourceRefused
from repmon.http.answer import Answer
from repmon.http.token import Token

_UNSAID = 600.0  # seconds a token is trusted when the site does not say how long
_LONGEST = 86_400.0
_EARLY = 60.0  # seconds before its end at which a token is not used any more
_CODE = re.compile(r"[A-Za-z_]{1,40}")
_REFUSALS = (400, 401, 403)
_OK = 200


def token_of(answer: Answer, auth: Auth, now: datetime) -> Token:
    """The token in a good answer; SourceChanged when there is none."""
    given = answer.json()
    given = given if isinstance(given, dict) else {}
    session = auth if isinstance(auth, Login) else None
    access = given.get(session.field if session else "access_token")
    if not isinstance(access, str) or not access:
        raise SourceChanged("token_unreadable", url=answer.address)
    renewed = given.get(session.refresh_field if session else "refresh_token")
    seconds = _until_expiry(access, now) if session else given.get("expires_in")
    until = now + timedelta(seconds=lifetime(seconds))
    return Token(access, until, renewed if isinstance(renewed, str) else "")


def refusal(answer: Answer) -> SourceError | None:
    """What a token endpoint's no means (RFC 6749 §5.2): the owner took the consent back, or our client is wrong.

    Some say it under status 200: an `error` there without a token is a refusal, too.
    """
    if answer.status not in (_OK, *_REFUSALS):
        return None
    found = _document(answer)
    error = found.get("error")
    if answer.status == _OK and not error:
        return None
    code = error if isinstance(error, str) and _CODE.fullmatch(error) else ""
    if code == "invalid_grant":
        return SourceRefused("consent_revoked", url=answer.address)
    return SourceRefused("token_refused", url=answer.address, status=answer.status, error=code)


def lifetime(given: object) -> float:
    """Seconds to trust a token; sites send the number as text, too, or nothing that is a number."""
    try:
        seconds = float(given) if isinstance(given, str | int | float) else _UNSAID
    except ValueError:
        seconds = _UNSAID
    if not 0 < seconds < float("inf"):  # NaN fails, too
        seconds = _UNSAID
    return min(seconds, _LONGEST) - min(_EARLY, seconds / 2)


def _document(answer: Answer) -> dict[str, Any]:
    try:
        found = answer.json()
    except SourceChanged:
        return {}
    return found if isinstance(found, dict) else {}


def _until_expiry(access: str, now: datetime) -> float | None:
    """Seconds until the `exp` of a JWT, which is all that tells how long a session lasts; None where it is none."""
    parts = access.split(".")
    if len(parts) < 3:  # noqa: PLR2004 - head, claims, signature (RFC 7519)
        return None
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        return float(claims["exp"]) - now.timestamp()
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
