"""Targets: an Apprise address taken apart until each has exactly one recipient."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import SecretStr

from repmon.deliver.dress import MAIL
from repmon.deliver.services import OVERRULED, open_service, schema_of
from repmon.errors import DeliveryError

if TYPE_CHECKING:
    from apprise.plugins.base import NotifyBase

CONNECT_AND_READ = 10.0
"""Seconds to wait for a connection, and for each answer on it."""
_LISTS = ("targets", "channels", "topics", "users", "groups", "rooms", "channel_ids", "cc", "bcc")
"""Where Apprise's plugins keep their recipients."""
_OWN_HOST = frozenset({"json", "jsons", "xml", "xmls", "form", "forms", "gotify", "gotifys", "mmost", "mmosts",
                       "rocket", "rockets", "matrix", "matrixs"})  # fmt: skip
"""Schemas whose address begins with a host and not with a token."""
_BODY_LIMITS = {"ntfy": 1900, "ntfys": 1900, "slack": 9000}
"""Where Apprise's figure is above what the service shows: ntfy turns what exceeds 4,096 bytes into an attachment, Slack
refuses messages whose blocks come to more than about 13,000 characters.
"""
_TITLE_ROOM = 210


@dataclass(frozen=True, slots=True)
class Target:
    """One recipient at one service.

    `key` stays the same across restarts; `masked` is for people and holds no secret; `body_limit` is how long a body
    may be, in UTF-16 units (some services count so, and none counts a text as longer).
    """

    key: str
    masked: str
    schema: str
    url: SecretStr
    body_limit: int

    @property
    def is_mail(self) -> bool:
        """Whether it shows a page with pictures."""
        return self.schema in MAIL


def targets(url: SecretStr) -> list[Target]:
    """Take one address apart: n recipients (mail, chats, channels) become n targets.

    Copies (`cc`, `bcc`) become targets of their own. Raises DeliveryError (permanent) for an address
    that Apprise cannot read, or whose recipients it can only reach together.
    """
    given = url.get_secret_value()
    service = open_service(given, CONNECT_AND_READ)
    recipients = list(_recipients(service))
    if len(recipients) == 1 or len(recipients) != len(service) + _copies(service):
        return [_target(service)]
    found = {target.key: target for target in (_target(_only(given, *one)) for one in recipients)}
    return list(found.values())


def _recipients(service: "NotifyBase") -> Iterator[tuple[str, object]]:
    for name in _LISTS:
        kept = getattr(service, name, None)
        if isinstance(kept, list | tuple):
            yield from ((name, one) for one in kept)
        elif isinstance(kept, set | frozenset):
            yield from ((name, one) for one in sorted(kept))


def _copies(service: "NotifyBase") -> int:
    return sum(len(getattr(service, name, ())) for name in ("cc", "bcc"))


def _only(url: str, name: str, recipient: object) -> "NotifyBase":
    """Return the service again with a single recipient, read back from the address it then gives."""
    service = open_service(url, CONNECT_AND_READ)
    for other in _LISTS:
        kept = getattr(service, other, None)
        if isinstance(kept, list | tuple | set | frozenset):
            setattr(service, other, type(kept)())
    service_list, item = ("targets", (False, recipient)) if name in {"cc", "bcc"} else (name, recipient)
    setattr(service, service_list, [item])
    try:
        alone = open_service(_url(service), CONNECT_AND_READ)
    except DeliveryError:
        alone = None
    if alone is None or len(alone) != 1:
        raise DeliveryError("channel_inseparable", permanent=True, schema=schema_of(url))
    return alone


def _target(service: "NotifyBase") -> Target:
    url = _settled(_url(service))
    schema = schema_of(url)
    key = hashlib.sha256(url.encode()).hexdigest()[:12]
    masked = f"{schema}://{_shown(service, schema)}…{key[:6]}"
    return Target(key, masked, schema, SecretStr(url), _body_limit(service, schema))


def _url(service: "NotifyBase") -> str:
    return str(service.url())  # type: ignore[no-untyped-call]


def _settled(url: str) -> str:
    """Return the address without what we overrule anyway, and its options sorted: some plugins keep theirs in sets,
    whose order changes with every process. A `#` begins a channel's name here, as Apprise reads it.
    """
    schema, host, path, query, _ = urlsplit(url.replace("#", "%23"))
    options = sorted(one for one in parse_qsl(query, keep_blank_values=True) if one[0] not in OVERRULED)
    return urlunsplit((schema, host, path, urlencode(options), ""))


def _shown(service: "NotifyBase", schema: str) -> str:
    """Return what tells a person which target it is: the mail address, or a host of the owner's.

    Apprise's own masking leaves paths, headers and parameters of web hooks readable, and those are their secrets.
    """
    if schema in MAIL:
        recipients = [str(one[1]) for one in getattr(service, "targets", []) if isinstance(one, tuple)]
        return f"{recipients[0]}/" if recipients else ""
    if schema in _OWN_HOST:
        port = f":{service.port}" if service.port else ""
        return f"{service.host}{port}/"
    return ""


def _body_limit(service: "NotifyBase", schema: str) -> int:
    limit = min(service.body_maxlen, _BODY_LIMITS.get(schema, service.body_maxlen))
    shares_with_title = service.title_maxlen <= 0 or service.overflow_amalgamate_title
    return max(1, limit - _TITLE_ROOM) if shares_with_title else limit
