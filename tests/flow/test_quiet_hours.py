"""In quiet hours nothing wakes anybody but what is urgent; the rest comes as one summary in the morning."""

from datetime import UTC, datetime

import pytest

from repmon.pipeline import deliver_all
from tests.flow.telling import Shop, numbered

NIGHT = 'quiet_hours = "22:00-07:00"'
LATE = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)  # 22:30 in Amsterdam
MORNING = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)


@pytest.fixture
def shop(stage, board, sink):
    made = Shop(stage, board, sink, channel=NIGHT)
    stage.now = LATE
    return made


def at(shop: Shop, moment: datetime) -> list[str]:
    """What was said at a moment: the first lines."""
    shop.sink.messages.clear()
    shop.stage.now = moment
    shop.deliver()
    return [message.partition("\n")[0] for message in shop.sink.messages]


def test_what_comes_at_night_is_one_summary_in_the_morning(shop, sink):
    numbered(shop, 3, lambda: shop.deliver(hours=1))
    assert sink.messages == []
    assert shop.waits() == [("held", "quiet_hours")] * 3
    assert at(shop, MORNING.replace(hour=5, minute=59)) == []
    assert at(shop, MORNING) == ["3 new reviews at Kettle and Crumb, 3 unhappy"]
    assert "These came during the quiet hours (22:00-07:00)." in sink.messages[0]
    assert at(shop, MORNING.replace(hour=9)) == []


def test_a_single_message_of_the_night_is_the_ordinary_one_in_the_morning(shop):
    shop.write()
    assert at(shop, MORNING) == ["Unhappy review at Kettle and Crumb: 1 of 5 stars"]


def test_what_is_urgent_passes(shop, sink):
    shop.write("There was poison in the soup.")
    shop.deliver()
    assert "poison" in sink.messages[0]


def test_what_is_urgent_waits_where_the_channel_says_so(stage, board, sink):
    shop = Shop(stage, board, sink, channel=f"{NIGHT}\nurgent_passes = false")
    stage.now = LATE
    shop.write("There was poison in the soup.")
    shop.deliver()
    assert sink.messages == []
    assert len(at(shop, MORNING)) == 1


def test_a_message_that_was_due_before_the_night_but_could_not_be_sent_waits_for_the_morning(shop, sink):
    shop.stage.now = LATE.replace(hour=20, minute=59)
    sink.status = 503
    shop.write()
    shop.deliver(seconds=31)
    assert shop.waits() == [("pending", "grouping")]
    sink.status = 200
    assert at(shop, LATE) == []
    assert shop.waits() == [("held", "quiet_hours")]
    assert len(at(shop, MORNING)) == 1


def test_a_retry_by_hand_keeps_to_quiet_hours(shop, sink):
    shop.stage.now = LATE.replace(hour=20)
    sink.status = 404
    shop.write()
    shop.deliver(seconds=31)
    sink.status = 200
    shop.stage.now = LATE
    assert deliver_all(shop.stage.world, everything=True).delivered == 0
    assert len(at(shop, MORNING)) >= 1


def test_news_about_repmon_itself_waits_too_and_joins_the_summary(shop, board, sink):
    shop.write()
    board.fault = (403, {}, b"no")
    shop.stage.turn(send=False)
    shop.deliver()
    assert sink.messages == []
    assert at(shop, MORNING) == ["2 pieces of news, 1 unhappy"]


@pytest.mark.parametrize(
    ("evening", "early", "morning"),
    [
        (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 29, 4, 59, tzinfo=UTC), (5, 0)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 5, 59, tzinfo=UTC), (6, 0)),
    ],
    ids=["spring", "autumn"],
)
def test_the_morning_is_right_when_the_clock_is_changed(shop, evening, early, morning):
    shop.stage.now = evening
    numbered(shop, 2)
    assert at(shop, early) == []
    assert at(shop, early.replace(hour=morning[0], minute=morning[1])) == [
        "2 new reviews at Kettle and Crumb, 2 unhappy"
    ]


def test_the_places_of_a_channel_say_which_clock_counts(stage, board, sink):
    places = '[[locations]]\nid = "far"\nname = "Far"\ntimezone = "America/New_York"\n'
    shop = Shop(stage, board, sink, channel=f'{NIGHT}\nlocations = ["far"]', more=places)
    stage.now = LATE
    numbered(shop, 1)
    shop.deliver(seconds=31)
    assert len(sink.messages) == 1  # 16:30 in New York


def test_a_review_that_somebody_saw_to_at_night_is_left_out_of_the_summary(shop):
    numbers = numbered(shop, 3)
    shop.change_review(numbers[0], acknowledged_at=LATE)
    assert at(shop, MORNING) == ["2 new reviews at Kettle and Crumb, 2 unhappy"]
    assert shop.waits()[0] == ("held", "acknowledged")
    assert at(shop, MORNING.replace(day=4)) == []


def test_a_summary_that_failed_in_the_morning_is_sent_again_as_it_was(shop, sink):
    numbered(shop, 2)
    sink.status = 503
    assert at(shop, MORNING) == []
    sink.status = 200
    assert at(shop, MORNING.replace(hour=7)) == ["2 new reviews at Kettle and Crumb, 2 unhappy"]
    assert "quiet hours" in sink.messages[0]
