"""What the invented guests say, and when it can be seen: the file of reviews, put onto a real calendar."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from repmon.config.units import duration

SOURCES = ("review-site", "survey", "guestbook")
QUARTER = timedelta(minutes=15)
NIGHTLY = time(6)
"""When the survey tool writes its export, by the clock of the restaurant."""


@dataclass(frozen=True)
class Entry:
    """One thing a guest said: what (`said`), when, and from when on its source shows it; later perhaps edited."""

    source: str
    said: Mapping[str, Any]
    written_at: datetime
    shown_at: datetime
    edited_at: datetime | None = None

    def changes(self) -> Iterator[datetime]:
        """Yield when its source shows something new because of it."""
        yield self.shown_at
        if self.edited_at:
            yield _next_quarter(self.edited_at)


@dataclass(frozen=True)
class Story:
    """Everything that is said, from `begins` (repmon is switched on) to `now`; `renamed` is when the survey's export
    has another heading.
    """

    begins: datetime
    now: datetime
    zone: ZoneInfo
    renamed: datetime
    entries: tuple[Entry, ...]

    def visits(self) -> Iterator[tuple[datetime, str]]:
        """Yield when which source has something to show, in order; each of them at the beginning and at the end.

        A running repmon asks every quarter of an hour; the visits between these would find nothing.
        """
        news = {(at, source) for at in (self.begins, self.now) for source in SOURCES}
        news.add((self.renamed, "survey"))
        for entry in self.entries:
            news.update((at, entry.source) for at in entry.changes() if at > self.begins)
        yield from sorted(news, key=lambda visit: (visit[0], SOURCES.index(visit[1])))

    def shown(self, source: str, at: datetime) -> list[Entry]:
        """List what a source shows at a moment, oldest first."""
        return [entry for entry in self.entries if entry.source == source and entry.shown_at <= at]


def invented(now: datetime, timezone: str) -> Story:
    """Put the story onto the calendar so that it ends now; `timezone` is the restaurant's."""
    told = tomllib.loads((files("repmon.demo") / "data" / "reviews.toml").read_text("utf-8"))
    calendar = _Calendar(now.replace(second=0, microsecond=0), ZoneInfo(timezone))
    entries = [calendar.entry(source, said) for source in SOURCES for said in told[source]]
    return Story(
        calendar.moment(told["begins"]), calendar.now, calendar.zone, calendar.moment(told["renamed"]["when"]),
        tuple(sorted(entries, key=lambda entry: entry.written_at)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Calendar:
    now: datetime
    zone: ZoneInfo

    def entry(self, source: str, said: Mapping[str, Any]) -> Entry:
        written = self.moment(said["when"])
        edited = self.moment(said["edited"]) if "edited" in said else None
        return Entry(source, said, written, min(self._shown(source, said, written), self.now), edited)

    def moment(self, when: str) -> datetime:
        """`12d 21:40` is by the clock of the restaurant, `52m` counts back from now."""
        ago, _, clock = when.partition(" ")
        if not clock:
            return self.now - duration(ago)
        return self._at(self.now - duration(ago), time.fromisoformat(clock))

    def _shown(self, source: str, said: Mapping[str, Any], written: datetime) -> datetime:
        if source == "survey":
            tonight = self._at(written, NIGHTLY)
            return tonight if tonight > written else self._at(written + timedelta(days=1), NIGHTLY)
        return self.moment(said["typed"]) if source == "guestbook" else _next_quarter(written)

    def _at(self, day: datetime, clock: time) -> datetime:
        return datetime.combine(day.astimezone(self.zone).date(), clock, self.zone).astimezone(UTC)


def _next_quarter(at: datetime) -> datetime:
    past = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at - past + QUARTER
