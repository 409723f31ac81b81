"""One daemon, looked at from all sides while it runs."""

import signal
from collections.abc import Iterator

import pytest

from tests.flow.daemons import Place, Process
from tests.flow.peers import Sink, Site

SECRETS = ("a-token-nobody-may-see", "the-client-secret", "the-refresh-token", "token-of-the-hour")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture(scope="module")
def place(tmp_path_factory, migrated) -> Place:
    return Place(tmp_path_factory.mktemp("running"), migrated)


@pytest.fixture(scope="module")
def daemon(place, site, sink) -> Iterator[Process]:
    place.write(site.source(), sink.channel())
    with place.begin(env={"REPMON_LOG_LEVEL": "debug"}) as process:
        process.until_polled()
        yield process
        assert process.stop() == 0


def test_the_health_page_says_how_it_is(daemon):
    answer = daemon.health()
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["status"] == "ok"
    assert shown["sources"] == {"ok": 1, "failing": 0, "paused": 0, "busy": 0}
    assert shown["database"] == "ok"
    assert shown["problems"] == []
    assert shown["disk_free"] > 0
    assert shown["last_poll_at"] >= shown["started_at"]
    assert (shown["oldest_overdue_source"], shown["failed_deliveries"]) == (None, 0)


def test_the_health_page_answers_head_and_knows_no_other_page(daemon):
    head = daemon.health(method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert daemon.health("/").status_code == 404
    assert daemon.health("/healthz/").status_code == 404
    assert daemon.health(method="POST").status_code == 501


@pytest.mark.slow
def test_a_source_in_trouble_degrades_the_health_page_but_is_no_alarm(daemon, site):
    site.status = (500, {})
    daemon.until(lambda: daemon.health().json()["sources"]["failing"] == 1, seconds=90)
    assert daemon.health().status_code == 200
    assert daemon.health().json()["status"] == "degraded"
    site.status = None
    daemon.until(lambda: daemon.health().json()["status"] == "ok", seconds=90)


def test_a_second_daemon_on_the_same_database_is_refused(daemon, place):
    with place.begin() as second:
        assert second.wait() == 1
        assert f"process {daemon.popen.pid}" in second.log
        assert len(second.log.splitlines()) == 1
    assert daemon.popen.poll() is None


def test_a_reload_of_a_broken_file_says_its_lines_and_changes_nothing(daemon, place, site, sink):
    good = place.config.read_text(encoding="utf-8")
    place.config.write_text(good.replace("every", "evry"), encoding="utf-8")
    daemon.popen.send_signal(signal.SIGHUP)
    daemon.until(lambda: daemon.events("config not taken: mend it and reload again"))
    place.config.write_text(good, encoding="utf-8")
    problem = daemon.events("config not taken: mend it and reload again")[0]["problem"]
    assert "config.toml:" in problem
    assert "evry" in problem
    site.add("broken", "The bread was mouldy.")
    daemon.until(lambda: sink.count("bread was mouldy"))


@pytest.mark.slow
def test_what_a_command_puts_into_the_outbox_is_sent(daemon, place, site, sink):
    site.add("shared", "The waiter was rude.")
    with place.begin("poll", "--no-deliver") as command:
        assert command.wait() == 0
    daemon.until(lambda: sink.count("waiter was rude"))
    assert place.one("SELECT count(*) FROM review WHERE external_id = 'shared'") == 1


def test_no_secret_and_no_review_is_in_the_log(daemon, site, sink):
    site.add("hostile", 'Cold soup\n{"level": "critical", "event": "forged"}\x1b[2J')
    daemon.until(lambda: sink.count("Cold soup"))
    sink.status = 500
    site.add("undelivered", "The cellar was damp.")
    daemon.until(lambda: daemon.events("not delivered"))
    sink.status = 200
    log = daemon.log
    assert not [secret for secret in SECRETS if secret in log]
    assert "soup" not in log
    assert "cellar" not in log
    assert len(daemon.events()) == len(log.splitlines())
