"""A digest comes once a period, whatever happens to the process or the clock, and tells of what is stored then."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from repmon import desk
from repmon.errors import ConfigError
from repmon.pipeline import deliver_all, process
from repmon.store.database import Database
from tests.flow.site import written
from tests.flow.stage import NOW

pytestmark = pytest.mark.both_databases

WEEKLY = '[[digests]]\nname = "weekly"\nnotify = ["owner"]\n'
DAILY = '[[digests]]\nname = "daily"\nevery = "day"\nat = "18:00"\nnotify = ["owner"]\n'
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)


@pytest.fixture
def shop(stage, board, sink):
    """One source and one channel; it is Monday noon, and the first digest is due in a week."""
    stage.head = stage.head.replace("digests = false", "digests = true")
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/owner")
    board.show(written("old", NOW - timedelta(days=3), stars=5, text="Lovely evening, wonderful pasta."))
    stage.source("survey", "changed", board).begin().turn()
    sink.messages.clear()
    return stage


def at(shop, moment):
    """What a turn at this moment sends: the titles of digests."""
    shop.now = moment
    process(shop.world)
    before = len(shop.sent())
    deliver_all(shop.world)
    return shop.sent()[before:]


@pytest.fixture(autouse=True)
def _sent(stage, sink):
    stage.sent = lambda: [each.partition("\n")[0] for each in list(sink.messages) if each.startswith("Your ")]


def test_without_a_word_in_the_file_there_is_one_a_week_on_monday_morning(shop):
    assert at(shop, MONDAY - timedelta(minutes=1)) == []
    assert at(shop, MONDAY) == ["Your week at Kettle and Crumb: all quiet"]
    assert at(shop, MONDAY + timedelta(minutes=1)) == []
    assert at(shop, MONDAY + timedelta(days=7)) == ["Your week at Kettle and Crumb: all quiet"]


def test_it_can_be_switched_off(shop):
    shop.head = shop.head.replace("digests = true", "digests = false")
    shop.begin()
    assert at(shop, MONDAY) == []


def test_a_new_installation_is_told_of_no_time_before_it(shop):
    assert shop.events("digest") == 0
    assert shop.one("SELECT value FROM fact WHERE name = 'digest/weekly'") == "2026-03-02"


def test_a_restart_does_not_repeat_it(shop):
    assert len(at(shop, MONDAY)) == 1
    shop.begin()
    assert at(shop, MONDAY + timedelta(seconds=30)) == []
    assert shop.rows("SELECT key FROM event WHERE kind = 'digest'") == [("digest/weekly/2026-03-09",)]


def test_one_that_was_missed_is_sent_late_and_one_long_past_is_passed_over(shop, caplog):
    shop.more = DAILY
    shop.begin()
    assert at(shop, NOW) == []
    assert at(shop, datetime(2026, 3, 3, 13, 59, tzinfo=UTC)) == ["Your day at Kettle and Crumb: all quiet"]
    caplog.set_level(logging.WARNING, "repmon")
    assert at(shop, datetime(2026, 3, 5, 14, 1, tzinfo=UTC)) == []
    assert at(shop, datetime(2026, 3, 5, 15, 0, tzinfo=UTC)) == []
    said = [each.message for each in caplog.records if each.name == "repmon"]
    assert said == ["digest skipped: it was due too long ago"]
    assert len(at(shop, datetime(2026, 3, 5, 18, 0, tzinfo=UTC))) == 1


def test_a_week_s_may_be_three_days_late(shop):
    assert len(at(shop, MONDAY + timedelta(days=3))) == 1


def test_a_clock_that_is_put_back_does_not_repeat_it(shop):
    assert len(at(shop, MONDAY)) == 1
    assert at(shop, MONDAY - timedelta(hours=3)) == []
    assert at(shop, MONDAY + timedelta(minutes=1)) == []
    assert len(at(shop, MONDAY + timedelta(days=7))) == 1


def test_a_clock_that_was_far_ahead_costs_no_later_digest(shop):
    at(shop, MONDAY + timedelta(days=700))
    shop.sent()
    assert len(at(shop, MONDAY)) == 1
    assert len(at(shop, MONDAY + timedelta(days=7))) == 1


def test_two_processes_raise_one(shop):
    shop.now = MONDAY
    process(shop.world)
    other = Database(shop.world.settings.storage_url())
    with other.write() as session:
        session.connection().exec_driver_sql("UPDATE fact SET value = '2026-03-02' WHERE name = 'digest/weekly'")
    other.close()
    process(shop.world)
    assert shop.events("digest") == 1
    assert len(at(shop, MONDAY)) == 1


def test_the_figures_are_those_of_the_closed_period_however_late_it_is_sent(shop, board, sink):
    board.show(written("a", NOW + timedelta(days=1)), written("b", NOW + timedelta(days=2), stars=5, text="Lovely."))
    shop.now = NOW + timedelta(days=2, hours=1)
    shop.turn()
    sink.status = 503
    assert at(shop, MONDAY) == []
    board.show(written("late", MONDAY + timedelta(hours=1)))
    shop.now = MONDAY + timedelta(hours=2)
    shop.turn(send=False)
    desk.dismiss_review(shop.world, 2, "settled by phone", by="mila")
    sink.status = 200
    assert at(shop, MONDAY + timedelta(hours=6)) == ["Your week at Kettle and Crumb: 2 new reviews, 1 unhappy"]
    [said] = [each for each in sink.messages if each.startswith("Your ")]
    assert "2 new reviews (the week before: 1)" in said
    assert "Stars: 3.0 on average, from 2 reviews (before: 5.0)" in said
    assert "Waiting for an answer: 1" in said
    assert "What wants you most" not in said


def test_what_was_erased_meanwhile_is_not_sent(shop, board, sink):
    board.show(written("a", NOW + timedelta(days=1), "The soup was cold, said Nobody Known."))
    shop.now = NOW + timedelta(days=2)
    shop.turn(send=False)
    shop.now = MONDAY
    process(shop.world)
    with shop.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET text = '' WHERE external_id = 'a'")
    assert len(at(shop, MONDAY)) == 1
    assert sink.count("Nobody Known") == 0
    assert "Nobody" not in shop.one("SELECT \"values\" FROM event WHERE kind = 'digest'")


def test_it_waits_for_the_end_of_quiet_hours_and_comes_alone(shop, board, sink):
    shop.channels.clear()
    shop.channel("owner", f"json://127.0.0.1:{sink.port}/owner", lines='quiet_hours = "22:00-09:00"')
    shop.begin()
    board.show(written("a", MONDAY - timedelta(hours=2)))
    shop.more = '[[rules]]\nname = "all"\nnotify = ["owner"]\n'
    shop.begin()
    shop.now = MONDAY - timedelta(hours=1)
    shop.turn()
    assert at(shop, MONDAY) == []
    assert len(at(shop, MONDAY + timedelta(hours=1))) == 1
    assert len(sink.messages) == 2


def test_each_channel_is_told_of_its_own_places(stage, board, sink):
    stage.head = stage.head.replace("digests = false", "digests = true")
    stage.more = (
        '[[locations]]\nid = "harbour"\nname = "Harbour"\n[[locations]]\nid = "square"\nname = "Square"\n'
        '[[digests]]\nname = "weekly"\nnotify = ["owner", "harbour"]\n'
    )
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/owner")
    stage.channel("harbour", f"json://127.0.0.1:{sink.port}/harbour", lines='locations = ["harbour"]\nperson = "mila"')
    board.show(written("old", NOW - timedelta(days=3)))
    for place in ("harbour", "square"):
        stage.source(place, "changed", board, f'location = "{place}"')
    stage.begin().turn()
    board.show(written("a", NOW + timedelta(hours=1)))
    stage.later(hours=2).turn("harbour")
    number = stage.one("SELECT id FROM review WHERE external_id = 'a'")
    desk.assign_review(stage.world, number, "mila", None, by="mila")
    sink.messages.clear()
    stage.now = MONDAY
    stage.process()
    deliver_all(stage.world)
    told = [each for each in sink.messages if each.startswith("Your ")]
    whole, harbour = sorted(told, key=lambda each: "Your week at Harbour" in each)
    assert "- Harbour: 1 new review, 1.0 stars, 1 unhappy, 1 waiting" in whole
    assert "- Square: 0 new reviews" in whole
    assert "In your hands" not in whole
    assert "Place by place" not in harbour
    assert "In your hands: 1" in harbour


def test_it_tells_how_often_the_sources_were_read_in_the_week(shop, sink):
    at(shop, MONDAY)
    for hour in range(5):
        shop.now = MONDAY + timedelta(days=1, hours=hour)
        shop.turn()
    at(shop, MONDAY + timedelta(days=7))
    assert sink.count("Sources: 1 of 1 read as they should (5 of 5 times)") == 1


def test_a_source_that_fails_is_named(shop, board, sink):
    board.fault = (403, {}, b"no")
    shop.now = NOW + timedelta(days=2)
    shop.turn()
    at(shop, MONDAY)
    [said] = [each for each in sink.messages if each.startswith("Your ")]
    assert "Sources: 0 of 1 read as they should" in said
    assert "survey is paused since 2026-03-04 12:00 UTC" in said


def test_competitors_are_compared_in_one_line(shop, board, sink):
    shop.source("noodles", "changed", board, 'role = "competitor"').begin()
    board.show(written("x", NOW + timedelta(days=1), stars=4, text="Fine."))
    shop.now = NOW + timedelta(days=2)
    shop.turn("noodles")
    at(shop, MONDAY)
    [said] = [each for each in sink.messages if each.startswith("Your ")]
    assert "Competitors: noodles 4.0 (1 new); you no stars" in said
    assert "all quiet" in said.partition("\n")[0]


def test_it_is_written_down_why_it_went_there_and_rules_do_not_send_it_again(shop):
    shop.more = DAILY + '[[rules]]\nname = "summaries"\nwhen = { events = ["digest"] }\nnotify = ["owner"]\n'
    shop.begin()
    at(shop, NOW)
    at(shop, NOW + timedelta(hours=6))
    assert shop.rows("SELECT rule, channel FROM delivery WHERE rule = 'daily'") == [("daily", "owner")]
    assert shop.rows(
        "SELECT rule, sends, code FROM rule_decision JOIN event ON event.id = event_id"
        " WHERE kind = 'digest' ORDER BY position"
    ) == [("daily", 1, "digest_due"), ("summaries", 0, "rule_after")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('notify = ["ownr"]', "there is no [channels.ownr]"),
        ('at = "8"', "no time of day"),
        ('every = "day"\non = "monday"', "has no weekday"),
        ('on = "mondai"', "monday"),
        ('locations = ["nowhere"]', "nowhere"),
        ('answer_within = "soon"', "soon"),
    ],
)
def test_a_wrong_digest_is_refused_with_its_line(shop, line, said):
    rest = "" if line.startswith("notify") else 'notify = ["owner"]\n'
    shop.more = f'[[digests]]\nname = "mine"\n{rest}{line}\n'
    with pytest.raises(ConfigError) as refused:
        shop.begin()
    assert "digests.mine" in str(refused.value)
    assert said in str(refused.value)


def test_a_digest_and_a_rule_do_not_share_a_name(shop):
    shop.more = WEEKLY + '[[rules]]\nname = "weekly"\nnotify = ["owner"]\n'
    with pytest.raises(ConfigError, match="weekly"):
        shop.begin()
