"""How well a connector is made, by rules a machine can check: bronze, silver, gold, and what is missing for more.

The scale is small, after Home Assistant's (https://developers.home-assistant.io/docs/core/integration-quality-scale).
It looks at three things beside the class: its contract test, its recorded replies, and its page.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from repmon.connector import Connector

TIERS = ("bronze", "silver", "gold")
_LINK = re.compile(r"https?://")
_SECTIONS = re.compile(r"^## .*\b(cost|cannot|removing|need)", re.MULTILINE | re.IGNORECASE)
ALL_SECTIONS = 4
_EMPTY_TEST = re.compile(r"^def test_\w*(?:empty|nothing|none|no_)", re.MULTILINE)
_MAINTAINER = re.compile(r"^Maintained by \S+", re.MULTILINE)


@dataclass(frozen=True)
class Made:
    """A connector and what lies beside it: the text of its test and page, and the recorded replies its test uses."""

    name: str
    connector: type[Connector]
    test: str
    page: str
    replies: frozenset[str]
    contract: bool
    """Whether a test of the package puts it to the contract."""

    @classmethod
    def found(cls, name: str, connector: type[Connector], tests: Path, pages: Path) -> "Made":
        """Look beside it: `test_NAME.py` and `replies/` in `tests`, `NAME.md` in `pages`."""
        test = _text(tests / f"test_{name}.py")
        places = [path.name for path in tests.glob(f"replies/{name}_*") if path.name in test]
        page = _text(pages / f"{name}.md")
        return cls(name, connector, test, page, frozenset(places), _is_under_contract(connector, tests))

    def recorded(self, *words: str) -> bool:
        """Whether a recorded reply that its test makes use of is of this kind, by its name: `NAME_WORD….json`."""
        kinds = [name.removeprefix(f"{self.name}_") for name in self.replies]
        return any(kind.startswith(word) or f"_{word}" in kind for kind in kinds for word in words)

    @property
    def asks_a_site(self) -> bool:
        """Whether there is a site that may answer with nothing, or with 429."""
        return self.connector.door == "http"


Rule = tuple[str, Callable[[Made], bool]]
RULES: dict[str, tuple[Rule, ...]] = {
    "bronze": (
        ("a test that puts it to the contract", lambda it: it.contract),
        ("a link to the site's documentation or terms", lambda it: _links(it.connector)),
        ("every setting described", lambda it: all(f.description for f in it.connector.model_fields.values())),
    ),
    "silver": (
        ("a recorded empty answer", lambda it: it.recorded("empty") if it.asks_a_site else _tries_nothing(it.test)),
        ("a recorded 429, as its site has it", lambda it: it.recorded("429") or not it.asks_a_site),
        ("a recorded odd record", lambda it: it.recorded("odd", "broken", "rating_only", "gone")),
        ("a page with what it needs, costs and cannot do", lambda it: _sections(it.page) >= ALL_SECTIONS),
        ("how often it is asked, for its site", lambda it: _has_its_pace(it.connector) or not it.asks_a_site),
    ),
    "gold": (
        ("edits are seen", lambda it: it.connector.order == "changed" or it.connector.complete),
        ("deletions are seen", lambda it: it.connector.complete or _asks_again(it.connector)),
        ("replies are seen and posted", lambda it: it.connector.sees_replies and it.connector.can("post_reply")),
        ("a maintainer named on its page", lambda it: bool(_MAINTAINER.search(it.page))),
    ),
}


def missing(made: Made) -> Iterator[tuple[str, str]]:
    """Each rule that is not met, with the tier it belongs to."""
    for tier in TIERS:
        yield from ((tier, sentence) for sentence, holds in RULES[tier] if not holds(made))


def quality(made: Made) -> str:
    """The highest tier whose rules, and those of all below, are met; "" where not even the first is."""
    unmet = {tier for tier, _rule in missing(made)}
    reached = ""
    for tier in TIERS:
        if tier in unmet:
            break
        reached = tier
    return reached


def _links(connector: type[Connector]) -> bool:
    about = inspect.getdoc(sys.modules[connector.__module__]) or ""
    return bool(_LINK.search(about) or connector.terms or connector.door in {"files", "push"})


def _has_its_pace(connector: type[Connector]) -> bool:
    """Whether it, or what it shares with others of its kind, says how often its site is asked."""
    own = connector.__mro__[: connector.__mro__.index(Connector)]
    return any("min_every" in vars(kind) for kind in own)


def _asks_again(connector: type[Connector]) -> bool:
    return connector.recheck_every is not None and connector.can("recheck")


def _tries_nothing(test: str) -> bool:
    """A file or an event that holds nothing is written in the test itself: a test says what comes of it."""
    return bool(_EMPTY_TEST.search(test))


def _sections(page: str) -> int:
    return len({found.lower() for found in _SECTIONS.findall(page)})


def _is_under_contract(connector: type[Connector], tests: Path) -> bool:
    """A class of the tests that is a contract and names this connector as its own."""
    name = connector.__name__
    mine = re.compile(
        rf"^class Test\w*\([^)]*Contract\b[^)]*\):\n(?:    .*\n|\n)*?    connector\b.*= {name}$", re.MULTILINE
    )
    return any(mine.search(_text(path)) for path in sorted(tests.glob("test_*.py")))


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
