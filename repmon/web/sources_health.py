"""How each source is, in words: what is wrong, what to do, and whether its silence is normal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from repmon.config import Source
from repmon.steps.alerting import quiet_source
from repmon.steps.alerting.quiet_source import Past, Silence
from repmon.steps.messages import figures
from repmon.steps.messages.lengths import length_words
from repmon.store import health_views, pasts, sources
from repmon.store.tables import ListingRow, SourceRow
from repmon.turn.world import World
from repmon.web.entry import Badge
from repmon.web.told import told
from repmon.web.visit import Visitor
from repmon.wording import say

_TONE = {"ok": "good", "busy": "warn", "failing": "bad", "paused": "bad"}
_TROUBLED = frozenset({"failing", "paused"})
_ADVISED = frozenset({"down", "refused", "changed"})


@dataclass(frozen=True, slots=True)
class Health:
    """One source. `said` and `advice` are sentences, `technical` the name of what went wrong; `usual` is reviews a
    week, None unknown; `next_at` is when it is asked next, None for one that is pushed to or no longer configured.
    """

    id: int
    name: str
    connector: str
    place: str
    role: str
    state: str
    badge: Badge
    said: str
    technical: str = ""
    advice: str = ""
    silence: str = ""
    suspicious: bool = False
    notes: tuple[str, ...] = ()
    every: str = ""
    next_at: datetime | None = None
    last_poll_at: datetime | None = None
    last_ok_at: datetime | None = None
    polls: int = 0
    polls_ok: int = 0
    stored: int = 0
    usual: float | None = None
    aside: int = 0
    listings: tuple[ListingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    stored: Mapping[int, int]
    aside: Mapping[int, int]
    pasts: Mapping[int, Past | None]
    failures: Mapping[int, str]
    listings: Mapping[int, Sequence[ListingRow]]


def healths(world: World, visitor: Visitor) -> list[Health]:
    """Every source there ever was that this visitor may know of, those in trouble first, the retired ones last."""
    configured = {source.id: source for source in world.settings.sources}
    with world.database.read() as session:
        rows = [row for row in sources.all_sources(session) if _shown(row, configured.get(row.name), visitor)]
        known = _Known(
            health_views.stored_counts(session), health_views.counts_aside(session),
            {row.id or 0: pasts.past_of(session, row) for row in rows if row.first_read_said_at},
            health_views.kinds_of_failure(session, rows), health_views.listings_read(session),
        )  # fmt: skip
    found = [_health(world, row, configured.get(row.name), known) for row in rows]
    there = {row.name for row in rows}
    found += [_unread(world, each) for each in configured.values() if each.id not in there and _offered(each, visitor)]
    order = {"paused": 0, "failing": 0, "retired": 2}
    return sorted(found, key=lambda each: 0 if each.suspicious else order.get(each.state, 1))


def _shown(row: SourceRow, source: Source | None, visitor: Visitor) -> bool:
    return visitor.sees(row.location) if source is None else _offered(source, visitor)


def _offered(source: Source, visitor: Visitor) -> bool:
    """A source of several places is shown to whoever looks after one of them."""
    return visitor.sees(source.location) or any(visitor.sees(each) for each in source.locations.values())


def _health(world: World, row: SourceRow, source: Source | None, known: _Known) -> Health:
    number = row.id or 0
    state = "retired" if source is None else "ok" if row.state == "retired" else row.state
    asked = source is not None and source.settings.door == "http"
    past = known.pasts.get(number) if asked and state == "ok" else None
    silence = quiet_source.silence(past, world.clock()) if past else None
    suspicious = bool(silence and silence.suspicious and row.role == "own")
    aside = known.aside.get(number, 0)
    zone = world.settings.business_of(row.location).timezone
    return Health(
        number, row.name, row.connector, _place(world, row.location), row.role, state, _badge(state, row, suspicious),
        _said(row, state, zone), told(row.error).technical if state in _TROUBLED else "",
        _advice(row, state, known.failures.get(number, ""), suspicious=suspicious),
        _silence(row, silence, past), suspicious,
        tuple(say(code, values) for code, values in row.note or []), length_words(source.every) if source else "",
        _next(row, source, world.clock()), row.last_poll_at, row.last_ok_at, row.polls, row.polls_ok,
        known.stored.get(number, 0), known_pace(known.pasts.get(number)), aside, tuple(known.listings.get(number, ())),
    )  # fmt: skip


def _silence(row: SourceRow, silence: Silence | None, past: Past | None) -> str:
    """Expected against found, once a day has passed without a review."""
    if silence is None or past is None or not silence.days:
        return ""
    return say(*quiet_source.words(silence, past, row.polls, row.polls_ok))


def known_pace(past: Past | None) -> float | None:
    """The usual number of reviews a week; None where too little is known to call anything usual."""
    return past.per_week if past and quiet_source.silence(past, past.since + quiet_source.SHORTEST) else None


def _unread(world: World, source: Source) -> Health:
    return Health(
        0, source.id, source.connector, _place(world, source.location), source.role, "ok",
        Badge(say("source_state_unread")), say("source_is_unread"), every=length_words(source.every),
    )  # fmt: skip


def _place(world: World, location: str | None) -> str:
    return world.settings.business_of(location).name if location else ""


def _badge(state: str, row: SourceRow, suspicious: bool) -> Badge:  # noqa: FBT001 - a fact about the source
    if suspicious:
        return Badge(say("source_state_quiet"), "warn")
    if state == "ok" and row.polls == 0:
        return Badge(say("source_state_unread"))
    return Badge(say(f"source_state_{state}"), _TONE.get(state, ""))


def _said(row: SourceRow, state: str, zone: str) -> str:
    """The state in a sentence."""
    values: dict[str, Any] = {
        "until": figures.moment(row.not_before, zone) if row.not_before else "–",  # noqa: RUF001 - a dash
        "since": figures.moment(row.failing_since, zone) if row.failing_since else "–",  # noqa: RUF001 - a dash
        "reason": told(row.error).words,
    }
    if state == "ok":
        reading = row.polls and row.first_read_said_at is None
        return say("source_is_reading" if reading else "source_is_ok" if row.polls else "source_is_unread")
    return say(f"source_is_{state}", values).rstrip()


def _advice(row: SourceRow, state: str, status: str, *, suspicious: bool) -> str:
    if suspicious:
        return say("source_do_quiet")
    if state in _TROUBLED and row.error and row.error.get("code") == "connector_stumbled":
        return say("source_do_stumbled")
    if state == "failing":
        return say(f"source_do_{status}" if status in _ADVISED else "source_do_failing")
    if state == "paused":
        return say(f"source_do_{status}" if status in _ADVISED else "source_do_paused", {"source": row.name})
    return say(f"source_do_{state}") if state in {"busy", "retired"} else ""


def _next(row: SourceRow, source: Source | None, now: datetime) -> datetime | None:
    """When it is asked next; a moment that has passed means "any moment"."""
    if source is None or source.settings.door == "push":
        return None
    planned = row.last_poll_at + source.every if row.last_poll_at else now
    return max(planned, row.not_before or planned, now)
