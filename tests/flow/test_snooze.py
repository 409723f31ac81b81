"""A snooze keeps alerts quiet until its end; then unhappy reviews that still wait for an answer come as one summary."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from repmon.errors import DecisionError
from repmon.store.tables import AuditRow
from repmon.turn.silence import add_silence, lift_silence
from tests.flow.telling import Shop, numbered

pytestmark = pytest.mark.both_databases


@pytest.fixture
def shop(stage, board, sink):
    return Shop(stage, board, sink, group="false")


def snooze(shop: Shop, scope: str, scope_id: str, hours: float = 4) -> int:
    return add_silence(shop.stage.world, scope, scope_id, shop.stage.now + timedelta(hours=hours), by="giulia")


@pytest.mark.parametrize(("scope", "scope_id"), [("source", "shop"), ("rule", "reviews")])
def test_what_a_snooze_covers_is_not_sent_while_it_lasts(shop, sink, scope, scope_id):
    snooze(shop, scope, scope_id)
    numbered(shop, 2)
    shop.deliver(hours=3.9)
    assert sink.messages == []
    assert shop.waits() == [("held", "snoozed")] * 2


def test_other_rules_and_sources_are_not_covered(shop, sink):
    snooze(shop, "source", "another")
    snooze(shop, "rule", "danger")
    shop.write()
    shop.deliver()
    assert len(sink.messages) == 1


def test_when_it_ends_the_unhappy_ones_that_wait_for_an_answer_come_as_one_summary(shop, sink):
    snooze(shop, "source", "shop")
    numbers = numbered(shop, 4)
    happy = shop.write("Lovely cake, thank you so much!", stars=5)
    shop.change_review(numbers[0], state="answered")
    shop.deliver(hours=4)
    assert len(sink.messages) == 1
    assert sink.messages[0].startswith("3 new reviews at Kettle and Crumb, 3 unhappy\n")
    assert "snoozed" in sink.messages[0]
    assert (happy, "Lovely" in sink.messages[0]) == (happy, False)
    assert shop.deliver(days=2).delivered == 0
    assert [reason for state, reason in shop.waits() if state == "held"] == ["snooze_over"] * 2


def test_a_review_snoozed_at_the_desk_is_quiet_when_it_changes(shop, sink):
    number = shop.write()
    shop.deliver()
    shop.change_review(number, snoozed_until=shop.stage.now + timedelta(hours=4))
    shop.stage.later(minutes=1)
    shop.board.change("n1", text="Still cold, still rude, and dear.", edited=shop.stage.now.isoformat())
    shop.stage.poll()
    shop.deliver()
    assert len(sink.messages) == 1
    shop.deliver(hours=4)
    assert len(sink.messages) == 2


def test_a_snooze_asked_for_while_a_message_waits_to_be_tried_again_holds_it(shop, sink):
    sink.status = 503
    shop.write()
    shop.deliver()
    sink.status = 200
    snooze(shop, "source", "shop")
    shop.deliver(hours=1)
    assert sink.messages == []
    shop.deliver(hours=3)
    assert len(sink.messages) == 1


def test_a_lifted_snooze_tells_at_once_what_still_matters(shop, sink):
    number = snooze(shop, "source", "shop")
    numbered(shop, 2)
    lift_silence(shop.stage.world, number, by="giulia")
    shop.deliver()
    assert [message.partition("\n")[0] for message in sink.messages] == ["2 new reviews at Kettle and Crumb, 2 unhappy"]


def test_a_lifted_snooze_tells_nothing_that_another_still_covers(shop, sink):
    first = snooze(shop, "source", "shop")
    snooze(shop, "rule", "reviews", hours=8)
    shop.write()
    lift_silence(shop.stage.world, first, by="giulia")
    shop.deliver(hours=7.9)
    assert sink.messages == []
    shop.deliver(hours=0.1)
    assert len(sink.messages) == 1


def test_a_snooze_that_ends_at_night_waits_for_the_morning(stage, board, sink):
    shop = Shop(stage, board, sink, group="false", channel='quiet_hours = "22:00-07:00"')
    snooze(shop, "source", "shop", hours=10)
    numbered(shop, 2)
    shop.deliver(hours=10)
    assert sink.messages == []
    shop.deliver(hours=8)
    assert len(sink.messages) == 1


def test_acts_are_on_record_and_nonsense_is_refused(shop):
    number = snooze(shop, "source", "shop")
    lift_silence(shop.stage.world, number, by="marco")
    for wrong in (
        lambda: lift_silence(shop.stage.world, number, by="marco"),
        lambda: snooze(shop, "source", "shop", hours=-1),
        lambda: snooze(shop, "review", "999"),
        lambda: add_silence(shop.stage.world, "source", "shop", shop.stage.now + timedelta(hours=1), by=" "),
    ):
        with pytest.raises(DecisionError):
            wrong()
    with shop.stage.world.database.read() as session:
        acts = [(row.action, row.actor) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert acts == [("silence.added", "giulia"), ("silence.lifted", "marco")]
