"""Checks a reply before a person sees it, and again at every edit and approval: tone, privacy, law, form."""

from collections.abc import Sequence

from repmon.connector import ReplyLimit
from repmon.review import Review, Topic
from repmon.steps.drafting.draft import Business
from repmon.steps.lint.answer import answers
from repmon.steps.lint.finding import Finding
from repmon.steps.lint.form import form
from repmon.steps.lint.private import private
from repmon.steps.lint.words import words

__all__ = ["Finding", "lint"]


def lint(
    text: str, *, review: Review | None = None, topics: Sequence[Topic] = (), limit: ReplyLimit | None = None,
    recent: Sequence[str] = (), business: Business | None = None, trade: str = "generic",
) -> tuple[Finding, ...]:  # fmt: skip
    """Find what should not be published like this, in the order of the text; offsets are in characters.

    What is left out is not checked: without `review` no names and topics, without `limit` no length, without `recent`
    (latest replies) no likeness. The contact and signature of `business` may stand in the reply; in the trade `clinic`
    nothing may confirm that somebody is a patient. Linear in the length of the text.
    """
    found = (
        *words(text, trade),
        *private(text, review, business),
        *form(text, limit, business),
        *answers(text, review, topics, recent, trade),
    )
    return tuple(sorted(set_aside_doubles(found), key=lambda one: (one.start, one.end, one.rule)))


def set_aside_doubles(found: Sequence[Finding]) -> list[Finding]:
    """Leave out what the same rule says of a part of what it found already."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda each: (each.rule, each.start, -each.end)):
        if kept and kept[-1].rule == one.rule and one.end <= kept[-1].end:
            continue
        kept.append(one)
    return kept
