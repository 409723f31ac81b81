"""What single values of the file may look like: types that carry their own check."""

import re
from datetime import timedelta
from functools import cache
from ipaddress import ip_network
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from repmon.config import units
from repmon.config.nearest import nearest
from repmon.config.units import Wrong

SHORTEST_KEY = 16
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


def _slug(given: str) -> str:
    if not _SLUG.fullmatch(given):
        raise Wrong("config_slug", given=given)
    return given


def _filled(given: str) -> str:
    if not given.strip():
        raise Wrong("config_empty")
    return given


def _language(given: str) -> str:
    if not _LANGUAGE.fullmatch(given):
        raise Wrong("config_language", given=given)
    return given


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def _zone(given: str) -> str:
    try:
        ZoneInfo(given)
    except (KeyError, ValueError, OSError):  # unknown; no such form of name; a folder of the zone files
        raise Wrong("config_timezone", given=given, hint=nearest(given, _zones())) from None
    return given


def _database(given: str) -> str:
    scheme, found, rest = given.partition("://")
    if not found or scheme not in DATABASES:
        raise Wrong("config_database", hint=nearest(scheme, DATABASES) if found else "")
    if scheme == "sqlite" and rest.partition("?")[0] in {"", "/", "/:memory:"}:
        raise Wrong("config_database_memory")
    if scheme == "sqlite" and not rest.startswith("/"):
        raise Wrong("config_database_slashes")
    return given


def _network(given: str) -> str:
    try:
        ip_network(given, strict=False)
    except ValueError:
        raise Wrong("config_network", given=given) from None
    return given


def _web_address(given: str) -> str:
    try:
        parts = urlsplit(given)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket too many
        usable = False
    if not usable or any(letter.isspace() for letter in given):
        raise Wrong("config_web_address")
    return given.rstrip("/")


def _channel_address(given: SecretStr) -> SecretStr:
    if not _CHANNEL.fullmatch(given.get_secret_value()):
        raise Wrong("config_channel_address")
    return given


def _ping_address(given: SecretStr) -> SecretStr:
    _web_address(given.get_secret_value())
    return given


def _sealing_key(given: SecretStr) -> SecretStr:
    if len(given.get_secret_value().strip()) < SHORTEST_KEY:
        raise Wrong("config_key_short", shortest=SHORTEST_KEY)
    return given


def _listen(given: object) -> object:
    if given is False:
        return given
    if not isinstance(given, str):
        raise Wrong("config_listen", given=given)
    units.address(given)
    return given


def _history(given: object) -> object:
    return None if given in ("all", None) else units.duration(given)


def _hours(given: str) -> str:
    units.hours(given)
    return given


def _stars(given: object) -> str:
    text = str(given) if isinstance(given, int | float) and not isinstance(given, bool) else given
    if not isinstance(text, str):
        raise Wrong("config_stars", given=given)
    units.stars(text)
    return text


def _as_list(given: object) -> object:
    return given if isinstance(given, list | tuple) else (given,)


T = TypeVar("T")
OneOrMore = Annotated[tuple[T, ...], BeforeValidator(_as_list)]
"""A list; one value alone is taken as a list of one."""
Slug = Annotated[str, AfterValidator(_slug)]
Name = Annotated[str, AfterValidator(_filled)]
Language = Annotated[str, AfterValidator(_language)]
Languages = Annotated[OneOrMore[Language], Field(min_length=1)]
Zone = Annotated[str, AfterValidator(_zone)]
DatabaseAddress = Annotated[str, AfterValidator(_database)]
Network = Annotated[str, AfterValidator(_network)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
ChannelAddress = Annotated[SecretStr, AfterValidator(_channel_address)]
PingAddress = Annotated[SecretStr, AfterValidator(_ping_address)]
SealingKey = Annotated[SecretStr, AfterValidator(_sealing_key)]
Listen = Annotated[str | Literal[False], BeforeValidator(_listen)]
Duration = Annotated[timedelta, BeforeValidator(units.duration)]
History = Annotated[timedelta | None, BeforeValidator(_history)]
"""How far back a first read goes; "all" in the file is None here."""
Hours = Annotated[str, AfterValidator(_hours)]
Stars = Annotated[str, BeforeValidator(_stars)]
