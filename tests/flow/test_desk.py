"""What a person decides about a draft: one decision wins, the words approved are the words posted."""

import threading
from datetime import timedelta

import pytest

from repmon import desk
from repmon.errors import DecisionError
from repmon.store import audit
from tests.flow.site import written
from tests.flow.stage import NOW


@pytest.fixture
def drafted(stage, board):
    """One unhappy review, number 1, with a pending draft, number 1."""
    stage.source("shop", "changed", board).begin()
    stage.poll()
    stage.later(hours=1)
    board.show(written("a", NOW + timedelta(minutes=5)))
    stage.poll()
    assert stage.rows("SELECT id, state FROM draft") == [(1, "pending")]
    return stage


def test_approving_keeps_the_hash_of_the_very_bytes(drafted):
    fingerprint = desk.approve_draft(drafted.world, 1, by="mila")
    assert drafted.rows("SELECT state, decided_by, approved_sha256 FROM draft") == [("approved", "mila", fingerprint)]
    assert drafted.one("SELECT action || subject || actor FROM audit") == "draft.approveddraft/1mila"


def test_the_second_to_decide_learns_who_was_first_and_when(drafted):
    desk.approve_draft(drafted.world, 1, by="mila")
    with pytest.raises(DecisionError, match=r"draft 1 was approved by mila on .*2026"):
        desk.approve_draft(drafted.world, 1, by="noor")
    desk.reject_draft(drafted.world, 1, by="noor", reason="too soon")
    with pytest.raises(DecisionError, match="rejected by noor"):
        desk.mark_posted(drafted.world, 1, by="mila")


def approve(world, by):
    desk.approve_draft(world, 1, by=by)


def edit(world, by):
    desk.edit_draft(world, 1, f"Words of {by}.", by=by)


