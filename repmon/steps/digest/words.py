"""The phrases of a digest that its text and its page share: dates, figures, lists."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from repmon.steps.digest import Figures, Summary
from repmon.steps.messages.excerpt import snippet
from repmon.steps.rising import Rising
from repmon.wording import count, say

PLACE_ROOM = 80


def title_of(summary: Summary) -> str:
    """`Your week at Kettle and Crumb: 12 new reviews, 3 unhappy`."""
    return say(_code(summary, "digest_title"), {"place": place_of(summary), "what": _what(summary)})


def place_of(summary: Summary) -> str:
    """What it is about, on one line."""
    return snippet(summary.place, PLACE_ROOM)


def span_of(summary: Summary) -> str:
    """`Mon 2 Mar, 08:00 to Mon 9 Mar, 08:00`, by the clock of the place."""
    start, end = (_moment(at, summary.timezone) for at in (summary.period.start, summary.period.end))
    return say("digest_span", {"start": start, "end": end})


def day_of(day: date) -> str:
    """`2 Mar`."""
    return say("digest_date", {"day": day.day, "month": say("digest_months").split()[day.month - 1]})


def mean_of(figures: Figures) -> str:
    """`4.2`, or that there are no stars."""
    return say("digest_no_stars") if figures.mean is None else f"{figures.mean:.1f}"


def quiet_line(summary: Summary) -> str:
    """A kind word about a time in which nothing happened."""
    return say(_code(summary, "digest_quiet"))


def new_line(summary: Summary) -> str:
    """`12 new reviews (the week before: 9)`."""
    values = {"new": new_reviews(summary.now.new), "before": summary.before.new}
    return say(_code(summary, "digest_new"), values)


def new_reviews(number: int) -> str:
    """`12 new reviews`."""
    return count(number, "{n} new review", "{n} new reviews")


def answers_line(summary: Summary) -> str:
    """How many unhappy reviews were answered in time; "" where none was due."""
    due, in_time = summary.answers.due, summary.answers.in_time
    if not due:
        return ""
    share = round(100 * in_time / due)
    return say("digest_answers", {"hours": summary.answer_hours, "in_time": in_time, "due": due, "share": share})


def won_back_line(summary: Summary) -> str:
    """Who gave more stars after an answer, without claiming that it was the answer's doing; "" for nobody."""
    if not summary.won_back:
        return ""
    return count(
        summary.won_back, "Won back: {n} reviewer gave more stars after your answer",
        "Won back: {n} reviewers gave more stars after your answer",
    )  # fmt: skip


def ages_lines(summary: Summary) -> list[tuple[str, int]]:
    """Each age and how many reviews of it wait: the code of its sentence, and the number; empty ones too."""
    ages = summary.ages
    return [
        ("digest_age_under_4_hours", ages.under_4_hours), ("digest_age_under_a_day", ages.under_a_day),
        ("digest_age_under_3_days", ages.under_3_days), ("digest_age_older", ages.older),
    ]  # fmt: skip


def rising_lines(summary: Summary, most: int) -> list[str]:
    """What is said more often than usual: complaints, then praise, so many of each."""
    return [
        *(_phrase("digest_complaint", summary, one) for one in summary.complaint[:most]),
        *(_phrase("digest_praise", summary, one) for one in summary.praise[:most]),
    ]


def move_lines(summary: Summary, most: int) -> list[str]:
    """Topics that are complained about more, or less: `wait: 6, up (usually 1.2 a week)`."""
    return [
        say(f"digest_move_{'up' if move.up else 'down'}",
            {"topic": snippet(move.topic, 60), "count": move.count, "usual": _usually(move.usual)})
        for move in summary.moves[:most]
    ]  # fmt: skip


def incidents_line(summary: Summary) -> str:
    """`Incidents: 1 began, 1 not over yet`; "" without any."""
    found = summary.incidents
    told = [
        say(f"digest_incidents_{name}", {"n": number})
        for name, number in (("opened", found.opened), ("going_on", found.going_on), ("closed", found.closed))
        if number
    ]
    return say("digest_incidents", {"what": ", ".join(told)}) if told else ""


def place_lines(summary: Summary, most: int) -> list[str]:
    """Each of several places in one line."""
    return [_place(each.name, each.figures, each.waiting) for each in summary.places[:most]]


def rivals_line(summary: Summary, most: int) -> str:
    """One line of comparison; "" without competitors."""
    if not summary.rivals:
        return ""
    told = [say("digest_rival", {"name": snippet(each.name, 60), "mean": mean_of(each.figures),
                                 "new": each.figures.new}) for each in summary.rivals[:most]]  # fmt: skip
    return say("digest_rivals", {"what": ", ".join(told), "mine": mean_of(summary.now)})


def reading_lines(summary: Summary) -> Iterator[str]:
    """How the sources were read, then what is wrong with each of those in trouble."""
    reading = summary.reading
    well = reading.sources - len(reading.troubles)
    if reading.sources:
        named = {"well": well, "sources": reading.sources, "ok": reading.polls_ok, "polls": reading.polls}
        yield say("digest_read_unknown" if reading.polls is None else "digest_read", named)
    for trouble in reading.troubles:
        yield say(trouble.code, trouble.values)


def _what(summary: Summary) -> str:
    if summary.quiet:
        return say("digest_what_quiet")
    new = new_reviews(summary.now.new)
    unhappy = summary.now.unhappy
    return say("digest_and_unhappy", {"new": new, "n": unhappy}) if unhappy else new


def _place(name: str, figures: Figures, waiting: int) -> str:
    told = [
        new_reviews(figures.new),
        say("digest_place_stars", {"mean": mean_of(figures)}) if figures.rated else "",
        say("bundle_unhappy", {"n": figures.unhappy}).lstrip(", ") if figures.unhappy else "",
        say("digest_place_waiting", {"n": waiting}) if waiting else "",
    ]
    return say("digest_place", {"place": snippet(name, PLACE_ROOM), "what": ", ".join(filter(None, told))})


def _phrase(code: str, summary: Summary, one: Rising) -> str:
    usual = _usually(summary.usual.get(one.phrase, 0.0))
    return say(code, {"phrase": snippet(one.phrase, 60), "count": one.count, "usual": usual})


def _usually(a_week: float) -> str:
    figure = f"{a_week:.1f}".removesuffix(".0")
    return say("digest_usually_none" if figure == "0" else "digest_usually", {"n": figure})


def _code(summary: Summary, name: str) -> str:
    return f"{name}_{'week' if summary.weekly else 'day'}"


def _moment(at: datetime, timezone: str) -> str:
    there = at.astimezone(ZoneInfo(timezone))
    weekday = say("digest_weekdays").split()[there.weekday()]
    month = say("digest_months").split()[there.month - 1]
    return say("digest_moment", {"weekday": weekday, "day": there.day, "month": month, "time": f"{there:%H:%M}"})
