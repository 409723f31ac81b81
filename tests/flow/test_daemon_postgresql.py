"""A running daemon on PostgreSQL: alerts, a second daemon, a crash, a server that goes away for a while."""

import psycopg
import pytest

from repmon.store.lock import ADVISORY
from tests import postgres
from tests.flow.daemons import HEAD

pytestmark = pytest.mark.slow
UNSENT = "SELECT count(*) FROM delivery WHERE state <> 'delivered'"
DIGEST = '[[digests]]\nname = "daily"\nevery = "day"\nat = "08:00"\nnotify = ["owner"]\n'


@pytest.fixture
def storage(request, postgres_url) -> str:
    return postgres.copy_of(postgres_url, "template_repmon", f"d_{abs(hash(request.node.nodeid))}")


@pytest.fixture
def placed(place, site, sink, storage):
    """A place whose database is on a server, with one source and one channel."""
    site.add("old", "It was dreadful long ago.")
    place.write(site.source(), sink.channel(), DIGEST, head=f'[storage]\nurl = "{storage}"\n{HEAD}')
    return place


def one(storage: str, query: str) -> object:
    return postgres.rows(storage, query, ())[0][0]


def test_alerts_go_out_once_across_a_crash_which_is_told(placed, storage, site, sink):
    with placed.begin() as daemon:
        daemon.until_polled()
        site.add("a", "The soup was cold and nobody cared.")
        daemon.until(lambda: sink.count("soup was cold"))
        daemon.until(lambda: not one(storage, UNSENT))
        daemon.popen.kill()
    site.add("b", "The tea was stale.")
    with placed.begin() as daemon:
        daemon.until(lambda: sink.count("tea was stale"))
        daemon.until(lambda: sink.count("It ended without being stopped"))
        assert daemon.health().json()["status"] == "ok"
        assert 'repmon_reviews{source="desk"} 3' in daemon.health("/metrics").text
        assert daemon.stop() == 0
    assert (sink.count("soup was cold"), sink.count("tea was stale")) == (1, 1)
    assert one(storage, UNSENT) == 0


def test_a_second_daemon_on_the_same_database_is_refused(placed):
    with placed.begin() as daemon:
        daemon.until_ready()
        with placed.begin() as second:
            assert second.wait() == 1
            assert "already" in second.log
        assert daemon.stop() == 0


def drop_connections(storage: str) -> None:
    postgres.rows(
        storage,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid()",
        (),
    )


def locked(storage: str) -> bool:
    return one(storage, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 1


def test_a_server_that_drops_all_connections_costs_nothing_and_the_daemon_stays_alone(placed, storage, site, sink):
    with placed.begin() as daemon:
        daemon.until_polled()
        drop_connections(storage)
        site.add("a", "The soup was cold and nobody cared.")
        daemon.until(lambda: sink.count("soup was cold"))
        daemon.until(lambda: locked(storage))
        with placed.begin() as second:
            assert second.wait() == 1
        assert daemon.stop() == 0
    assert sink.count("soup was cold") == 1


def test_a_daemon_whose_database_another_has_taken_over_leaves(placed, storage):
    with placed.begin() as daemon:
        daemon.until_polled()
        with psycopg.connect(storage.replace("+psycopg", "")) as other:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            other.execute(f"SELECT pg_advisory_lock({ADVISORY})")
            assert daemon.wait() == 1
        assert "another repmon" in daemon.log
