"""Fills the connector of each source with the keys that are the connector's own."""

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address, ip_network

from repmon.config import references
from repmon.config.lines import KeyPath
from repmon.config.nearest import nearest
from repmon.config.places import OWN_KEYS, part, taken
from repmon.config.reading import Reading
from repmon.config.sources import Source, SourceKeys, reach
from repmon.config.units import spell
from repmon.connector import Connector
from repmon.discover import Found

LOOPBACK = ("127.0.0.1", "::1")


class SourceReader:
    """Reads [[sources]]; `find` gives a connector by name, `names` is what there is to choose from."""

    def __init__(
        self, reading: Reading, allow: tuple[str, ...], find: Callable[[str], Found | None], names: list[str]
    ) -> None:
        self._reading = reading
        self._problems = reading.problems
        self._allow = allow
        self._find = find
        self._names = names
        self._ours = references.declared(reading.tree, "locations")

    def read(self, raw: object, at: KeyPath) -> Source | None:
        """One source with its connector; None when either has mistakes, all of them noted."""
        if not isinstance(raw, dict):
            self._problems.add(at, "config_need_table")
            return None
        kind = self._kind(raw.get("connector"), (*at, "connector"))
        parted = part(raw, kind, self._ours)
        if "location" in raw and "location" not in parted.own:
            self._reading.site_places.add((*at, "location"))
        keys = self._reading.table(SourceKeys, parted.own, at)
        settings = self._settings(kind, parted.connector, at) if kind else None
        if parted.lacking:
            self._problems.add((*at, parted.lacking), "config_site_location", connector=raw["connector"])
        if {"location", "locations"} <= raw.keys():
            self._problems.add((*at, "locations"), "config_location_twice")
        if keys is None or kind is None:
            return None
        values = dict(settings) if settings else {**_defaults(kind), **parted.connector}
        every = self._pace(keys, kind.min_every, reach(values), at)
        if settings is None:
            return None
        given = {name: getattr(keys, name) for name in SourceKeys.model_fields}
        return Source(**{**given, "every": every, "settings": settings})

    def _kind(self, name: object, at: KeyPath) -> type[Connector] | None:
        if not isinstance(name, str):
            return None  # a missing or mistyped name is noted with the source's own keys
        found = self._find(name.strip())
        if found is None:
            hint = nearest(name, self._names)
            self._problems.add(at, "config_no_connector", name=name, names=", ".join(self._names), hint=hint)
            return None
        if found.connector is None:
            self._problems.add(at, "config_broken_connector", name=name, problem=found.problem)
            return None
        if keys := taken(found.connector):
            self._problems.add(at, "config_connector_keys", name=name, keys=", ".join(keys))
            return None
        return found.connector

    def _settings(self, kind: type[Connector], raw: dict[str, object], at: KeyPath) -> Connector | None:
        try:
            return self._reading.table(kind, raw, at, OWN_KEYS)
        except Exception as error:  # noqa: BLE001 - a stranger's checks may raise anything; it costs this source only
            # only the kind of error: its message may hold what was given
            self._problems.add(at, "config_connector_failed", error=type(error).__name__)
            return None

    def _pace(self, keys: SourceKeys, floor: timedelta, host: str | None, at: KeyPath) -> timedelta:
        """Give the time between two polls; one below the connector's floor is for hosts under [http] allow only."""
        if "every" not in keys.model_fields_set:
            return max(keys.every, floor)
        if keys.every < floor and not self._is_allowed(host):
            self._problems.add((*at, "every"), "config_below_floor", connector=keys.connector, floor=spell(floor))
        return keys.every

    def _is_allowed(self, host: str | None) -> bool:
        """Whether a host is under [http] allow. Names are not looked up; `localhost` is what it must be (RFC 6761)."""
        networks = [ip_network(given, strict=False) for given in self._allow]
        hosts = LOOPBACK if host == "localhost" else (host or "",)
        try:
            addresses = [ip_address(host) for host in hosts]
        except ValueError:
            return False
        return any(address in network for address in addresses for network in networks)


def _defaults(kind: type[Connector]) -> dict[str, object]:
    return {name: info.default for name, info in kind.model_fields.items()}
