"""The weeks as a list: when something was found, and which message it led to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from repmon.demo.play import Visit
from repmon.demo.screen import Screen
from repmon.wording import _, count

WEEK = timedelta(days=7)


def tell_timeline(screen: Screen, visits: Sequence[Visit], zone: ZoneInfo) -> None:
    """Print a line for each time a source had news, week by week."""
    screen.heading(_("What happened"))
    told, week, aside = 0, 0, Counter[str]()
    for visit in visits:
        news = ", ".join(_news(visit, aside, first=visit.at == visits[0].at))
        aside[visit.outcome.source] = max(visit.outcome.quarantined, aside[visit.outcome.source])
        if not news:
            continue
        if (visit.at - visits[0].at) // WEEK >= week:
            week += 1
            screen.line()
            screen.line(_("Week {n}").format(n=week), "bold")
        line = f"{at_clock(visit.at, zone)}  {visit.outcome.source:<11} {news}"
        screen.line(f"{line:<62}{_numbers(told, len(visit.letters))}".rstrip())
        told += len(visit.letters)


def at_clock(at: datetime, zone: ZoneInfo) -> str:
    """`Tue 21 Oct 20:15`, by the clock of the place."""
    return f"{at.astimezone(zone):%a %d %b %H:%M}"


def _news(visit: Visit, aside: Mapping[str, int], *, first: bool) -> Iterator[str]:
    """Say what a visit brought; `aside` holds how many rows of each source were set aside before it."""
    found = visit.outcome
    if found.error is not None:
        yield _("cannot be read")
    if found.new and first:
        yield count(found.new, "{n} old, taken in quietly", "{n} old, taken in quietly")
    elif found.new:
        yield count(found.new, "{n} new", "{n} new")
    if visit.unhappy and not first:
        yield _("unhappy") if visit.unhappy == found.new else _("{n} unhappy").format(n=visit.unhappy)
    if visit.conflict:
        yield _("stars and words disagree")
    if found.edited:
        yield count(found.edited, "{n} edited", "{n} edited")
    if found.quarantined > aside[found.source]:
        yield _("{n} unreadable").format(n=found.quarantined - aside[found.source])


def _numbers(told: int, letters: int) -> str:
    if letters > 1:
        return _("→ messages {first}-{last}").format(first=told + 1, last=told + letters)
    return _("→ message {n}").format(n=told + 1) if letters else ""
