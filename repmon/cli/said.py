"""What a text says: as a line of JSON, and as lines for a person."""

from collections.abc import Iterator

import click

from repmon.cli.words import Shape, sentiment, topics
from repmon.review import Review, Understanding
from repmon.steps.plain import one_line
from repmon.wording import _

COLOURS = {"negative": "red", "mixed": "yellow", "positive": "green"}
EXCERPT = 200


def shape(found: Understanding) -> Shape:
    """One line of `score --json`."""
    return {**sentiment(found.sentiment), **topics(found.topics)}


def told(review: Review, found: Understanding) -> str:
    """The label and score before the text; below, what each word added, and what it is about."""
    verdict = found.sentiment
    label = click.style(f"{verdict.label:<8}", COLOURS.get(verdict.label))
    stars = f"★ {review.rating:g}  " if review.rating is not None else ""
    said = one_line(" · ".join(filter(None, (review.title, review.text))), EXCERPT)
    lines = [f"{label}  {verdict.score:+.2f}  {stars}{said}"]
    return "\n".join([*lines, *(click.style(f"{'':17}{line}", dim=True) for line in _why(found))])


def _why(found: Understanding) -> Iterator[str]:
    verdict = found.sentiment
    if verdict.reasons:
        yield ", ".join(f"{one_line(reason.text, 60)} {reason.value:+.1f}" for reason in verdict.reasons)
    if verdict.conflict:
        yield _("stars and words disagree")
    if verdict.label == "unknown" and verdict.language not in {"", "en"}:
        yield _("written in “{language}”; only English is read word by word").format(language=verdict.language)
    if found.topics:
        yield _("about {topics}").format(topics=", ".join(f"{t.name} ({t.polarity})" for t in found.topics))
