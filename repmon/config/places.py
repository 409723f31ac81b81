"""Parts the keys of a source from those of its connector, where both may speak of locations.

`location` and `locations` belong to every source and hold our ids. Some connectors have a setting of one of these
names for the site's own ids. `locations = { "THEIRS" = "ours" }` then serves both, and `location` is the connector's
unless it names one of [[locations]], or nearly does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from repmon.config.nearest import nearest
from repmon.config.sources import SourceKeys
from repmon.connector import Connector

OWN_KEYS = frozenset(SourceKeys.model_fields)
PLACES = ("location", "locations")


@dataclass(frozen=True)
class Parted:
    """The two halves of a source's table; `lacking` names the key where ours is given but the site's is needed too."""

    own: dict[str, object]
    connector: dict[str, object]
    lacking: str = ""


def part(raw: Mapping[str, object], kind: type[Connector] | None, ours: Collection[str]) -> Parted:
    """Split one source's table; `ours` are the ids under [[locations]], `kind` is None for an unknown connector."""
    own = {key: value for key, value in raw.items() if key in OWN_KEYS}
    rest = {key: value for key, value in raw.items() if key not in OWN_KEYS}
    lacking = ""
    for key in PLACES:
        if kind is None or key not in kind.model_fields:
            continue
        if isinstance(raw.get("locations"), Mapping):
            rest[key] = list(raw["locations"])  # type: ignore[call-overload]
        elif key in raw and not _is_ours(raw[key], ours):
            rest[key] = own.pop(key)
        elif key in raw and kind.model_fields[key].is_required():
            rest[key], lacking = raw[key], key
    return Parted(own, rest, lacking)


def taken(kind: type[Connector]) -> list[str]:
    """Name the settings of a connector that would hide keys of every source."""
    return sorted((OWN_KEYS - {*PLACES}) & kind.model_fields.keys())


def _is_ours(given: object, ours: Collection[str]) -> bool:
    return isinstance(given, str) and (given in ours or bool(nearest(given, ours)))
