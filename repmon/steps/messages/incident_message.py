"""The messages about an incident: how bad, against what is usual, what it is about, and how it ended."""

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

from repmon.steps.alerting.facts import Facts, Sample
from repmon.steps.messages.excerpt import quoted, snippet
from repmon.steps.messages.figures import age, hours_long, moment_of, rating
from repmon.steps.messages.parts import Parts, Room, Showing
from repmon.wording import count, say

_SAMPLES = ((400, 3), (200, 2), (0, 1))
"""How many reviews are quoted, by the room there is for one."""
_DAYS_FROM = 48


def incident_parts(facts: Facts, show: Showing, room: Room) -> Parts:
    """The parts of the message; samples are as they are stored now, so that what was erased meanwhile is not shown."""
    names = _names(facts)
    title, write = _WRITERS[facts.kind]
    paragraphs = list(write(facts, names))
    if facts.kind != "incident.closed":
        paragraphs += _samples(facts, show, room)
    if facts.kind == "incident.opened":
        paragraphs.append(say("incident_from_now_on"))
    return Parts(say(title, names), tuple(filter(None, paragraphs)), _act(facts, show))


def _names(facts: Facts) -> dict[str, str]:
    number, before = _number(facts, "unhappy"), _number(facts, "before")
    return {
        "place": snippet(facts.location_name, 80),
        "unhappy": count(number, "{n} unhappy review", "{n} unhappy reviews"),
        "more": count(number - before, "{n} more unhappy review", "{n} more unhappy reviews"),
        "span": hours_long(facts.values.get("hours")),
        "moment": moment_of(facts.values.get("since"), facts.timezone),
        "total": str(number),
        "usual": _usual(facts.values.get("usual")),
    }


def _opened(facts: Facts, names: Mapping[str, str]) -> Iterator[str]:
    reviews = _number(facts, "reviews")
    all_of_them = say("incident_of_all", {"reviews": count(reviews, "{n} review", "{n} reviews")})
    yield " ".join(filter(None, (say("incident_now", names), all_of_them if reviews else "")))
    yield _topics(facts)


def _updated(facts: Facts, names: Mapping[str, str]) -> Iterator[str]:
    yield say("incident_more", names)
    yield _topics(facts)


def _closed(facts: Facts, names: Mapping[str, str]) -> Iterator[str]:
    total, before = _number(facts, "unhappy"), _number(facts, "before")
    yield say("incident_over", {**names, "hours": _number(facts, "calm_hours")})
    untold = say("incident_untold", {"untold": total - before}) if total > before else ""
    yield " ".join(filter(None, (say("incident_total", names), untold)))
    yield _topics(facts)
    waiting = _number(facts, "waiting")
    answered = say("incident_answered", {"answered": _number(facts, "answered"), "total": total})
    yield " ".join(filter(None, (answered, say("incident_waiting", {"waiting": waiting}) if waiting else "")))
    rated, stars = _number(facts, "rated_since"), facts.values.get("stars_since")
    if rated and isinstance(stars, int | float):
        since = {"reviews": count(rated, "{n} review", "{n} reviews"), "stars": f"{stars:g}"}
        yield say("incident_stars_since", since)


_WRITERS: Mapping[str, tuple[str, Callable[[Facts, Mapping[str, str]], Iterator[str]]]] = {
    "incident.opened": ("title_incident_now", _opened),
    "incident.updated": ("title_incident_more", _updated),
    "incident.closed": ("title_incident_over", _closed),
}


def _topics(facts: Facts) -> str:
    given = facts.values.get("topics")
    pairs = [each for each in given if isinstance(each, list | tuple)] if isinstance(given, list | tuple) else []
    named = [say("incident_topic", {"topic": snippet(str(name), 40), "n": number}) for name, number in pairs]
    return say("incident_topics", {"topics": ", ".join(named)}) if named else ""


def _samples(facts: Facts, show: Showing, room: Room) -> Iterator[str]:
    shown = facts.samples[: next(number for least, number in _SAMPLES if room.review >= least)]
    for sample in shown:
        yield _sample(sample, facts, show, room)
    left = _number(facts, "unhappy") - len(shown)
    if shown and left > 0:
        yield say("incident_others", {"n": left})


def _sample(sample: Sample, facts: Facts, show: Showing, room: Room) -> str:
    review = sample.review
    said = "\n".join(filter(None, (review.title, review.text)))
    heading = {"rating": rating(review), "source": snippet(review.source, 80),
               "age": age(review.written_at or facts.at, show.now)}  # fmt: skip
    page = show.page(f"reviews/{sample.id}")
    act = say("incident_sample_link", {"url": page}) if page else say("incident_sample_command", {"review": sample.id})
    words = quoted(said, room.review // 4, masked=show.mask) or say("words_none")
    return "\n".join((say("incident_sample", heading), words, act))


def _act(facts: Facts, show: Showing) -> str:
    """To all reviews of the place, the newest first."""
    page = show.page(f"?{urlencode({'tab': 'all', **({'location': facts.location} if facts.location else {})})}")
    return say("incident_act_link", {"url": page}) if page else say("incident_act_command")


def _usual(given: object) -> str:
    """In whole reviews: a tenth of one says nothing to anybody."""
    if not isinstance(given, int | float) or given < 1:
        return say("incident_usual_none")
    return say("incident_usual", {"usual": f"{given:.0f}"})


def _number(facts: Facts, name: str) -> int:
    given = facts.values.get(name)
    return given if isinstance(given, int) else 0
