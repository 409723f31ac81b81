"""The Places page: how each place does, in figures and two small charts, its competitors beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.responses import Response

from repmon.steps.digest import Figures
from repmon.steps.messages.figures import moment_of
from repmon.web import chart
from repmon.web.places_figures import WEEK, Standing, standings
from repmon.web.places_kept import Kept
from repmon.web.routing import shows
from repmon.web.visit import Visit
from repmon.wording import count, say

HERE = "/places"
_kept: Kept[list[Standing]] = Kept(timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Card:
    """One place as the page shows it. `trend` and `newer` compare with the time before, None where that says nothing;
    `share` is the unhappy part in percent.
    """

    name: str
    standing: Standing
    trend: float | None
    newer: int
    share: int | None
    incident: str
    reviews_chart: Markup
    stars_chart: Markup
    inbox: str
    said: str

    @property
    def week(self) -> Figures:
        """The last seven days."""
        return self.standing.weeks[-1]


def _places(visit: Visit) -> Response:
    seen, now = visit.visitor.locations, visit.now
    asked = (seen, tuple(place.id for place in visit.world.settings.locations))
    as_of, found = _kept.get(visit.world.database, asked, now, lambda: standings(visit.world, seen, now))
    cards = [_card(visit, each, number, as_of) for number, each in enumerate(found)]
    return visit.page("places.html", cards=cards, as_of=as_of)


def place_name(visit: Visit, location: str | None) -> str:
    """The name of a place; without one the business, where it has no places at all."""
    settings = visit.world.settings
    return say("place_none") if location is None and settings.locations else settings.business_of(location).name


def _card(visit: Visit, each: Standing, number: int, as_of: datetime) -> Card:
    now, before = each.now, each.before
    zone = visit.world.settings.business_of(each.id).timezone
    trend = round(now.stars / now.rated - before.stars / before.rated, 1) if now.rated and before.rated else None
    query = urlencode({"location": each.id}) if each.id else ""
    return Card(
        place_name(visit, each.id), each, trend, each.weeks[-1].new - each.weeks[-2].new,
        round(100 * now.unhappy / now.new) if now.new else None, _incident(each, zone),
        *_charts(each, f"place-{number}", as_of, zone), f"/?{query}" if query else "/",
        f"{HERE}/said?{query}" if query else f"{HERE}/said",
    )  # fmt: skip


def _incident(each: Standing, zone: str) -> str:
    row = each.incident
    if row is None:
        return ""
    unhappy = count(int(row.values["unhappy"]), "{n} unhappy review", "{n} unhappy reviews")
    since = moment_of(row.values["since"], zone)
    return say("place_incident", {"unhappy": unhappy, "since": since, "usual": f"{row.values['usual']:g}"})


def _charts(each: Standing, name: str, as_of: datetime, zone: str) -> tuple[Markup, Markup]:
    days = _days(as_of, zone, len(each.weeks))
    told = [say("chart_week", {"day": day, "reviews": week.new, "unhappy": week.unhappy})
            for day, week in zip(days, each.weeks, strict=True)]  # fmt: skip
    stars = say("chart_own", {"weeks": _stars(days, each.weeks)})
    if any(week.rated for week in each.rival_weeks):
        stars += " " + say("chart_rival", {"weeks": _stars(days, each.rival_weeks)})
    return (
        chart.bars([(week.new, week.unhappy) for week in each.weeks], name=f"{name}-reviews",
                   title=say("chart_reviews"), words="; ".join(told)),
        chart.lines([week.mean for week in each.weeks], [week.mean for week in each.rival_weeks], name=f"{name}-stars",
                    title=say("chart_stars"), words=stars),
    )  # fmt: skip


def _days(as_of: datetime, zone: str, weeks: int) -> list[str]:
    """The last day of each week, there."""
    ends = (as_of - back * WEEK for back in range(weeks - 1, -1, -1))
    return [f"{end.astimezone(ZoneInfo(zone)):%Y-%m-%d}" for end in ends]


def _stars(days: Sequence[str], weeks: Sequence[Figures]) -> str:
    means = ("–" if week.mean is None else f"{week.mean:g}" for week in weeks)  # noqa: RUF001 - a dash
    return "; ".join(say("chart_mean", {"day": day, "stars": mean}) for day, mean in zip(days, means, strict=True))


ROUTES = (shows(HERE, _places),)
