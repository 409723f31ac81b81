"""Promise 1, with real processes: the same answer read by three of them is one review and one message."""

from datetime import UTC, datetime, timedelta

import pytest


def test_the_same_answer_read_by_three_processes_is_stored_and_told_once(place, site, sink):
    site.add("old", "It was dreadful long ago.", at=datetime.now(UTC) - timedelta(days=30))
    place.write(site.source(every="1h"), sink.channel())
    for seed in ("1", "2", "random"):
        environ = {"PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland" if seed == "2" else "UTC"}
        with place.begin("poll", env=environ) as command:
            assert command.wait(60) == 0, command.log
        site.add("new", "The soup was cold and nobody cared.", at=datetime.now(UTC)) if seed == "1" else None
    assert place.one("SELECT count(*) FROM review") == 2
    assert place.one("SELECT count(*) FROM event WHERE kind = 'review.new'") == 1
    assert sink.count("soup was cold") == 1
    assert place.rows("SELECT state, attempts FROM delivery WHERE rule = 'unhappy'") == [("delivered", 1)]


@pytest.mark.slow
def test_a_poll_that_finds_the_database_busy_with_another_poll_waits_for_it(place, site, sink):
    for number in range(60):
        site.add(f"r{number}", "The soup was cold.", at=datetime.now(UTC) - timedelta(days=number + 1))
    place.write(site.source(every="1h"), sink.channel())
    with place.begin("poll") as one, place.begin("poll") as two:
        assert (one.wait(60), two.wait(60)) == (0, 0), one.log + two.log
    assert place.one("SELECT count(*) FROM review") == 60
    assert sink.count("soup was cold") == 0
    assert len(sink.messages) == 1
