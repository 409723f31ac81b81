"""An unhappy review nobody answers goes to the next person, step by step, once each, and stops when somebody acts."""

from datetime import timedelta

import pytest

from repmon.errors import ConfigError
from tests.flow.site import written
from tests.flow.stage import NOW

pytestmark = pytest.mark.both_databases

STEPS = """
escalate = [
  { after = "4h", notify = ["manager"] },
  { after = "24h", notify = ["owner"] },
  { after = "72h", notify = ["owner"], urgent = true },
]
"""


@pytest.fixture
def shop(stage, board, sink):
    """Two channels and one old review; `n1` is unhappy and comes in at NOW."""
    board.show(written("old", NOW - timedelta(days=40)))
    stage.head += STEPS
    for name in ("manager", "owner"):
        stage.channel(name, f"json://127.0.0.1:{sink.port}/{name}")
    stage.more = '[[rules]]\nname = "none"\nwhen = { text = "never said" }\nnotify = ["owner"]\n'
    stage.source("shop", "changed", board).begin().turn()
    board.show(written("n1", NOW - timedelta(hours=3)))
    stage.turn()
    sink.messages.clear()
    sink.requests.clear()
    return stage


def steps(shop):
    return [row[0] for row in shop.rows("SELECT key FROM event WHERE kind = 'review.unanswered' ORDER BY id")]


def review(shop):
    return shop.one("SELECT id FROM review WHERE external_id = 'n1'")


def change(shop, assignments):
    with shop.world.database.write() as session:
        session.connection().exec_driver_sql(f"UPDATE review SET {assignments} WHERE external_id = 'n1'")


def test_it_goes_to_the_next_person_after_each_step(shop, sink):
    for hours in range(1, 100, 3):
        shop.now = NOW + timedelta(hours=hours)
        shop.turn()
    assert steps(shop) == [f"review.unanswered/{review(shop)}/1/{step}" for step in (1, 2, 3)]
    assert shop.rows("SELECT rule, channel, urgency FROM delivery WHERE rule LIKE 'escalation%' ORDER BY id") == [
        ("escalation 1", "manager", "normal"),
        ("escalation 2", "owner", "normal"),
        ("escalation 3", "owner", "urgent"),
    ]
    assert len(sink.messages) == 3
    assert "Nobody has answered it for 4 hours. If nobody does, owner is told in 20 hours." in sink.messages[0]
    assert "Nobody else is told after this." in sink.messages[2]


def test_the_clock_starts_when_the_review_was_first_seen(shop):
    shop.later(hours=3, minutes=59).turn()
    assert steps(shop) == []
    shop.later(minutes=1).turn()
    assert len(steps(shop)) == 1


def test_after_three_days_of_silence_only_the_highest_step_is_told(shop, sink):
    shop.begin().later(hours=80).turn()
    assert steps(shop) == [f"review.unanswered/{review(shop)}/1/3"]
    assert len(sink.messages) == 1


@pytest.mark.parametrize(
    "act",
    [
        "state = 'answered'",
        "state = 'dismissed'",
        "state = 'removed'",
        "acknowledged_at = first_seen_at",
        "unhappy = false",
    ],
)
def test_it_stops_when_somebody_acts(shop, act):
    shop.later(hours=5).turn()
    change(shop, act)
    shop.later(hours=100).turn()
    assert len(steps(shop)) == 1


def test_a_snooze_puts_it_off(shop):
    change(shop, f"snoozed_until = '{(NOW + timedelta(hours=30)):%Y-%m-%d %H:%M:%S.%f}'")
    shop.later(hours=29).turn()
    assert steps(shop) == []
    shop.later(hours=2).turn()
    assert steps(shop) == [f"review.unanswered/{review(shop)}/1/2"]


def test_an_edit_starts_the_clock_anew(shop, board):
    shop.later(hours=5).turn()
    board.change("n1", text="Still cold, still rude, and now nobody answers.", edited=shop.now.isoformat())
    shop.later(hours=1).turn()
    shop.later(hours=3, minutes=30).turn()
    assert len(steps(shop)) == 1
    shop.later(hours=1).turn()
    assert steps(shop)[-1] == f"review.unanswered/{review(shop)}/2/1"


def test_history_and_competitors_never_escalate(stage, board, sink):
    stage.head += STEPS
    for name in ("manager", "owner"):
        stage.channel(name, f"json://127.0.0.1:{sink.port}/{name}")
    board.show(written("old", NOW - timedelta(hours=2)))
    stage.source("shop", "changed", board).source("theirs", "changed", board, 'role = "competitor"').begin().turn()
    board.show(written("new", NOW))
    stage.later(minutes=10).turn("theirs")
    stage.later(hours=80).turn("theirs")
    assert steps(stage) == []


def test_who_switches_it_on_is_not_told_of_last_month(shop, sink):
    shop.head = shop.head.replace(STEPS, "")
    shop.begin().later(days=30).turn()
    shop.head += STEPS
    shop.begin().turn()
    assert steps(shop) == []


def test_without_steps_a_rule_may_ask_for_it_after_a_day(shop, sink):
    shop.head = shop.head.replace(STEPS, "")
    shop.more = '[[rules]]\nname = "late"\nwhen = { events = ["review.unanswered"] }\nnotify = ["owner"]\n'
    shop.begin().later(hours=23).turn()
    assert steps(shop) == []
    shop.later(hours=2).turn()
    assert shop.rows("SELECT rule FROM delivery WHERE rule = 'late'") == [("late",)]


def test_nothing_is_raised_where_nobody_asks(shop):
    shop.head = shop.head.replace(STEPS, "")
    shop.begin().later(hours=100).turn()
    assert steps(shop) == []


def test_it_waits_for_the_end_of_quiet_hours_unless_it_is_urgent(shop, sink):
    shop.channels.clear()
    for name in ("manager", "owner"):
        shop.channel(name, f"json://127.0.0.1:{sink.port}/{name}", lines='quiet_hours = "14:00-13:00"')
    shop.begin().later(hours=5).turn()
    assert sink.messages == []
    assert shop.rows("SELECT state, held_for FROM delivery WHERE rule = 'escalation 1'") == [("held", "quiet_hours")]
    shop.later(hours=70).turn()
    assert shop.one("SELECT state FROM delivery WHERE rule = 'escalation 3'") == "delivered"


def test_why_it_went_there_is_written_down(shop):
    shop.later(hours=5).turn()
    assert shop.rows(
        "SELECT rule, sends, code FROM rule_decision JOIN event ON event.id = event_id"
        " WHERE kind = 'review.unanswered' ORDER BY position"
    ) == [("escalation 1", 1, "escalation_step"), ("none", 0, "rule_event")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('escalate = [{ after = "4h", notify = ["managr"] }]', "manager"),
        ('escalate = [{ after = "soon", notify = ["manager"] }]', "soon"),
        ('escalate = [{ after = "4h", notify = [] }]', "notify"),
        ('escalate = [{ after = "4h", notify = ["manager"], urgnt = true }]', "urgent"),
    ],
)  # fmt: skip
def test_a_wrong_step_is_refused_with_its_line(shop, line, said):
    shop.head = shop.head.replace(STEPS, f"\n{line}\n")
    with pytest.raises(ConfigError) as refused:
        shop.begin()
    where = (shop.folder / "config.toml").read_text().split("\n").index(line) + 1
    assert f"config.toml:{where}: alerts.escalate" in str(refused.value)
    assert said in str(refused.value)
