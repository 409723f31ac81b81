"""A service elsewhere is pinged while all is well, and hears nothing as soon as it is not."""

import pytest

from repmon.config import load
from repmon.daemon.condition import PULSE_EVERY
from repmon.daemon.ping import Ping, ping_of
from repmon.daemon.present import Present
from repmon.daemon.report import CYCLE, Report
from repmon.errors import StoreError
from repmon.store.database import Database
from repmon.store.tables import SourceRow
from repmon.turn.world import World, utc_now
from tests.flow.daemons import HEAD
from tests.flow.peers import Server, free_port
from tests.flow.test_daemon_health import Clock, clock, condition  # noqa: F401 - fixtures


class Watch(Server):
    """Counts pings."""

    status = 200
    body = b"OK"

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        return self.status, {}, self.body


@pytest.fixture
def watch():
    with Watch() as server:
        yield server


@pytest.fixture
def world(place, site, sink, clock, watch):  # noqa: F811 - a fixture
    head = HEAD.replace("[health]", f'[health]\nping = "{watch.url}/ping/secret-of-the-watch"')
    place.write(site.source("one", "10s"), site.source("two", "10s"), sink.channel(), head=head)
    database = Database(f"sqlite:///{place.database}")
    made = World(load(place.config, environ={}), database, clock=clock.now)
    made.enter()
    yield made
    database.close()


@pytest.fixture
def ping(world, condition) -> Ping:  # noqa: F811 - a fixture
    report = Report(Present(world), condition, started_at=utc_now(), since=utc_now())
    made = ping_of(world, report.well)
    assert made
    return made


def set_states(world, *states: str) -> None:
    with world.database.write() as session:
        for number, state in enumerate(states, start=1):
            session.get_one(SourceRow, number).state = state


def test_all_is_well_and_the_watch_hears_it(ping, watch):
    ping.send()
    assert watch.requests == ["/ping/secret-of-the-watch"]


@pytest.mark.parametrize("answer", [(200, b""), (204, b"")])
def test_an_empty_answer_is_one_too(ping, watch, caplog, answer):
    watch.status, watch.body = answer
    ping.send()
    assert "ping" not in caplog.text


def test_no_ping_while_the_database_refuses(ping, watch, condition):  # noqa: F811 - a fixture
    condition.store_failed(StoreError("disk_full"))
    ping.send()
    assert watch.requests == []


def test_no_ping_when_alerts_are_not_sent(ping, watch, condition):  # noqa: F811 - a fixture
    condition.deliverer_runs = lambda: False
    ping.send()
    condition.deliverer_runs, condition.sending_works = (lambda: True), False
    ping.send()
    assert watch.requests == []


def test_no_ping_when_every_source_fails_and_one_when_only_some_do(ping, watch, world):
    set_states(world, "failing", "paused")
    ping.send()
    assert watch.requests == []
    set_states(world, "failing", "ok")
    ping.send()
    assert len(watch.requests) == 1


def test_no_ping_when_nothing_was_processed_for_long(ping, watch, condition, clock):  # noqa: F811 - fixtures
    for _ in range(int(CYCLE // PULSE_EVERY) + 1):
        clock.passed += PULSE_EVERY
        condition.beat()
    for name in ("one", "two"):
        condition.begin(name)
    clock.passed += 1
    ping.send()
    assert watch.requests == []
    condition.processed()
    ping.send()
    assert len(watch.requests) == 1


def test_a_ping_that_does_not_arrive_is_said_once_and_then_that_it_does_again(ping, watch, caplog):
    caplog.set_level("INFO")
    watch.status = 404
    for _ in range(3):
        ping.send()
    watch.status = 200
    ping.send()
    assert [record.getMessage() for record in caplog.records if "ping" in record.getMessage()] == [
        "the ping did not arrive", "the ping arrives again",
    ]  # fmt: skip


def test_a_watch_that_cannot_be_reached_disturbs_nothing(condition, caplog):  # noqa: F811 - a fixture
    Ping(f"http://127.0.0.1:{free_port()}/x", lambda: True).send()
    assert "the ping did not arrive" in caplog.text


@pytest.mark.slow
def test_a_running_daemon_pings_and_keeps_the_address_to_itself(place, site, sink, watch):
    head = HEAD.replace("[health]", '[health]\nping = "env:PING"')
    place.write(site.source(), sink.channel(), head=head)
    with place.begin(env={"PING": f"{watch.url}/ping/secret-of-the-watch"}) as daemon:
        daemon.until(lambda: watch.requests)
        assert daemon.stop() == 0
        assert "secret-of-the-watch" not in daemon.log
    assert watch.requests == ["/ping/secret-of-the-watch"]
