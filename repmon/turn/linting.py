"""The check of a reply with all that is known around it: the review, its topics, the site's limit, recent replies."""

from collections.abc import Iterable, Mapping
from typing import Any

from repmon.config import Business
from repmon.steps.drafting import draft as compose
from repmon.steps.lint import Finding, lint
from repmon.store import decisions, reviews
from repmon.store.handles import Row, Session
from repmon.store.tables import ReviewRow
from repmon.turn.world import World

RECENT = 30
"""How many replies back a likeness is noticed."""


def check(world: World, session: Session, row: ReviewRow | Row[Any], source: str, text: str) -> tuple[Finding, ...]:
    """Check a reply to a stored review; `source` is the name of the review's source."""
    settings = next((each.settings for each in world.settings.sources if each.id == source), None)
    business = world.settings.business_of(row.location)
    understood = reviews.as_understanding(row)
    return lint(
        text, review=reviews.as_review(row, source), topics=understood.topics if understood else (),
        limit=settings.reply if settings else None, recent=decisions.recent_replies(session, row.id or 0, RECENT),
        business=as_business(business), trade=business.trade,
    )  # fmt: skip


def as_business(business: Business) -> compose.Business:
    """Who answers, as the steps know it."""
    return compose.Business(
        name=business.name, contact=business.contact, signature=business.signature, trade=business.trade,
        languages=business.languages,
    )  # fmt: skip


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that keep a reply from going out."""
    return [each for each in findings if each.severity == "block"]


def stored(findings: Iterable[Finding]) -> list[Mapping[str, object]]:
    """As they are kept with a draft: codes and values, the sentence is made when somebody looks."""
    return [
        {"rule": each.rule, "severity": each.severity, "start": each.start, "end": each.end, "code": each.code,
         "values": dict(each.values), "suggestion": each.suggestion}
        for each in findings
    ]  # fmt: skip
