"""A digest as plain text for a chat: short lines, nothing that wraps, cut by us where a service takes less."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from repmon.steps.digest import Summary, Urgent
from repmon.steps.digest.words import (
    ages_lines,
    answers_line,
    incidents_line,
    mean_of,
    move_lines,
    new_line,
    place_lines,
    quiet_line,
    reading_lines,
    rising_lines,
    rivals_line,
    span_of,
    title_of,
    won_back_line,
)
from repmon.steps.messages.excerpt import quoted, snippet
from repmon.steps.messages.figures import age, rating
from repmon.steps.messages.message import Message, message_of
from repmon.steps.messages.reference import reference_of
from repmon.steps.messages.review_message import said_in
from repmon.wording import count, say


@dataclass(frozen=True, slots=True)
class _Room:
    """How many urgent reviews are shown and how many characters of each; how many phrases, places and competitors."""

    urgent: int
    words: int
    phrases: int
    places: int


_ROOMS = (_Room(3, 200, 3, 20), _Room(3, 100, 2, 8), _Room(3, 0, 1, 4), _Room(1, 0, 0, 0), _Room(0, 0, 0, 0))


def digest_text(summary: Summary, *, now: datetime, limit: int | None) -> Message:
    """The message; `limit` is the characters its body may have (None any number). Where to act stays in any case."""
    title, reference = title_of(summary), reference_of(summary.key)
    for room in _ROOMS:
        paragraphs = tuple(filter(None, _paragraphs(summary, room, now)))
        message = message_of(title, paragraphs, act_line(summary), reference, desk=summary.desk_url)
        if limit is None or len(message.body) <= limit:
            return message
    return message_of(title, paragraphs, act_line(summary), reference, desk=summary.desk_url, limit=limit)


def act_line(summary: Summary) -> str:
    """Where to see it all."""
    if not summary.desk_url:
        return say("digest_act_command")
    return say("digest_act_link", {"url": f"{summary.desk_url.rstrip('/')}/"})


def urgent_heading(number: int, one: Urgent, now: datetime) -> str:
    """`1. 1 of 5 stars · survey · 3 hours ago`, with its place where there are several."""
    review, at = one.sample.review, "_at" if one.place else ""
    values = {"number": number, "rating": rating(review), "place": snippet(one.place, 80),
              "source": snippet(review.source, 80), "age": age(one.since, now)}  # fmt: skip
    return say(f"digest_urgent_item{at}", values)


def _paragraphs(summary: Summary, room: _Room, now: datetime) -> Iterator[str]:
    yield span_of(summary)
    if summary.quiet:
        yield quiet_line(summary)
    else:
        yield _lines(*_arrived(summary))
        yield _lines(*_waiting(summary))
        yield from _urgent(summary, room, now)
        yield _listed("digest_rising", rising_lines(summary, room.phrases))
        yield _listed("digest_moves", move_lines(summary, room.phrases))
        yield _listed("digest_places", place_lines(summary, room.places))
        yield incidents_line(summary)
    yield rivals_line(summary, max(1, room.phrases))
    yield _lines(*reading_lines(summary))


def _arrived(summary: Summary) -> Iterator[str]:
    yield new_line(summary)
    if summary.now.unhappy or summary.before.unhappy:
        yield say("digest_unhappy", {"n": summary.now.unhappy, "before": summary.before.unhappy})
    if summary.now.rated:
        rated = count(summary.now.rated, "{n} review", "{n} reviews")
        values = {"mean": mean_of(summary.now), "rated": rated, "before": mean_of(summary.before)}
        yield say("digest_stars_before" if summary.before.rated else "digest_stars", values)


def _waiting(summary: Summary) -> Iterator[str]:
    total = summary.ages.total
    yield say("digest_waiting" if total else "digest_waiting_none", {"n": total})
    yield from (f"- {say(code, {'n': number})}" for code, number in ages_lines(summary) if number)
    if summary.drafts:
        yield say("digest_drafts", {"n": summary.drafts})
    if summary.assigned:
        yield say("digest_assigned", {"n": summary.assigned})
    yield answers_line(summary)
    yield won_back_line(summary)


def _urgent(summary: Summary, room: _Room, now: datetime) -> Iterator[str]:
    shown = summary.urgent[: room.urgent]
    if shown:
        yield say("digest_urgent")
    for number, one in enumerate(shown, start=1):
        words = quoted(" ".join(said_in(one.sample.review).split()), room.words, masked=summary.mask)
        heading = urgent_heading(number, one, now)
        yield _lines(heading, words if room.words else "", act_on(summary, one))


def act_on(summary: Summary, one: Urgent) -> str:
    """Where to read and answer one review."""
    number = one.sample.id
    if not summary.desk_url:
        return say("incident_sample_command", {"review": number})
    return say("incident_sample_link", {"url": review_page(summary, number)})


def review_page(summary: Summary, number: int) -> str:
    """The page of a review on the desk."""
    return f"{summary.desk_url.rstrip('/')}/reviews/{number}"


def _listed(heading: str, lines: list[str]) -> str:
    return _lines(say(heading), *(f"- {line}" for line in lines)) if lines else ""


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))
