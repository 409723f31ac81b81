"""Connectors by name, found through entry points; a broken one is a status with a reason, never a crash."""

from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from repmon.connector import Connector
from repmon.wording import say

GROUP = "repmon.connectors"
LONGEST_REASON = 300


@dataclass(frozen=True)
class Found:
    """One connector that is installed: its class, or the problem why there is none."""

    name: str
    connector: type[Connector] | None
    problem: str = ""
    distribution: str = ""
    version: str = ""


def connectors() -> dict[str, Found]:
    """Every installed connector by name, sorted; imports them all."""
    return {name: _found(name, entries) for name, entries in sorted(_installed().items())}


def load_connector(name: str) -> Found | None:
    """One connector, importing no other; None when none of that name is installed."""
    entries = _installed().get(name)
    return _found(name, entries) if entries else None


def connector_names() -> list[str]:
    """List the names of all installed connectors, sorted; imports none of them."""
    return sorted(_installed())


def _installed() -> dict[str, list[EntryPoint]]:
    by_name = defaultdict(list)
    for entry in entry_points(group=GROUP):
        by_name[entry.name].append(entry)
    return by_name


def _found(name: str, entries: list[EntryPoint]) -> Found:
    entry = entries[0]
    distribution = entry.dist.name if entry.dist else ""
    version = entry.dist.version if entry.dist else ""
    if len({other.value for other in entries}) > 1:
        # Taking either would make it a matter of chance whose code sees the owner's keys.
        owners = sorted({other.dist.name if other.dist else other.value for other in entries})
        problem = say("connector_twice", {"name": name, "owners": ", ".join(owners)})
        return Found(name, None, problem, distribution, version)
    connector, problem = _import(entry)
    return Found(name, connector, problem, distribution, version)


def _import(entry: EntryPoint) -> tuple[type[Connector] | None, str]:
    try:
        connector = entry.load()
    except Exception as error:  # noqa: BLE001 - a stranger's module may raise anything; the others must still load
        return None, say("connector_import_failed", {"target": entry.value, "reason": _one_line(error)})
    if not (isinstance(connector, type) and issubclass(connector, Connector)):
        return None, say("connector_not_a_class", {"target": entry.value})
    return connector, ""


def _one_line(error: Exception) -> str:
    """Fit a stranger's message into one line of a terminal."""
    text = f"{type(error).__name__}: {error}"
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_REASON]
