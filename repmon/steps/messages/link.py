"""Links in alerts: a signed name of one draft in one version. It shows that draft for a while and decides nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from repmon.errors import DecisionError

LASTS = timedelta(days=7)
PREFIX = 16
"""Hexadecimal digits of the text's SHA-256 that go into a link: enough to notice another text."""
_SALT = "link to a draft"


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a link names: a draft, the version it had, the beginning of the SHA-256 of its text; and its own end."""

    draft_id: int
    version: int
    sha256: str
    until: datetime


def draft_link(desk_url: str, key: str, draft_id: int, version: int, sha256: str, now: datetime) -> str:
    """The address that opens exactly this draft; good for seven days from `now`.

    `key` is the desk's signing key (`store.keys`), `sha256` the SHA-256 of the draft's text in hexadecimal digits.
    """
    said = [draft_id, version, sha256[:PREFIX], int((now + LASTS).timestamp())]
    return f"{desk_url.rstrip('/')}/d/{_signer(key).dumps(said)!s}"


def read_token(key: str, token: str) -> Pointer:
    """What the part after `/d/` names. DecisionError when it is not signed by us, or was cut short on its way."""
    try:
        draft_id, version, sha256, until = _signer(key).loads(token)
        return Pointer(int(draft_id), int(version), str(sha256), datetime.fromtimestamp(int(until), UTC))
    except (BadData, ValueError, TypeError, OverflowError):
        raise DecisionError("link_forged") from None


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=_SALT)
