"""A digest for one channel, gathered from what is stored when it is sent: what was erased meanwhile is not in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from repmon.config import Channel
from repmon.steps.alerting.facts import Sample
from repmon.steps.digest import Ages, Figures, Place, Summary, Urgent, total
from repmon.steps.digest.chart import bars_svg, png
from repmon.steps.digest.html import CHART, digest_html
from repmon.steps.digest.period import Period, Rhythm, bounds
from repmon.steps.digest.text import digest_text
from repmon.steps.digest.topic_moves import Move, topic_moves
from repmon.steps.messages.message import Message
from repmon.steps.rising import Rising
from repmon.store import digest_figures as figures
from repmon.store import reviews
from repmon.store.digest_topics import blamed_between
from repmon.store.handles import Session
from repmon.store.tables import SourceRow
from repmon.turn.digest_sources import reading_of
from repmon.turn.rising import WEEK, WEEKS_BEFORE, rising
from repmon.turn.world import World

PERIODS = 8
URGENT = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What a digest's event keeps, read back."""

    key: str
    period: Period
    rhythm: Rhythm
    places: tuple[str, ...] | None
    answer_within: timedelta
    polls: Mapping[str, Sequence[int]] | None


def digest_message(
    world: World, key: str, values: Mapping[str, Any], channel: str, *, mail: bool, limit: int | None
) -> Message:
    """The message of a digest's event for a channel; for mail with a page and a chart. `limit` as in `render`."""
    summary = summary_of(world, key, values, channel)
    now = world.clock()
    message = digest_text(summary, now=now, limit=limit)
    if not mail:
        return message
    return replace(message, html=digest_html(summary, now=now), pictures=() if summary.quiet else (picture(summary),))


def picture(summary: Summary) -> tuple[str, bytes]:
    """The chart as content id and PNG."""
    return CHART, png(bars_svg([(each.new, each.unhappy) for each in summary.history]))


def summary_of(world: World, key: str, values: Mapping[str, Any], channel: str) -> Summary:
    """All figures of a digest for a channel: of its places where it has some, and of its person."""
    told = _told(key, values, world.settings.channels.get(channel))
    person = world.settings.channels[channel].person if channel in world.settings.channels else None
    with world.database.read() as session:
        summary = _counted(world, session, told, person)
    return _with_rising(world, summary, told)


def _counted(world: World, session: Session, told: Told, person: str | None) -> Summary:
    places, start, end = told.places, told.period.start, told.period.end
    cuts = bounds(told.rhythm, told.period, PERIODS)
    arrived = figures.arrivals(session, places, cuts)
    waiting = figures.ages(session, places, end)
    zone = ZoneInfo(told.rhythm.zone)
    return Summary(
        key=told.key, period=told.period, weekly=told.rhythm.weekday is not None, timezone=told.rhythm.zone,
        place=_name(world, places), history=total([[Figures()] * PERIODS, *arrived.values()]),
        starts=tuple(cut.astimezone(zone).date().isoformat() for cut in cuts[:-1]),
        ages=_sum(waiting.values()), drafts=figures.drafts(session, places, end),
        assigned=figures.assigned(session, places, person, end) if person else None,
        answers=figures.answers(session, places, start, end, told.answer_within),
        answer_hours=round(told.answer_within / timedelta(hours=1)),
        won_back=figures.won_back(session, places, start, end),
        incidents=figures.incidents(session, places, start, end),
        reading=reading_of(world, session, places, told.polls, figures.polls_at(session, _key_before(told)), end),
        places=_places(world, told.places, arrived, waiting), rivals=tuple(figures.rivals(session, places, start, end)),
        urgent=tuple(_urgent(world, session, told)), desk_url=world.settings.web.url or "",
        mask=world.settings.alerts.mask,
    )  # fmt: skip


