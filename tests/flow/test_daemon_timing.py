"""When sources are asked: after a restart, after a reload, with the clock put back; jobs do not harm each other."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from repmon.config import Source
from repmon.connector import Connector
from repmon.daemon.schedule import Schedule
from repmon.daemon.timing import LONGEST_READ, SOON, first_poll, overdue
from repmon.store.vitals import SourceVitals
from tests.flow.peers import until

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def _known(ago: timedelta | None, *, unfinished: bool = False, not_before: datetime | None = None) -> SourceVitals:
    return SourceVitals("desk", "ok", NOW - ago if ago is not None else None, not_before, unfinished)


@pytest.mark.parametrize(
    "known", [None, _known(None), _known(timedelta(hours=1)), _known(timedelta(minutes=1), unfinished=True)]
)
def test_a_new_an_overdue_and_an_unfinished_source_are_asked_within_seconds(known):
    assert NOW <= first_poll("desk", QUARTER, known, NOW) <= NOW + SOON


def test_a_source_asked_shortly_before_the_restart_keeps_its_rhythm():
    assert first_poll("desk", QUARTER, _known(timedelta(minutes=4)), NOW) == NOW + timedelta(minutes=11)


def test_a_clock_put_back_makes_no_source_wait_longer_than_its_interval():
    assert first_poll("desk", QUARTER, _known(timedelta(days=-300)), NOW) == NOW + QUARTER


def test_many_sources_do_not_begin_in_the_same_instant_and_each_keeps_its_place():
    firsts = sorted(first_poll(f"source-{number}", QUARTER, None, NOW) for number in range(20))
    assert max(later - sooner for sooner, later in pairwise(firsts)) < SOON / 2
    assert firsts == sorted(first_poll(f"source-{number}", QUARTER, None, NOW) for number in range(20))


@pytest.mark.parametrize(
    ("known", "reading", "late"),
    [
        (_known(timedelta(minutes=44)), timedelta(), False),
        (_known(timedelta(minutes=50)), timedelta(), True),
        (_known(timedelta(minutes=50)), timedelta(minutes=50), False),
        (_known(timedelta(hours=9)), LONGEST_READ + timedelta(minutes=1), True),
        (_known(timedelta(hours=9), not_before=NOW + timedelta(hours=1)), timedelta(), False),
        (_known(timedelta(hours=9), not_before=NOW - timedelta(minutes=1)), timedelta(), False),
        (_known(timedelta(days=-1)), timedelta(), False),
        (_known(None), timedelta(), True),
    ],
)  # fmt: skip
def test_a_source_left_alone_for_three_intervals_is_overdue(known, reading, late):
    assert bool(overdue(QUARTER, known, reading, since=NOW - timedelta(days=1), now=NOW)) is late


def test_nothing_is_overdue_right_after_the_start():
    assert not overdue(QUARTER, _known(timedelta(days=3)), timedelta(), since=NOW - timedelta(minutes=5), now=NOW)


class Counted(Connector):
    """Nothing to read."""

    note: str = ""


def _source(name: str, every: float = 0.05, note: str = "") -> Source:
    return Source.model_construct(id=name, connector="counted", every=timedelta(seconds=every),
                                  settings=Counted(note=note))  # fmt: skip


@pytest.fixture
def calls():
    return []


@pytest.fixture
def failures():
    return []


@pytest.fixture
def schedule(calls, failures):
    def poll(name: str) -> None:
        calls.append(name)
        if name == "broken":
            raise RuntimeError("out of order")

    made = Schedule(poll, lambda job, error: failures.append((job, error)))
    made.start()
    yield made
    made.stop()


def test_a_job_that_fails_is_said_and_harms_no_other_and_runs_again(schedule, calls, failures):
    schedule.follow([_source("broken"), _source("fine")], {}, datetime.now(UTC))
    until(lambda: calls.count("fine") > 3 and calls.count("broken") > 3)
    assert {job for job, _ in failures} == {"source:broken"}


def test_a_poll_that_takes_longer_than_its_interval_does_not_overlap_itself(failures, caplog):
    going, most, runs = [], [], []
    enough = threading.Event()

    def poll(name: str) -> None:
        going.append(name)
        most.append(len(going))
        enough.wait(0.2)
        going.pop()
        runs.append(name)

    schedule = Schedule(poll, lambda job, error: failures.append(error))
    schedule.start()
    schedule.follow([_source("slow")], {}, datetime.now(UTC))
    until(lambda: len(runs) > 2)
    enough.set()
    schedule.stop()
    assert max(most) == 1
    assert "still busy" in caplog.text
    assert not failures


def test_a_source_to_be_asked_soon_while_it_is_being_asked_is_asked_again_right_after(caplog):
    caplog.set_level("DEBUG", "repmon")
    calls, enough = [], threading.Event()

    def poll(name: str) -> None:
        calls.append(name)
        enough.wait(10)

    schedule = Schedule(poll, lambda *_: None)
    schedule.start()
    now = datetime.now(UTC)
    schedule.follow([_source("slow", every=3600)], {"slow": SourceVitals("slow", "ok", now, None, False)}, now)
    assert schedule.soon("slow", datetime.now(UTC))
    until(lambda: len(calls) == 1)
    assert schedule.soon("slow", datetime.now(UTC))
    until(lambda: "still busy" in caplog.text)
    enough.set()
    until(lambda: len(calls) == 2, seconds=5)
    schedule.stop()
    assert not schedule.soon("nobody", datetime.now(UTC))


@pytest.mark.slow
def test_a_reload_asks_new_and_changed_sources_at_once_and_leaves_the_others_alone(schedule, calls):
    now = datetime.now(UTC)
    known = {name: SourceVitals(name, "ok", now, None, unfinished=False) for name in ("same", "changed", "gone")}
    schedule.follow([_source("same", 3600), _source("changed", 3600), _source("gone", 3600)], known, now)
    schedule.follow([_source("same", 3600), _source("changed", 3600, "x"), _source("new", 3600)], known, now)
    until(lambda: len(calls) == 2)
    assert set(calls) == {"changed", "new"}


def test_jobs_planned_by_a_clock_that_was_wrong_are_planned_anew(schedule, calls):
    future = datetime.now(UTC) + timedelta(days=300)
    house = []
    schedule.follow([_source("desk")], {}, future)
    schedule.house_job("pulse", lambda: house.append(1), 3600, future)
    schedule.replan({}, datetime.now(UTC))
    until(lambda: calls and house)
