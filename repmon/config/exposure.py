"""Which secrets a configuration holds, and what of it others could see."""

import os
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import BaseModel, SecretStr

from repmon.config.settings import Settings
from repmon.wording import say

OTHERS = 0o077
SHORTEST_SECRET = 4
SHORTEST_PART = 8
"""Parts of an address shorter than this are words of every log line (`hooks`, `json`) rather than tokens."""
PLAIN = ("localhost", "[")
"""How hosts without a dot begin that are no tokens."""


def warnings(settings: Settings) -> list[str]:
    """Say what is allowed but unwise, one sentence each. Looks at the file's mode (not on Windows)."""
    found = []
    if settings.literal_secrets and os.name == "posix" and settings.path.stat().st_mode & OTHERS:
        values = {"file": settings.path.name, "keys": ", ".join(settings.literal_secrets)}
        found.append(say("config_readable_by_others", values))
    if settings.sources and not settings.channels:
        found.append(say("config_no_channel"))
    if settings.channels and not settings.sources:
        found.append(say("config_no_source"))
    if settings.web.address and settings.web.address == settings.health.address and settings.web.address[1]:
        found.append(say("config_same_port", {"listen": settings.web.listen}))
    return found


def secrets_of(settings: Settings) -> frozenset[str]:
    """Every text that must never be seen: secrets as a whole, and the passwords and tokens inside addresses."""
    whole = {secret for source in settings.sources for secret in _secrets(source.settings)}
    whole |= {*_secrets(settings.storage), *_secrets(settings.health)}
    addresses = {url.get_secret_value() for channel in settings.channels.values() for url in channel.urls}
    parts = {part for address in whole | addresses if "://" in address for part in _parts(address)}
    for address in (settings.storage.url, settings.http.proxy or ""):
        if password := _password(address):
            parts |= {address, password, unquote(password)}
    return frozenset(secret for secret in whole | addresses | parts if len(secret) >= SHORTEST_SECRET)


def _secrets(node: object) -> Iterator[str]:
    """Every SecretStr inside a connector's settings, however deep."""
    if isinstance(node, SecretStr):
        yield node.get_secret_value()
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _secrets(getattr(node, name))
    elif isinstance(node, dict):
        for value in node.values():
            yield from _secrets(value)
    elif isinstance(node, list | tuple | set | frozenset):
        for value in node:
            yield from _secrets(value)


def _parts(address: str) -> Iterator[str]:
    """List what may be a token in an address: password, user, host without a dot, path segments, query values.

    Notification addresses put tokens in any of these places; a host with a dot is a name, not a secret.
    """
    password = _password(address)
    yield from (password, unquote(password))
    rest = address.partition("://")[2]
    place, _, query = rest.partition("?")
    netloc, _, path = place.partition("/")
    user, _, host = netloc.rpartition("@")
    pieces = [user.partition(":")[0], host, *path.split("/"), *(value for _, value in parse_qsl(query))]
    for piece in pieces:
        if len(piece) >= SHORTEST_PART and "." not in piece and not piece.startswith(PLAIN):
            yield from (piece, unquote(piece))


def _password(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:  # a bracket too many: nothing that could be taken apart
        return ""
