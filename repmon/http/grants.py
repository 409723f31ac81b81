"""How each kind of login is asked for: what is sent for a token, and under which name the token is known."""

import hashlib
from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote_plus

from pydantic import SecretStr

from repmon.connector import Auth, ClientCredentials, Login, OAuth, SignedToken
from repmon.errors import SourceRefused
from repmon.http.call import Call, writing
from repmon.http.token import Token

SKEW = timedelta(seconds=30)
"""A site whose clock is a little behind ours would take a token signed now for one from the future."""

EARLY = 0.9
"""The part of its life after which a token signed by us is replaced."""

_JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def name_of(auth: Auth) -> str:
    """The name a token goes by: the same for the same site, application and secret; it tells none of them."""
    told = [type(auth).__name__]
    for field in auth.__dataclass_fields__:
        value = getattr(auth, field)
        told.append(value.get_secret_value() if isinstance(value, SecretStr) else repr(value))
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def asking_for(auth: Auth, refresh: str, now: datetime) -> Call | Token:
    """The request that gets a token, or the token itself where we sign it. `refresh` is what the site gave last."""
    if isinstance(auth, OAuth):
        return _refreshing(auth, refresh or auth.refresh_token.get_secret_value())
    if isinstance(auth, ClientCredentials):
        return _of_the_client(auth)
    if isinstance(auth, Login):
        return _session(auth, refresh)
    signed = _signed(auth, now)
    if not auth.token_url:
        return Token(signed, now - SKEW + auth.lifetime * EARLY)
    return _telling(auth.token_url, None, {"grant_type": _JWT_BEARER, "assertion": signed})


def _refreshing(auth: OAuth, refresh: str) -> Call:
    form = {
        "grant_type": "refresh_token",
        "client_id": auth.client_id,
        "client_secret": auth.client_secret.get_secret_value(),
        "refresh_token": refresh,
    }
    return _telling(auth.token_url, None, form)


def _of_the_client(auth: ClientCredentials) -> Call:
    """RFC 6749 §4.4.2, the client named by HTTP Basic (§2.3.1: both parts form-encoded before)."""
    form = {"grant_type": "client_credentials", **({"scope": auth.scope} if auth.scope else {})}
    login = basic(auth.client_id, auth.client_secret.get_secret_value())
    return _telling(auth.token_url, {"authorization": login}, form)


def _session(auth: Login, refresh: str) -> Call:
    if refresh and auth.refresh_url:
        return writing("POST", auth.refresh_url, {"authorization": f"Bearer {refresh}"})
    told = {auth.name_field: auth.name, auth.password_field: auth.password.get_secret_value()}
    return replace(writing("POST", auth.url, None, json=told), told=tuple(told.values()))


def _telling(url: str, headers: dict[str, str] | None, form: dict[str, str]) -> Call:
    """A form whose values a site may echo, and nobody may see."""
    return replace(writing("POST", url, headers, form=form), told=tuple(form.values()))


def basic(user: str, password: str) -> str:
    """The `authorization` header of HTTP Basic (RFC 7617)."""
    pair = f"{quote_plus(user, safe='-._~')}:{quote_plus(password, safe='-._~')}"
    return f"Basic {b64encode(pair.encode()).decode()}"


def _signed(auth: SignedToken, now: datetime) -> str:
    import jwt  # noqa: PLC0415 - it brings cryptography along, 6 MB that most installations never need

    issued = now - SKEW
    claims = {**dict(auth.claims), "iat": int(issued.timestamp()), "exp": int((issued + auth.lifetime).timestamp())}
    key = auth.private_key.get_secret_value().replace("\\n", "\n")  # as it comes out of JSON and of variables
    headers = {"kid": auth.key_id} if auth.key_id else None
    try:
        return jwt.encode(claims, key, algorithm=auth.algorithm, headers=headers)
    except (jwt.PyJWTError, ValueError, TypeError):  # what cryptography says of a broken key, in its several ways
        problem = auth.algorithm
    raise SourceRefused("key_unusable", algorithm=problem)
