"""`repmon rising`: this week held against the weeks before."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.faces.judged_rows import rows, write

OLD = """
[[locations]]
id = "harbour"
name = "Harbour"
[[locations]]
id = "square"
name = "Square"
[[sources]]
id = "old"
connector = "file"
path = "old.jsonl"
location = "harbour"
"""


def dated(given, first, last):
    """The rows written evenly from so many days ago to so many days ago."""
    now = datetime.now(UTC)
    step = (first - last) / len(given)
    return [{**row, "written_at": (now - timedelta(days=first - at * step)).isoformat()}
            for at, row in enumerate(given)]  # fmt: skip


@pytest.fixture
def stocked(desk):
    """Eight quiet weeks, and a week in which the air conditioning is off."""
    desk.configure(OLD)
    warm = [{"id": f"warm-{at}", "text": f"Table {at}: the air conditioning was off again.", "rating": 1,
             "language": "en"} for at in range(6)]  # fmt: skip
    given = [*dated(rows(200), 60, 7.5), *dated([{**row, "id": f"new-{row['id']}"} for row in rows(25, seed=5)], 6, 1),
             *dated(warm, 3, 1)]  # fmt: skip
    desk.run("import", str(write(desk.folder / "old.jsonl", given)), "--source", "old")
    return desk


def test_what_guests_begin_to_complain_of_is_named_with_what_is_usual(stocked):
    found = stocked.json("rising")
    assert [(one["phrase"], one["count"], one["usual"]) for one in found["complaint"]] == [("air conditioning", 6, 0)]
    assert found["praise"] == []
    assert 7 < found["weeks_before"] < 8
    said = stocked.run("rising").stdout
    assert "air conditioning" in said
    assert "Complaint" in said


def test_each_place_is_looked_at_by_itself(stocked):
    assert stocked.json("rising", "--location", "harbour")["complaint"]
    assert stocked.json("rising", "--location", "square")["complaint"] == []
    assert stocked.run("rising", "--location", "moon").exit_code == 2


def test_without_earlier_reviews_it_says_that_nothing_is_usual_yet(polled):
    assert "too few earlier reviews" in polled.run("rising").stdout
    assert json.loads(polled.run("rising", "--json").stdout)["complaint"] == []
