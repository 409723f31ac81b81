"""Thirty days by a moved clock over the day on which the clocks change: digests, quiet hours and escalation on time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from repmon.pipeline import deliver, process
from tests.flow.site import written
from tests.flow.stage import Stage

DAYS = 30
STEP = timedelta(minutes=30)
LOOKED_AT = {*(time(hour) for hour in range(24)), time(2, 30), time(6, 30)}
"""When the daemon looks, by the clock there: whenever something is due, and at many times when nothing is."""
HEAD = """
[business]
name = "Kettle and Crumb"
timezone = "{zone}"
[http]
allow = ["127.0.0.1"]
[alerts]
group = false
per_hour = 0
incidents = false
escalate = [{{ after = "4h", notify = ["boss"] }}, {{ after = "24h", notify = ["boss"], urgent = true }}]
[[digests]]
name = "early"
every = "day"
at = "02:30"
notify = ["night"]
[[digests]]
name = "morning"
every = "day"
at = "06:30"
notify = ["owner"]
[[digests]]
name = "weekly"
on = "sunday"
at = "08:00"
notify = ["owner"]
[[rules]]
name = "reviews"
when = {{ events = ["review.new"] }}
notify = ["owner"]
"""
QUIET = 'quiet_hours = "22:00-07:00"'
CHANGES = [
    ("Europe/Amsterdam", date(2026, 3, 29)),
    ("Europe/Amsterdam", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
]


@dataclass(frozen=True)
class Sent:
    """One message: when it was sent by the clock there, to whom, and its first line."""

    at: datetime
    channel: str
    title: str


def month(stage: Stage, board, sink, zone: str, change: date) -> list[Sent]:
    """Everything sent in the thirty days around the change; an unhappy review is seen on each noon and midnight."""
    there = ZoneInfo(zone)
    stage.head = HEAD.format(zone=zone)
    for name in ("owner", "boss", "night"):
        stage.channel(name, f"json://127.0.0.1:{sink.port}/{name}", lines="" if name == "night" else QUIET)
    stage.now = datetime.combine(change - timedelta(days=DAYS // 2), time(12), there).astimezone(UTC)
    board.show(written("old", stage.now - timedelta(days=3)))
    stage.source("survey", "changed", board).begin().turn()
    sink.messages.clear()
    sink.requests.clear()
    sent: list[Sent] = []
    seen: set[tuple[date, int]] = set()
    end = stage.now + timedelta(days=DAYS)
    while stage.now < end:
        stage.now += STEP
        wall = stage.now.astimezone(there)
        if wall.time() not in LOOKED_AT:
            continue
        if wall.hour % 12 == 0 and (wall.date(), wall.hour) not in seen:
            seen.add((wall.date(), wall.hour))
            board.show(written(f"{wall:%m%d%H}", stage.now))
            stage.poll()
        if wall.time() == time(2):
            stage.begin()  # the daemon is restarted now and then
        before = len(sink.messages)
        process(stage.world)
        deliver(stage.world, company=True)
        paths = [each.rpartition("/")[2] for each in sink.requests[before:]]
        titles = [each.partition("\n")[0] for each in sink.messages[before:]]
        sent += [Sent(wall, path, title) for path, title in zip(paths, titles, strict=True)]
    return sent


def walls(sent: list[Sent], channel: str, title: str) -> list[tuple[date, str]]:
    return [(each.at.date(), f"{each.at:%H:%M}") for each in sent
            if each.channel == channel and each.title.startswith(title)]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "change"), CHANGES, ids=[f"{zone} {day}" for zone, day in CHANGES])
def test_thirty_days_over_the_change_of_the_clocks(stage, board, sink, zone, change):
    sent = month(stage, board, sink, zone, change)
    first, last = sent[0].at.date(), sent[-1].at.date()
    days = [change + timedelta(days=at) for at in range(-DAYS // 2 + 1, DAYS // 2 + 1)]
    assert (first, last) <= (days[0], days[-1])

    early = walls(sent, "night", "Your day")
    assert [day for day, _ in early] == days
    spring = change.month < 6
    assert {at for day, at in early if day != change} == {"02:30"}
    assert [at for day, at in early if day == change] == ["03:00" if spring else "02:30"]

    mornings = walls(sent, "owner", "Your day")
    assert mornings == [(day, "07:00") for day in days]  # due at 06:30, in the quiet hours
    weeks = walls(sent, "owner", "Your week")
    assert weeks == [(day, "08:00") for day in days if day.weekday() == 6]

    quiet = [each for each in sent if each.channel == "owner" and not time(7) <= each.at.time() < time(22)]
    assert quiet == []
    at_night = {f"{each.at:%H:%M}" for each in sent
                if each.channel == "boss" and not time(7) <= each.at.time() < time(22)}  # fmt: skip
    assert at_night == {"00:00", "01:00" if spring else "23:00"}  # 24 hours after midnight: the urgent step alone

    elapsed = stage.rows(
        "SELECT d.rule, CAST(round((julianday(e.at) - julianday(r.first_seen_at)) * 1440) AS INTEGER), count(*)"
        " FROM delivery d JOIN event e ON e.id = d.event_id JOIN review r ON r.id = e.review_id"
        " WHERE d.rule LIKE 'escalation%' GROUP BY 1, 2 ORDER BY 1"
    )
    assert [(rule, minutes) for rule, minutes, _ in elapsed] == [("escalation 1", 240), ("escalation 2", 1440)]
    for _, minutes, number in elapsed:  # each review whose time had come by the end, and none twice
        come = stage.one(
            "SELECT count(*) FROM review WHERE unhappy AND NOT history"
            f" AND datetime(first_seen_at, '+{minutes} minutes') <= '{stage.now:%Y-%m-%d %H:%M:%S}'"
        )
        assert number in {come, come - 1}
    assert stage.one("SELECT count(*) FROM event WHERE kind = 'digest'") == stage.one(
        "SELECT count(DISTINCT key) FROM event WHERE kind = 'digest'"
    )
