"""What a text says: as a line of JSON, and as lines for a person."""

from collections.abc import Iterator

import click

from repmon.cli.words import Shape, sentiment, topics
from repmon.review import Reason, Review, Sentiment, Understanding
from repmon.steps.plain import one_line
from repmon.steps.understanding.contradiction import against
from repmon.steps.understanding.said import said
from repmon.wording import _

COLOURS = {"negative": "red", "mixed": "yellow", "positive": "green"}
EXCERPT = 200


def shape(found: Understanding, probability: float | None = None) -> Shape:
    """One line of `score --json`; `probability` that it is an unhappy one, where repmon has learned."""
    return {**sentiment(found.sentiment, probability), **topics(found.topics)}


def told(review: Review, found: Understanding, probability: float | None = None) -> str:
    """The label and score before the text; below, what each word added, and what it is about."""
    verdict = found.sentiment
    label = click.style(f"{verdict.label:<8}", COLOURS.get(verdict.label))
    stars = f"★ {review.rating:g}  " if review.rating is not None else ""
    words = one_line(" · ".join(filter(None, (review.title, review.text))), EXCERPT)
    lines = [f"{label}  {verdict.score:+.2f}  {stars}{words}"]
    return "\n".join([*lines, *(click.style(f"{'':17}{line}", dim=True) for line in _why(found, probability))])


def _why(found: Understanding, probability: float | None) -> Iterator[str]:
    verdict = found.sentiment
    if verdict.reasons:
        yield ", ".join(map(_part, verdict.reasons))
    if verdict.conflict:
        yield disagreement(verdict)
    if probability is not None:
        yield learned(probability)
    if verdict.label == "unknown" and verdict.language not in {"", "en"}:
        yield _("written in “{language}”; only English is read word by word").format(language=verdict.language)
    if found.topics:
        yield _("about {topics}").format(topics=", ".join(f"{t.name} ({t.polarity})" for t in found.topics))


def disagreement(verdict: Sentiment) -> str:
    """`stars and words disagree: ★ 5 +13.3 against awful -2.0`: both sides of a contradiction."""
    words = ", ".join(map(_part, against(verdict)))
    if not words:
        return _("stars and words disagree")
    return _("stars and words disagree: {lead} against {words}").format(lead=_part(verdict.reasons[0]), words=words)


def learned(probability: float) -> str:
    """How likely a review is an unhappy one, by what the owner's own stars have taught."""
    return _("{share:.0%} likely to be unhappy, by what your own reviews have taught").format(share=probability)


def _part(reason: Reason) -> str:
    return f"{one_line(said(reason), 60)} {reason.value:+.1f}"