@pytest.mark.parametrize("acts", [[approve] * 6, [edit] * 6])
def test_of_many_who_act_at_once_one_wins(drafted, acts):
    start, won, lost = threading.Barrier(len(acts)), [], []

    def run(name, act):
        start.wait()
        try:
            act(drafted.world, name)
            won.append(name)
        except DecisionError as error:
            lost.append(str(error))

    threads = [threading.Thread(target=run, args=(f"p{n}", act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert [f" by {won[0]} on " in error for error in lost] == [True] * 5
    assert drafted.one("SELECT count(*) FROM audit") == 1


def test_an_edit_is_a_new_draft_and_the_old_words_stay(drafted):
    before = drafted.one("SELECT text FROM draft WHERE id = 1")
    desk.approve_draft(drafted.world, 1, by="mila")
    assert desk.edit_draft(drafted.world, 1, "Sorry about the cold soup.\r\n\r\nMila  ", by="noor") == 2
    rows = drafted.rows("SELECT state, outdated, text, version, parent_id, edited_by FROM draft ORDER BY id")
    assert rows == [
        ("outdated", 0, before, 1, None, None),
        ("pending", 0, "Sorry about the cold soup.\n\nMila", 2, 1, "noor"),
    ]
    with pytest.raises(DecisionError, match=r"edited by noor .* draft 2 is the one"):
        desk.approve_draft(drafted.world, 1, by="mila")


def test_a_persons_words_survive_an_edited_review_and_cannot_be_approved_then(drafted, board):
    desk.edit_draft(drafted.world, 1, "Sorry about the cold soup.", by="noor")
    drafted.later(hours=1)
    board.change("a", text="Still cold, and now it is raining.", edited=drafted.now.isoformat())
    drafted.poll()
    rows = drafted.rows("SELECT state, text FROM draft WHERE id = 2")
    assert rows == [("outdated", "Sorry about the cold soup.")]
    with pytest.raises(DecisionError, match="review was changed"):
        desk.approve_draft(drafted.world, 2, by="mila")
    with pytest.raises(DecisionError, match="draft 3 is"):
        desk.edit_draft(drafted.world, 2, "Sorry about the rain.", by="mila")
    assert desk.edit_draft(drafted.world, 3, "Sorry about the rain and the soup.", by="mila") == 4
    assert drafted.one("SELECT review_version FROM draft WHERE id = 4") == 2


def test_only_approved_words_are_posted_and_only_then_is_the_review_answered(drafted):
    with pytest.raises(DecisionError, match="not been approved"):
        desk.mark_posted(drafted.world, 1, by="mila")
    desk.approve_draft(drafted.world, 1, by="mila")
    assert drafted.one("SELECT state FROM review") == "drafted"
    desk.mark_posted(drafted.world, 1, by="noor")
    assert drafted.rows("SELECT state, posted_by FROM draft") == [("posted", "noor")]
    assert drafted.rows("SELECT state, answered_at IS NOT NULL FROM review") == [("answered", 1)]
    with pytest.raises(DecisionError, match="posted by noor"):
        desk.mark_posted(drafted.world, 1, by="mila")
    with pytest.raises(DecisionError, match="posted by noor"):
        desk.edit_draft(drafted.world, 1, "More words.", by="mila")


def test_words_changed_behind_the_approval_are_not_posted(drafted):
    desk.approve_draft(drafted.world, 1, by="mila")
    with drafted.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE draft SET text = text || '!'")
    with pytest.raises(DecisionError, match="approved again"):
        desk.mark_posted(drafted.world, 1, by="mila")
    with pytest.raises(DecisionError, match="approved again"):
        desk.words_to_post(drafted.world, 1)


def test_what_was_posted_by_hand_before_an_edit_arrived_can_still_be_marked(drafted, board):
    desk.approve_draft(drafted.world, 1, by="mila")
    drafted.later(hours=1)
    board.change("a", text="The soup was cold, twice.", edited=drafted.now.isoformat())
    drafted.poll()
    desk.mark_posted(drafted.world, 1, by="mila")
    assert drafted.rows("SELECT state, outdated FROM draft WHERE id = 1") == [("posted", 1)]
    assert drafted.one("SELECT state FROM review") == "drafted"  # the new version waits for an answer of its own


def test_a_rejected_draft_opens_the_review_and_can_be_taken_up_again(drafted):
    with pytest.raises(DecisionError, match="say why"):
        desk.reject_draft(drafted.world, 1, by="mila", reason=" ")
    desk.reject_draft(drafted.world, 1, by="mila", reason="too stiff")
    assert drafted.rows("SELECT state, reason, decided_by FROM draft") == [("rejected", "too stiff", "mila")]
    assert drafted.one("SELECT state FROM review") == "open"
    assert desk.edit_draft(drafted.world, 1, "Cold soup is no fun, we are sorry.", by="mila") == 2
    assert drafted.one("SELECT state FROM draft WHERE id = 1") == "rejected"
    assert drafted.one("SELECT state FROM review") == "drafted"


def test_what_the_check_blocks_needs_a_written_reason(drafted):
    new = desk.edit_draft(drafted.world, 1, "The soup was cold because you were late. Call 0611 223344.", by="mila")
    with pytest.raises(DecisionError, match="telephone number"):
        desk.approve_draft(drafted.world, new, by="mila")
    assert drafted.one("SELECT state FROM draft WHERE id = ?", new) == "pending"
    desk.approve_draft(drafted.world, new, by="mila", override="our new number, not in the settings yet")
    assert drafted.one("SELECT override FROM draft WHERE id = ?", new) == "our new number, not in the settings yet"
    assert "phone" in drafted.one('SELECT "values" FROM audit ORDER BY id DESC LIMIT 1')


@pytest.mark.parametrize("words", ["Sorry about the \u202esoup.", "So\u200brry.", "Sorry.\U000e0041", "a\x07b"])
def test_hidden_characters_are_refused_and_no_reason_overrides_that(drafted, words):
    with pytest.raises(DecisionError, match="not seen"):
        desk.edit_draft(drafted.world, 1, words, by="mila")
    with drafted.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE draft SET text = 'So\u200brry'")
    with pytest.raises(DecisionError, match="not seen"):
        desk.approve_draft(drafted.world, 1, by="mila", override="I know")


@pytest.mark.parametrize(
    ("words", "said"), [(" \n", "needs words"), ("x" * 20_001, "too long"), (None, "are those of")]
)
def test_words_that_are_no_edit_are_refused(drafted, words, said):
    text = drafted.one("SELECT text FROM draft") if words is None else words
    with pytest.raises(DecisionError, match=said):
        desk.edit_draft(drafted.world, 1, text, by="mila")
    assert drafted.one("SELECT count(*) FROM draft") == 1


def test_a_reply_to_a_review_that_is_gone_is_not_approved(drafted):
    with drafted.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET removed_at = '2026-03-02 12:00:00'")
    with pytest.raises(DecisionError, match="no longer on the site"):
        desk.approve_draft(drafted.world, 1, by="mila")


def test_nobody_and_nothing_are_refused(drafted):
    with pytest.raises(DecisionError, match="no draft 99"):
        desk.approve_draft(drafted.world, 99, by="mila")
    with pytest.raises(DecisionError, match="who decides"):
        desk.approve_draft(drafted.world, 1, by=" ")


def test_everything_that_was_decided_is_one_whole_chain_without_the_words(drafted):
    desk.edit_draft(drafted.world, 1, "Cold soup is no fun, we are sorry.", by="mila")
    desk.approve_draft(drafted.world, 2, by="noor")
    desk.mark_posted(drafted.world, 2, by="noor")
    with drafted.world.database.read() as session:
        assert audit.verify(session) is None
        assert audit.head_of(session).count == 3
    kept = drafted.rows('SELECT actor, action, subject, "values" FROM audit ORDER BY id')
    assert [row[:3] for row in kept] == [
        ("mila", "draft.edited", "draft/1"), ("noor", "draft.approved", "draft/2"), ("noor", "draft.posted", "draft/2"),
    ]  # fmt: skip
    assert "soup" not in str(kept)
