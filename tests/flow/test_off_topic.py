"""Mentions of something else: three dismissals, a rule, and quiet from then on; taken back, everything is as before."""

from datetime import timedelta

import pytest

from repmon import desk
from repmon.discover import Found
from repmon.errors import DecisionError
from repmon.store import audit
from repmon.turn.off_topic import proposed
from tests.flow.site import CONNECTORS, Changed, written


class Talk(Changed):
    """A search for mentions."""

    def review(self, item):
        return super().review(item).model_copy(update={"kind": "mention", "rating": None})


@pytest.fixture
def talk(stage, board, monkeypatch):
    """Mentions 1 to 3 are about something else and dismissed as that, 4 is ours; 5 has come since."""
    monkeypatch.setitem(CONNECTORS, "talk", Found("talk", Talk))
    stage.source("talk", "talk", board).begin().poll()
    stage.later(hours=1)
    for name in "abc":
        say(stage, board, name, f"Awful borealis pictures tonight, {name * 5}")
    say(stage, board, "ours", "The soup was cold and the waiter rude.")
    stage.later(minutes=1)
    for number in (1, 2, 3):
        desk.dismiss_off_topic(stage.world, number, by="mila")
    stage.later(minutes=1)
    return stage


@pytest.fixture
def ruled(talk):
    desk.accept_off_topic(talk.world, 1, by="mila")
    return talk


def say(stage, board, name, text, **more):
    board.show(written(name, stage.now - timedelta(seconds=1), text, **more))
    stage.poll()


def state(stage, number):
    return stage.rows("SELECT state, dismissed_reason FROM review WHERE id = ?", number)[0]


def marks(stage):
    return [(one.number, one.source, one.proposal.mark.value, one.kept) for one in proposed(stage.world)]


def acts(stage):
    return [row[0] for row in stage.rows("SELECT action FROM audit ORDER BY id")]


def test_dismissals_propose_what_they_share(talk):
    assert [mark for _number, _source, mark, _kept in marks(talk)] == ["borealis", "pictures", "tonight"]
    assert (1, "talk", "borealis", 1) in marks(talk)


def test_only_mentions_are_off_topic(stage, board):
    stage.source("shop", "changed", board).begin().poll()
    stage.later(hours=1)
    say(stage, board, "a", "borealis")
    with pytest.raises(DecisionError, match="no mention"):
        desk.dismiss_off_topic(stage.world, 1, by="mila")
    assert state(stage, 1)[0] != "dismissed"


def test_what_comes_after_the_last_dismissal_speaks_for_no_word(talk, board):
    say(talk, board, "late", "borealis, awful, pictures, tonight")
    assert (1, "talk", "borealis", 1) in marks(talk)


def test_a_fitting_mention_is_stored_dismissed_and_nobody_is_told(ruled, board):
    events = ruled.events()
    say(ruled, board, "late", "What an awful borealis")
    say(ruled, board, "other", "The pasta was cold and the bill wrong.")
    assert state(ruled, 5) == ("dismissed", "off_topic/1")
    assert state(ruled, 6) == ("drafted", None)
    assert ruled.events() == events + 1
    assert ruled.one("SELECT count(*) FROM draft WHERE review_id = 5") == 0


def test_an_edit_that_fits_as_before_is_told_to_nobody_and_another_one_is(ruled, board):
    say(ruled, board, "late", "What an awful borealis")
    board.change("late", text="What an awful, awful borealis")
    ruled.poll()
    assert ruled.events("review.edited") == 0
    board.change("late", text="The pasta was cold.")
    ruled.poll()
    assert ruled.events("review.edited") == 1


def test_what_a_rule_dismissed_teaches_no_further_rule(ruled, board):
    for name in ("x", "y", "z"):
        say(ruled, board, name, f"borealis comet {name}")
    assert "comet" not in [mark for _number, _source, mark, _kept in marks(ruled)]


def test_a_rule_is_for_its_source_alone(ruled, board):
    ruled.source("other", "talk", board).begin().poll("other")
    assert ruled.one("SELECT count(*) FROM review WHERE source_id = 2 AND state = 'dismissed'") == 0


def test_a_dropped_rule_gives_back_what_it_dismissed_and_its_number_is_never_used_again(ruled, board):
    say(ruled, board, "late", "What an awful borealis")
    assert desk.drop_off_topic(ruled.world, 1, by="noor") == 1
    ruled.process()
    assert state(ruled, 5)[1] is None
    assert state(ruled, 1) == ("dismissed", "off_topic")
    say(ruled, board, "later", "Such an awful borealis")
    assert state(ruled, 6)[1] is None
    assert desk.accept_off_topic(ruled.world, 1, by="noor").number == 2


def test_a_single_mention_is_taken_up_again_by_hand(ruled, board):
    say(ruled, board, "late", "What an awful borealis")
    desk.reopen_review(ruled.world, 5, by="noor")
    ruled.process()
    ruled.poll()
    assert state(ruled, 5)[0] in {"open", "drafted"}


def test_every_act_is_written_down_without_a_word_of_the_mentions(ruled):
    desk.drop_off_topic(ruled.world, 1, by="noor")
    assert acts(ruled) == [*(["draft.rejected", "review.dismissed"] * 3), "off_topic.accepted", "off_topic.dropped"]
    assert "borealis" not in str(ruled.rows("SELECT * FROM audit"))
    with ruled.world.database.read() as session:
        assert audit.verify(session) is None


@pytest.mark.parametrize("act", [desk.accept_off_topic, desk.drop_off_topic])
def test_there_has_to_be_such_a_number_and_somebody_who_acts(talk, act):
    with pytest.raises(DecisionError, match="`repmon off-topic` lists them"):
        act(talk.world, 99, by="mila")
    with pytest.raises(DecisionError, match="who decides"):
        act(talk.world, 1, by=" ")
