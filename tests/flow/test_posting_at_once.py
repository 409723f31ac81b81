"""Several who act on one reply at once: one posts it, and nobody meddles meanwhile."""

import threading

import pytest

from repmon import desk
from repmon.errors import DecisionError
from repmon.pipeline import post

pytestmark = pytest.mark.both_databases


def draft(stage, column="state"):
    return stage.one(f"SELECT {column} FROM draft WHERE id = 1")


@pytest.mark.parametrize("act", [desk.post_reply, lambda world, _id, by: post(world)])
def test_of_many_that_post_at_once_one_does(approved, profile, act):
    start, lost = threading.Barrier(6), []

    def run():
        start.wait()
        try:
            act(approved.world, 1, by="mila")
        except DecisionError as error:
            lost.append(str(error))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(profile.puts) == 1
    assert draft(approved) == "posted"


def test_while_it_is_being_posted_nobody_can_reject_or_edit_it(approved, profile):
    errors = []

    def meddle():
        for act in (
            lambda: desk.reject_draft(approved.world, 1, by="noor", reason="no"),
            lambda: desk.edit_draft(approved.world, 1, "Other words.", by="noor"),
            lambda: desk.mark_posted(approved.world, 1, by="noor"),
            lambda: desk.dismiss_review(approved.world, 1, "spam", by="noor"),
        ):
            with pytest.raises(DecisionError) as caught:
                act()
            errors.append(caught.value.code)

    profile.on_put = meddle
    assert desk.post_reply(approved.world, 1, by="mila") == "posted"
    assert errors == ["draft_is_posting", "posting_in_hand", "posting_in_hand", "review_posting"]


def test_an_edit_that_arrives_while_it_is_being_posted_marks_it_outdated_and_is_told(approved, profile):
    def edited():
        approved.later(minutes=1)
        profile.add("a", "And the toilets were dirty.", at=approved.now)
        approved.poll()

    profile.on_put = edited
    desk.post_reply(approved.world, 1, by="mila")
    assert approved.rows("SELECT state, outdated FROM draft WHERE id = 1") == [("posted", 1)]
    assert approved.events("reply.outdated") == 1
