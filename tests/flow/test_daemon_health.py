"""When the health page is red: what nobody would notice otherwise."""

from datetime import timedelta

import pytest

from repmon.config import load
from repmon.daemon.condition import PULSE_EVERY, Condition
from repmon.daemon.health import Health
from repmon.daemon.present import Present
from repmon.daemon.report import Report
from repmon.errors import StoreError
from repmon.store.database import Database
from repmon.turn.world import World, utc_now


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.passed = 0.0

    def monotonic(self) -> float:
        return self.passed

    def now(self):
        return utc_now() + timedelta(seconds=self.passed)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def condition(clock):
    made = Condition(clock.monotonic)
    made.deliverer_runs = lambda: True
    return made


@pytest.fixture
def report(place, site, sink, clock, condition):
    place.write(site.source(every="10s"), sink.channel())
    database = Database(f"sqlite:///{place.database}")
    world = World(load(place.config, environ={}), database, clock=clock.now)
    world.enter()
    yield Report(Present(world), condition, started_at=clock.now(), since=clock.now())
    database.close()


def test_all_is_well_after_the_start(report):
    well, shown = report.look()
    assert (well, shown["status"], shown["problems"]) == (True, "ok", [])


def test_a_database_that_cannot_be_written_is_an_alarm_until_it_can(report, condition):
    assert condition.store_failed(StoreError("disk_full")) is True
    assert condition.store_failed(StoreError("disk_full")) is False, "said once"
    well, shown = report.look()
    assert (well, shown["database"], shown["problems"]) == (False, "disk_full", ["database"])
    assert condition.store_works() is True
    assert report.look()[0] is True


def test_a_dead_deliverer_is_an_alarm(report, condition):
    condition.deliverer_runs = lambda: False
    well, shown = report.look()
    assert (well, shown["status"], shown["problems"]) == (False, "failing", ["deliverer"])


def test_a_scheduler_that_runs_nothing_is_an_alarm(report, condition, clock):
    clock.passed = 2 * PULSE_EVERY
    assert "scheduler" not in report.look()[1]["problems"]
    clock.passed = 4 * PULSE_EVERY
    assert "scheduler" in report.look()[1]["problems"]
    condition.beat()
    assert "scheduler" not in report.look()[1]["problems"]


def test_a_source_that_nobody_asks_is_an_alarm_and_named(report, condition, clock):
    clock.passed = 100.0
    condition.beat()
    well, shown = report.look()
    assert (well, shown["problems"], shown["oldest_overdue_source"]) == (False, ["sources"], "desk")
    condition.begin("desk")
    clock.passed = 200.0
    condition.beat()
    assert report.look()[0] is True, "it is being read"


def test_an_address_that_cannot_be_had_is_a_warning(caplog):
    health = Health(("203.0.113.9", 80), lambda: (True, {}))
    health.start()
    health.stop()
    assert "no health page" in caplog.text


def test_the_page_is_served_on_ipv6_too(caplog):
    caplog.set_level("INFO")
    health = Health(("::1", 0), lambda: (True, {}))
    health.start()
    health.stop()
    assert "health page" in caplog.text
