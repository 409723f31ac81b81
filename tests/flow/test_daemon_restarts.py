"""After a crash, or a long time without a daemon, the owner hears once what was missed."""

from datetime import UTC, datetime, timedelta

import pytest

from repmon.config import load
from repmon.daemon.absence import Absences, note_absence
from repmon.daemon.present import Present
from repmon.store.database import Database
from repmon.store.memory import remember
from repmon.turn.world import World

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class House:
    """An installation without threads: a daemon that starts, lives, stops or dies when told."""

    def __init__(self, world: World) -> None:
        self.world, self.now = world, NOW
        world.clock = lambda: self.now

    def start(self) -> "House":
        """What a daemon does first."""
        self.absences = Absences(Present(self.world), self.now)
        with self.world.database.write() as session:
            note_absence(session, self.now)
            remember(session, "started", "1", self.now)
        return self

    def mark(self, name: str) -> "House":
        with self.world.database.write() as session:
            remember(session, name, "", self.now)
        return self

    def later(self, **span: float) -> "House":
        self.now += timedelta(**span)
        return self

    def told(self, place) -> list[str]:
        """What was raised once the daemon has looked."""
        self.absences.look()
        return [row[0] for row in place.rows('SELECT "values" FROM event WHERE kind = ?', "daemon.restarted")]


@pytest.fixture
def house(place, sink):
    place.write(sink.channel())
    database = Database(f"sqlite:///{place.database}")
    world = World(load(place.config, environ={}), database)
    world.enter()
    yield House(world)
    database.close()


def test_a_first_start_misses_nothing(place, house):
    assert house.start().told(place) == []


def test_a_short_stop_that_was_asked_for_is_no_news(place, house):
    house.start().later(hours=1).mark("stopped").later(minutes=9).start()
    assert house.told(place) == []


def test_a_long_time_without_a_daemon_is_told_once(place, house):
    house.start().later(hours=1).mark("stopped").later(hours=7, minutes=20).start()
    (told,) = house.told(place)
    assert '"since": "2026-03-02T10:30:00+00:00", "until": "2026-03-02T17:50:00+00:00"' in told
    assert '"times": 1, "crashes": 0' in told
    assert len(house.told(place)) == 1
    house.later(hours=1).mark("stopped").later(minutes=1).start()
    assert len(house.told(place)) == 1


def test_a_crash_is_told_from_the_last_sign_of_life_however_short_it_was(place, house):
    house.start().later(minutes=5).mark("alive").later(minutes=1).start()
    (told,) = house.told(place)
    assert '"since": "2026-03-02T09:35:00+00:00"' in told
    assert '"crashes": 1' in told


def test_a_daemon_that_crashes_over_and_over_is_told_once_an_hour_with_how_often(place, house):
    house.start().later(minutes=1).start()
    assert len(house.told(place)) == 1
    for _ in range(5):
        house.later(minutes=5).mark("alive").start()
        assert len(house.told(place)) == 1
    house.later(hours=1)
    told = house.told(place)
    assert len(told) == 2
    assert '"times": 5, "crashes": 5' in told[1]


def test_an_absence_that_could_not_be_told_is_told_by_the_next_daemon(place, house):
    house.start().mark("stopped").later(hours=3).start().later(seconds=2).start()
    (told,) = house.told(place)
    assert '"since": "2026-03-02T09:30:00+00:00", "until": "2026-03-02T12:30:02+00:00"' in told
    assert '"times": 2, "crashes": 1' in told


def test_a_clock_that_was_put_back_makes_no_absence_of_negative_length(place, house):
    house.start().later(hours=2).mark("alive").later(hours=-1).start()
    (told,) = house.told(place)
    assert '"since": "2026-03-02T10:30:00+00:00", "until": "2026-03-02T10:30:00+00:00"' in told


def test_the_message_waits_for_the_sources_and_counts_what_had_come_in(place, site, sink):
    site.add("old", "It was dreadful long ago.", at=datetime.now(UTC) - timedelta(days=30))
    place.write(site.source(every="1s"), sink.channel())
    with place.begin() as daemon:
        daemon.until_ready().until_polled()
        daemon.popen.kill()
        daemon.wait()
    site.add("a", "The soup was cold and nobody cared.", at=datetime.now(UTC))
    with place.begin() as daemon:
        daemon.until(lambda: sink.count("repmon was down from"))
        daemon.stop()
    (message,) = [each for each in sink.messages if "was down from" in each]
    assert "It ended without being stopped" in message
    assert "Sources have been asked since; 1 review had come in meanwhile." in message
    assert place.one("SELECT count(*) FROM event WHERE kind = 'daemon.restarted'") == 1
