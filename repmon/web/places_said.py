"""What is said more, or less, often about a place than before: a page, or a part of the Places page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from repmon.steps.digest.topic_trend import TopicTrend, topic_trends
from repmon.store.incidents import blamed
from repmon.store.places import topics_between
from repmon.turn.rising import RisingPhrases, rising
from repmon.turn.world import World
from repmon.web.places import HERE, place_name
from repmon.web.places_kept import Kept
from repmon.web.routing import NotFound, shows
from repmon.web.visit import Visit
from repmon.wording import say

RECENT, EARLIER = timedelta(weeks=4), timedelta(weeks=12)
MOST = 5_000
SHOWN = 4
"""Of each kind so many: who wants more has `repmon rising`."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Sentences; `nothing` explains why there are none."""

    complaint: tuple[str, ...]
    praise: tuple[str, ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    nothing: str


_kept: Kept[Heard] = Kept(timedelta(minutes=15))


def _said(visit: Visit) -> Response:
    location = visit.request.query_params.get("location") or None
    known = {place.id for place in visit.world.settings.locations}
    if not visit.visitor.sees(location) or (location is not None and location not in known):
        raise NotFound
    as_of, heard = _kept.get(
        visit.world.database, location, visit.now, lambda: _listen(visit.world, location, visit.now)
    )
    name = place_name(visit, location) if location else visit.world.settings.business.name
    if visit.htmx:
        return visit.part("parts/said.html", heard=heard, as_of=as_of)
    return visit.page("place_said.html", heard=heard, as_of=as_of, name=name)


def _listen(world: World, location: str | None, now: datetime) -> Heard:
    phrases = rising(world, location, now)
    with world.database.read() as session:
        rows = topics_between(session, location, now - EARLIER, now, MOST)
    recent = blamed(row.topics for row in rows if row.at > now - RECENT)
    trends = topic_trends(recent, blamed(row.topics for row in rows if row.at <= now - RECENT))
    found = (_phrases(phrases, "complaint"), _phrases(phrases, "praise"), _topics(trends, up=True),
             _topics(trends, up=False))  # fmt: skip
    nothing = "" if any(found) else say("place_nothing_said" if phrases.weeks else "place_too_few")
    return Heard(*found, nothing)


def _phrases(found: RisingPhrases, side: str) -> tuple[str, ...]:
    those = found.complaint if side == "complaint" else found.praise
    return tuple(
        say(
            "place_rising", {"phrase": one.phrase, "count": one.count, "of": one.of, "usual": f"{found.usual(one):.1f}"}
        )
        for one in those[:SHOWN]
    )


def _topics(trends: Sequence[TopicTrend], *, up: bool) -> tuple[str, ...]:
    code = "place_topic_up" if up else "place_topic_down"
    return tuple(
        say(
            code, {"name": one.name, "count": one.count, "of": one.of, "before": one.before, "before_of": one.before_of}
        )
        for one in [each for each in trends if each.up == up][:SHOWN]
    )


ROUTES = (shows(HERE + "/said", _said),)
