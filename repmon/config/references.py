"""Names in the file that must name something else in it, and names that must stand only once."""

from collections.abc import Collection, Iterator, Mapping

from repmon.config.lines import KeyPath
from repmon.config.nearest import nearest
from repmon.config.problems import Problems
from repmon.steps.understanding.topics import topic_names

EACH = None
"""Stands in a pattern for every element or every value."""
Pattern = tuple[str | None, ...]

REFERENCES: tuple[tuple[Pattern, str], ...] = (
    (("sources", EACH, "location"), "locations"),
    (("sources", EACH, "locations", EACH), "locations"),
    (("channels", EACH, "locations"), "locations"),
    (("rules", EACH, "when", "locations"), "locations"),
    (("rules", EACH, "when", "sources"), "sources"),
    (("rules", EACH, "when", "topics"), "topics"),
    (("rules", EACH, "notify"), "channels"),
    (("alerts", "system"), "channels"),
    (("alerts", "escalate", EACH, "notify"), "channels"),
    (("digests", EACH, "notify"), "channels"),
    (("digests", EACH, "locations"), "locations"),
)
UNIQUE: tuple[tuple[Pattern, ...], ...] = (
    (("locations", EACH, "id"),),
    (("sources", EACH, "id"),),
    (("rules", EACH, "name"), ("digests", EACH, "name")),
)
"""What sends a message is known by one name."""
IDS: dict[str, Pattern] = {"locations": ("locations", EACH, "id"), "sources": ("sources", EACH, "id")}
"""Where names are declared; of other kinds, the keys of the table are the names."""


def check(tree: Mapping[str, object], problems: Problems, passed_over: Collection[KeyPath] = ()) -> None:
    """Note unknown references and repeated ids; works on what was read, so that it sees faulty tables too."""
    for pattern, kind in REFERENCES:
        for path, name in _texts(tree, pattern):
            known = declared(tree, kind)
            if name not in known and not any(path[: len(other)] == other for other in passed_over):
                problems.add(path, f"config_no_{kind}", name=name, hint=nearest(name, known))
    for patterns in UNIQUE:
        _check_unique(tree, patterns, problems)


def declared(tree: Mapping[str, object], kind: str) -> set[str]:
    """Collect the names of one kind that the file declares; of topics, also those that come with repmon."""
    if kind in IDS:
        return {name for _, name in _texts(tree, IDS[kind])}
    own = {str(name) for name in _items(tree.get(kind, {}))}
    return own.union(topic_names()) if kind == "topics" else own


def _check_unique(tree: Mapping[str, object], patterns: tuple[Pattern, ...], problems: Problems) -> None:
    first: dict[str, KeyPath] = {}
    for path, name in (each for pattern in patterns for each in _texts(tree, pattern)):
        if name in first:
            problems.add(path, "config_twice", name=name, line=problems.line(first[name]))
        first.setdefault(name, path)


def _texts(node: object, pattern: Pattern, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Find the texts at the end of a pattern, with their paths; a list there gives each of its texts."""
    if not pattern:
        if isinstance(node, str):
            yield path, node.strip()
        elif isinstance(node, list):
            yield from _texts(node, (EACH,), path)
        return
    for key, child in _items(node).items():
        if pattern[0] in (EACH, key):
            yield from _texts(child, pattern[1:], (*path, key))


def _items(node: object) -> dict[str | int, object]:
    if isinstance(node, Mapping):
        return dict(node)
    return dict(enumerate(node)) if isinstance(node, list) else {}
