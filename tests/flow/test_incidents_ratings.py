"""A falling rating is told once a month and place, and not beside an open incident."""

from datetime import timedelta

import pytest

from repmon.store.tables import IncidentRow
from tests.flow.site import written
from tests.flow.stage import NOW

pytestmark = pytest.mark.both_databases

RULES = '[[rules]]\nname = "fall"\nwhen = { events = ["rating.dropped"] }\nnotify = ["owner"]\n'


@pytest.fixture
def shop(stage, board, sink):
    """Four happy reviews a week for months, then a month of bad ones, all of it history."""
    board.page = 200
    good = [written(f"g{n}", NOW - timedelta(days=31 + n * 1.75), "Lovely.", stars=5 - n % 2) for n in range(50)]
    bad = [written(f"b{n}", NOW - timedelta(days=2 + n * 1.75), "Cold soup.", stars=1 + n % 3) for n in range(15)]
    board.show(*bad, *good)
    stage.more = RULES
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a").source("shop", "changed", board)
    return stage


def test_a_drop_is_told_once_in_thirty_days(shop, sink):
    shop.begin().turn()
    for _ in range(10):
        shop.later(days=1).turn()
    assert shop.events("rating.dropped") == 1
    said = "Kettle and Crumb had 4.5 stars on average; in the last 30 days it was 2."
    assert sum(said in message for message in sink.messages) == 1


def test_it_waits_while_an_incident_of_the_place_is_open(shop):
    shop.head = shop.head.replace("incidents = false", "incidents = true")
    shop.begin()
    values = {"since": NOW.isoformat(), "excess_at": NOW.isoformat(), "unhappy": 0, "told": 0, "words": 0}
    with shop.world.database.write() as session:
        session.add(IncidentRow(kind="unhappy", opened_at=NOW, updated_at=NOW, values=values))
    shop.turn()
    assert shop.events("rating.dropped") == 0
