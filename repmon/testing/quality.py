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
ALL_SECTIONS = 3
_SECTIONS = re.compile(r"^## .*\b(cost|cannot|removing|need)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Made:
    """A connector and what lies beside it: the text of its test and of its page, and the names of its replies."""

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
        places = [path for path in tests.glob("replies/*") if path.name.startswith(f"{name}_") or path.stem in test]
        replies = frozenset(path.name for path in places)
        return cls(name, connector, test, _text(pages / f"{name}.md"), replies, _is_under_contract(connector, tests))

    def replies_like(self, *words: str) -> bool:
        """Whether one of the recorded replies is of this kind, by its name, or by what the test says of it."""
        return any(word in name for name in self.replies for word in words)


Rule = tuple[str, Callable[[Made], bool]]
RULES: dict[str, tuple[Rule, ...]] = {
    "bronze": (
        ("a test that puts it to the contract", lambda it: it.contract),
        ("a link to the site's documentation or terms", lambda it: _links(it.connector)),
        ("every setting described", lambda it: all(f.description for f in it.connector.model_fields.values())),
    ),
    "silver": (
        ("a recorded empty answer", lambda it: it.replies_like("empty") or it.connector.door != "http"),
        ("a recorded 429", lambda it: it.replies_like("429") or "429" in it.test or it.connector.door != "http"),
        ("a recorded odd answer", lambda it: it.replies_like("odd", "broken", "rating_only", "gone")),
        ("a page with what it needs, costs and cannot do", lambda it: _sections(it.page) >= ALL_SECTIONS),
        ("how often it is asked, for its site", lambda it: "min_every" in vars(it.connector) or "every" in it.page),
    ),
    "gold": (
        ("edits are seen", lambda it: it.connector.order == "changed" or it.connector.complete),
        ("deletions are seen", lambda it: it.connector.complete or it.connector.can("recheck")),
        ("replies are seen and posted", lambda it: it.connector.reply is not None and it.connector.can("post_reply")),
        ("a maintainer named on its page", lambda it: "maintain" in it.page.lower()),
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
