"""Picks the reviews out of structured data (https://schema.org/Review), wherever they hang in the tree."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from repmon_connectors._cells import digest

MOST_NODES = 200_000
ALIKE = 200
"""Characters of the text that tell one review from another."""
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_SPARE_COMMA = re.compile(r",(\s*[}\]])")

Node = dict[str, Any]


def parsed(block: str) -> Any:
    """One JSON-LD block as JSON; None where it is none.

    Pages wrap it in comments, escape it as if it were text, and leave commas behind: tried only where it is no JSON.
    """
    bare = _WRAPPING.sub("", _WRAPPING.sub("", block)).strip()
    for attempt in (bare, _SPARE_COMMA.sub(r"\1", bare), html.unescape(bare)):
        with suppress(ValueError, RecursionError):
            return json.loads(attempt, strict=False)
    return None


def reviews(tree: Any) -> Iterator[Node]:
    """Every node of the type Review, in the order of the page; at most MOST_NODES nodes are looked at."""
    waiting = [tree]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, dict):
            if "Review" in types(node):
                yield node
            waiting.extend(reversed([each for key, each in node.items() if key != "itemReviewed"]))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def identified(found: Sequence[Node], page: str) -> Iterator[Node]:
    """Each review once, by its own address where it has one, else by who said what; without words also by its turn."""
    given = [first(node, "@id", "url") for node in found]
    shared, turns = Counter(given), Counter[str]()
    for node, own in zip(found, given, strict=True):
        said = _fields(node, page)
        name = digest([page, said["author"], said["date"], (said["text"] or "")[:ALIKE]])
        turns[name] += 1
        if turns[name] > 1 and said["text"]:
            continue
        name = name if turns[name] == 1 else f"{name}-{turns[name]}"
        address = urljoin(page, own) if own and shared[own] == 1 else ""
        yield {**said, "id": address if address not in {"", page} else name}


def types(node: Node) -> set[str]:
    """The types of a node, without the address of the vocabulary."""
    given = node.get("@type")
    return {str(each).rstrip("/").rpartition("/")[2] for each in (given if isinstance(given, list) else [given])}


def first(node: Any, *names: str) -> str | None:
    """The first text under one of these names; numbers as text, lists and nodes by what they hold first."""
    if not isinstance(node, dict):
        return None
    return next((said for name in names if (said := _said(node.get(name)))), None)


def inside(node: Any, name: str) -> Any:
    """What a node holds under a name, of several the first."""
    given = node.get(name) if isinstance(node, dict) else None
    return given[0] if isinstance(given, list) and given else given


def names(given: Any) -> str | None:
    """Who wrote it: a text, a person, or several of either."""
    each = given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    found = [first(one, "name") if isinstance(one, dict) else _said(one) for one in each]
    return ", ".join(name for name in found if name) or None


def _said(given: Any) -> str | None:
    if isinstance(given, list):
        given = given[0] if given else None
    if isinstance(given, dict):
        given = given.get("@value")
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    return str(given).strip() or None


def _fields(node: Node, page: str) -> dict[str, Any]:
    rating = inside(node, "reviewRating")
    nested = inside(rating, "reviewRating") or rating  # some sites wrap it twice
    text = first(node, "reviewBody", "description", "text")
    return {
        "text": text,
        "title": first(node, "headline", "name"),
        "rating": first(nested, "ratingValue"),
        "best": first(nested, "bestRating"),
        "author": names(node.get("author")),
        "date": first(node, "datePublished", "dateCreated"),
        "language": first(node, "inLanguage"),
        "url": page,
    }
