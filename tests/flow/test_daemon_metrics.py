"""The metrics page is what Prometheus reads, and tells figures only."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from repmon.daemon.exposition import Family, exposition
from repmon.daemon.health import Health
from repmon.daemon.metrics import Metrics
from repmon.daemon.present import Present
from repmon.daemon.report import Report
from repmon.errors import StoreError

SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[0-9.e+-]+)')
LABEL = re.compile(r'([a-z]+)="((?:[^"\\]|\\.)*)"')


def parse(page: str) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """Read a page as its format says: help and kind once before the samples of a name, no sample twice."""
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    about: list[str] = []
    assert page.endswith("\n")
    for line in page.splitlines():
        if line.startswith("# HELP "):
            about = [line.split(" ")[2]]
            assert about[0] not in found
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert about == [name]
            assert kind in {"gauge", "counter"}
        else:
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert [sample[1]] == about
            labels = tuple(LABEL.findall(sample[2] or ""))
            assert labels not in found.setdefault(sample[1], {})
            found[sample[1]][labels] = float(sample[3])
    return found


def test_a_running_daemon_tells_its_figures(place, site, sink):
    site.add("old", "It was dreadful long ago.", at=datetime.now(UTC) - timedelta(days=30))
    place.write(site.source(), sink.channel(path="a-token-nobody-may-see"))
    with place.begin() as daemon:
        daemon.until_ready().until_polled()
        site.add("new", "The soup was cold and nobody cared.", at=datetime.now(UTC))
        daemon.until(lambda: sink.count("soup was cold"))
        delivered = "SELECT count(*) FROM delivery JOIN event ON event.id = event_id WHERE state = 'delivered'"
        daemon.until(lambda: place.one(f"{delivered} AND kind = 'review.new'") == 1)
        answer = daemon.health("/metrics")
    page = parse(answer.text)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert page["repmon_reviews"] == {(("source", "desk"),): 2}
    assert page["repmon_events_total"][(("kind", "review.new"),)] == 1
    assert page["repmon_source_state"][("source", "desk"), ("state", "ok")] == 1
    assert 0 <= page["repmon_source_last_ok_age_seconds"][(("source", "desk"),)] < 30
    (labels, number), *_ = page["repmon_deliveries"].items()
    assert [name for name, _ in labels] == ["channel", "target", "state"]
    assert number >= 1
    assert 0 <= page["repmon_delivery_delay_seconds"][(("quantile", "0.5"),)] < 30
    assert page["repmon_drafts_pending"] == {(): 1}
    assert page["repmon_healthy"] == {(): 1}
    assert page["repmon_database_bytes"][()] > 4096
    assert page["repmon_database_wal_bytes"][()] > 0
    assert page["repmon_resident_memory_bytes"][()] > 10_000_000
    for secret in ("soup", "a-token-nobody-may-see", "the-client-secret-of-the-site", "127.0.0.1"):
        assert secret not in answer.text


def test_labels_are_escaped_and_empty_families_left_out():
    page = exposition([
        Family("odd", "gauge", "A \\ and\na line.", {(("name", 'a "b"\\c\nd'),): 1.5}),
        Family("none", "gauge", "Nothing."),
    ])  # fmt: skip
    assert page == (
        '# HELP repmon_odd A \\\\ and\\na line.\n# TYPE repmon_odd gauge\nrepmon_odd{name="a \\"b\\"\\\\c\\nd"} 1.5\n'
    )
    assert list(parse(page)) == ["repmon_odd"]


def test_the_page_is_there_while_the_database_refuses(stage, monkeypatch):
    world = stage.begin().world
    report = Report(Present(world), _Well(), started_at=stage.now, since=stage.now)

    def refuse():
        raise StoreError("disk_error")

    monkeypatch.setattr(world.database, "read", refuse)
    page = parse(Metrics(Present(world), report).page())
    assert page["repmon_problem"][(("problem", "database"),)] == 1
    assert page["repmon_healthy"] == {(): 0}
    assert "repmon_reviews" not in page


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_monitor_may_ask_for_the_head_only(caplog, method):
    caplog.set_level("INFO")
    health = Health(("127.0.0.1", 0), lambda: (True, {}), lambda: "repmon_healthy 1\n")
    health.start()
    address = next(record.__dict__["listen"] for record in caplog.records)
    answer = httpx.request(method, f"http://{address}/metrics", trust_env=False)
    health.stop()
    assert (answer.status_code, answer.headers["content-length"]) == (200, "17")
    assert answer.text == ("repmon_healthy 1\n" if method == "GET" else "")


class _Well:
    """A process in which all runs."""

    store_error, scheduler_runs = "", True

    def deliverer_runs(self) -> bool:
        return True

    def reading_for(self, _source: str) -> float:
        return 0.0
