"""How we show a site who we are: what the core turns into an access token, keeps and renews."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from pydantic import SecretStr

Secret = SecretStr


@dataclass(frozen=True, slots=True)
class OAuth:
    """A refresh token and what turns it into an access token; the core asks, keeps and renews it (RFC 6749 §6)."""

    token_url: str
    client_id: str
    client_secret: Secret
    refresh_token: Secret


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """An access token for the application itself, no person behind it (RFC 6749 §4.4); id and secret as HTTP Basic."""

    token_url: str
    client_id: str
    client_secret: Secret
    scope: str = ""


@dataclass(frozen=True, slots=True)
class SignedToken:
    """A token signed by us (RFC 7519): sent as it is, or with `token_url` exchanged for an access token (RFC 7523)."""

    algorithm: Literal["ES256", "RS256"]
    private_key: Secret
    """In PEM form."""
    key_id: str
    claims: tuple[tuple[str, str], ...]
    """What the site wants in it (`iss`, `aud`, `scope` …); the core adds `iat` and `exp`."""
    lifetime: timedelta = timedelta(minutes=15)
    token_url: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """A session opened with a name and an application password; the answer's JSON holds the token under `field`."""

    url: str
    name: str
    password: Secret
    name_field: str = "identifier"
    password_field: str = "password"  # noqa: S105 - the name of a field, not its content
    field: str = "accessJwt"
    refresh_url: str = ""
    """Where `refresh_field` of the answer, sent as the bearer, opens the session anew; "" for none."""
    refresh_field: str = "refreshJwt"


Auth = OAuth | ClientCredentials | SignedToken | Login


@dataclass(frozen=True, slots=True)
class Consent:
    """Where a person gives consent in the browser (RFC 6749 §4.1 with RFC 7636); it becomes the setting `field`.

    The class then has the settings `client_id`, `client_secret` and `token_url`, too.
    """

    url: str
    scope: str
    field: str = "refresh_token"
    extra: tuple[tuple[str, str], ...] = ()
    """What else the site wants to be asked with."""

    def at(self, url: str) -> "Consent":
        """The same at another address."""
        return replace(self, url=url)
