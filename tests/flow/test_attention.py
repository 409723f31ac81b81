"""What people do with a review beside its reply: let it rest, acknowledge, dismiss, reopen, note, assign, rename."""

from datetime import timedelta

import pytest

from repmon import desk
from repmon.errors import DecisionError
from repmon.store import audit, timeline
from tests.flow.site import written
from tests.flow.stage import NOW


@pytest.fixture
def shop(stage, board):
    """One unhappy review, number 1, with a pending draft, number 1."""
    stage.source("shop", "changed", board).begin().poll()
    stage.later(hours=1)
    board.show(written("a", NOW + timedelta(minutes=5)))
    stage.poll()
    return stage


def review(stage, *columns):
    return stage.rows(f"SELECT {', '.join(columns)} FROM review WHERE id = 1")[0]


def acts(stage):
    return [row[0] for row in stage.rows("SELECT action || ' ' || actor FROM audit ORDER BY id")]


def test_a_review_rests_until_a_moment_and_no_longer_when_somebody_says_so(shop):
    desk.snooze_review(shop.world, 1, shop.now + timedelta(hours=4), by="mila")
    assert review(shop, "snoozed_until") == ("2026-03-02 17:00:00.000000",)
    desk.snooze_review(shop.world, 1, None, by="noor")
    assert review(shop, "snoozed_until") == (None,)
    assert acts(shop) == ["review.snoozed mila", "review.snoozed noor"]
    with pytest.raises(DecisionError, match="not resting"):
        desk.snooze_review(shop.world, 1, None, by="noor")


@pytest.mark.parametrize("hours", [-1, 0, 24 * 400])
def test_a_rest_ends_in_the_future_and_within_a_year(shop, hours):
    with pytest.raises(DecisionError, match="in the future, within a year"):
        desk.snooze_review(shop.world, 1, shop.now + timedelta(hours=hours), by="mila")
    assert acts(shop) == []


def test_the_second_to_acknowledge_learns_who_was_first(shop):
    desk.acknowledge_review(shop.world, 1, by="mila")
    with pytest.raises(DecisionError, match="acknowledged by mila"):
        desk.acknowledge_review(shop.world, 1, by="noor")
    assert review(shop, "acknowledged_by") == ("mila",)


@pytest.mark.parametrize("approve", [True, False])
def test_dismissing_rejects_what_was_drafted_with_the_same_reason(shop, approve):
    if approve:
        desk.approve_draft(shop.world, 1, by="mila")
    desk.dismiss_review(shop.world, 1, "meant for the shop next door", by="noor")
    assert review(shop, "state", "dismissed_reason") == ("dismissed", "meant for the shop next door")
    assert shop.rows("SELECT state, reason, decided_by FROM draft") == [
        ("rejected", "meant for the shop next door", "noor")
    ]
    assert acts(shop)[-2:] == ["draft.rejected noor", "review.dismissed noor"]
    with pytest.raises(DecisionError, match="dismissed already"):
        desk.dismiss_review(shop.world, 1, "again", by="mila")


def test_a_dismissal_needs_a_reason(shop):
    with pytest.raises(DecisionError, match="say why"):
        desk.dismiss_review(shop.world, 1, " ", by="mila")
    assert review(shop, "state") == ("drafted",)


def test_a_reopened_review_gets_a_new_draft_and_no_second_alert(shop):
    desk.dismiss_review(shop.world, 1, "spam", by="mila")
    told = shop.one("SELECT count(*) FROM event")
    desk.reopen_review(shop.world, 1, by="noor")
    shop.process()
    assert review(shop, "state", "dismissed_at") == ("drafted", None)
    assert shop.rows("SELECT state FROM draft ORDER BY id") == [("rejected",), ("pending",)]
    assert shop.one("SELECT count(*) FROM event") == told
    with pytest.raises(DecisionError, match="is open"):
        desk.reopen_review(shop.world, 1, by="noor")


def test_notes_stay_beside_the_review_and_out_of_the_audit(shop):
    assert desk.add_note(shop.world, 1, " Called her on Monday. ", by="mila") == 1
    with shop.world.database.read() as session:
        assert [(note.by, note.text) for note in timeline.notes_of(session, 1)] == [("mila", "Called her on Monday.")]
        assert audit.verify(session) is None
    assert "Monday" not in str(shop.rows('SELECT "values" FROM audit'))
    for words, said in (("  ", "needs words"), ("x" * 5_001, "too many")):
        with pytest.raises(DecisionError, match=said):
            desk.add_note(shop.world, 1, words, by="mila")


def test_a_review_is_given_into_hands_for_a_while_and_taken_back(shop):
    desk.assign_review(shop.world, 1, "noor", shop.now + timedelta(days=2), by="mila")
    assert review(shop, "assigned_to", "assigned_until") == ("noor", "2026-03-04 13:00:00.000000")
    desk.assign_review(shop.world, 1, None, None, by="mila")
    assert review(shop, "assigned_to", "assigned_until") == (None, None)
    for to, until, said in ((None, None, "nobody's hands"), ("  ", None, "name is needed"), ("noor", NOW, "future")):
        with pytest.raises(DecisionError, match=said):
            desk.assign_review(shop.world, 1, to, until, by="mila")


@pytest.mark.parametrize(
    "act",
    [
        lambda world, number, by: desk.snooze_review(world, number, NOW + timedelta(days=1), by=by),
        lambda world, number, by: desk.acknowledge_review(world, number, by=by),
        lambda world, number, by: desk.dismiss_review(world, number, "spam", by=by),
        lambda world, number, by: desk.reopen_review(world, number, by=by),
        lambda world, number, by: desk.add_note(world, number, "x", by=by),
        lambda world, number, by: desk.assign_review(world, number, "noor", None, by=by),
    ],
)
def test_every_act_needs_a_review_and_somebody_who_acts(shop, act):
    with pytest.raises(DecisionError, match="no review 99"):
        act(shop.world, 99, "mila")
    with pytest.raises(DecisionError, match="who decides"):
        act(shop.world, 1, " ")
    assert acts(shop) == []


def test_giving_a_source_another_name_is_written_down(shop):
    desk.rename_source(shop.world, "shop", "store", by="mila")
    assert acts(shop) == ["source.renamed mila"]


@pytest.mark.parametrize(("thank", "drafts"), [("true", 1), ("false", 0)])
def test_happy_reviews_are_thanked_only_where_that_is_switched_on(stage, board, thank, drafts):
    stage.more = f"[replies]\nthank_positive = {thank}\n"
    stage.source("shop", "changed", board).begin().poll()
    stage.later(hours=1)
    board.show(
        written("happy", NOW + timedelta(minutes=5), "Wonderful pasta and lovely staff, thank you!", 5),
        written("so so", NOW + timedelta(minutes=4), "It was an evening like others.", 3),
    )
    stage.poll()
    assert stage.one("SELECT count(*) FROM draft") == drafts
    assert stage.one("SELECT count(*) FROM review WHERE unhappy") == 0