def _told(key: str, values: Mapping[str, Any], channel: Channel | None) -> Told:
    day = date.fromisoformat(values["day"])
    at = time.fromisoformat(values["at"])
    rhythm = Rhythm(at, values["timezone"], day.weekday() if values["every"] == "week" else None)
    period = Period(day, *(datetime.fromisoformat(values[name]) for name in ("from", "until")))
    within = timedelta(hours=values["answer_hours"])
    return Told(key, period, rhythm, _of_channel(values["locations"], channel), within, values.get("polls"))


def _key_before(told: Told) -> str:
    """The key of the digest before this one."""
    day = told.period.day - timedelta(days=told.rhythm.days)
    return told.key.replace(told.period.day.isoformat(), day.isoformat())


def _of_channel(given: Sequence[str], channel: Channel | None) -> tuple[str, ...] | None:
    """The places of the digest that are the channel's too; those of either where only one names some."""
    own = channel.locations if channel else ()
    both = tuple(place for place in given if place in own)
    return both or tuple(given) or own or None


def _name(world: World, places: tuple[str, ...] | None) -> str:
    return world.settings.business_of(places[0] if places and len(places) == 1 else None).name


def _places(
    world: World, places: tuple[str, ...] | None, arrived: Mapping[str | None, Sequence[Figures]],
    waiting: Mapping[str | None, Ages],
) -> tuple[Place, ...]:  # fmt: skip
    """Each place where there are several."""
    ids = _ids(world, places)
    nothing = [Figures()]
    found = [Place(world.settings.business_of(each).name, arrived.get(each, nothing)[-1],
                   waiting.get(each, Ages()).total) for each in ids]  # fmt: skip
    return tuple(found) if len(found) > 1 else ()


def _ids(world: World, places: tuple[str, ...] | None) -> tuple[str, ...]:
    return places or tuple(place.id for place in world.settings.locations)


def _urgent(world: World, session: Session, told: Told) -> list[Urgent]:
    found = []
    several = len(_ids(world, told.places)) > 1
    for each in figures.most_urgent(session, told.places, told.period.end, URGENT):
        row = reviews.find(session, each.id)
        if row is not None:
            source = session.get_one(SourceRow, row.source_id).name
            sample = Sample(each.id, reviews.as_review(row, source))
            place = world.settings.business_of(row.location).name if several else ""
            found.append(Urgent(sample, each.since, place))
    return found


def _with_rising(world: World, summary: Summary, told: Told) -> Summary:
    """Phrases on the rise in the seven days up to the digest, at its places one by one where it is not about all."""
    praise: list[Rising] = []
    complaint: list[Rising] = []
    usual: dict[str, float] = {}
    for place in told.places or (None,):
        found = rising(world, place, told.period.end)
        praise += found.praise
        complaint += found.complaint
        usual |= {one.phrase: found.usual(one) for one in (*found.praise, *found.complaint)}
    moves = _moves(world, told)
    return replace(summary, praise=_surest(praise), complaint=_surest(complaint), usual=usual, moves=moves)


def _moves(world: World, told: Told) -> tuple[Move, ...]:
    """Topics blamed more or less in those seven days than in the eight weeks before."""
    end = told.period.end
    with world.database.read() as session:
        said = blamed_between(session, told.places, end - (WEEKS_BEFORE + 1) * WEEK, end)
    recent = [blamed for at, blamed in said if at > end - WEEK]
    return topic_moves(recent, [blamed for _, blamed in said[len(recent) :]])


def _surest(found: Sequence[Rising]) -> tuple[Rising, ...]:
    named = {one.phrase: one for one in sorted(found, key=lambda one: -one.p)}
    return tuple(sorted(named.values(), key=lambda one: (one.p, one.phrase)))


def _sum(parts: Any) -> Ages:
    rows = [(each.under_4_hours, each.under_a_day, each.under_3_days, each.older) for each in parts]
    return Ages(*(sum(column) for column in zip(*rows, strict=True))) if rows else Ages()
