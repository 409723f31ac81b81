"""A draft in hand: one at a time, on SQLite and PostgreSQL."""

import threading

import pytest

from repmon.store import decisions
from repmon.store.tables import DraftRow, ListingRow, ReviewRow, SourceRow
from tests.store.conftest import NOW


@pytest.fixture
def drafted(database):
    """A database with one review and its pending draft, number 1."""
    with database.write() as session:
        session.add(SourceRow(id=1, name="survey", connector="file", settings_hash="x", added_at=NOW))
        session.flush()
        session.add(ListingRow(id=1, source_id=1, name="", added_at=NOW))
        session.flush()
        session.add(ReviewRow(id=1, source_id=1, listing_id=1, external_id="a", first_seen_at=NOW, content_hash="h"))
        session.flush()
        session.add(DraftRow(review_id=1, review_version=1, text="Sorry.", created_at=NOW))
    return database


def test_whoever_takes_a_draft_second_sees_what_the_first_did(drafted):
    start, seen = threading.Barrier(4), []

    def act():
        start.wait()
        with drafted.write() as session:
            case = decisions.take(session, 1)
            seen.append((case.draft.state, case.source))
            case.draft.state = "approved"

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [("pending", "survey"), *[("approved", "survey")] * 3]


def test_an_edit_is_a_row_of_its_own_beside_the_old_one(drafted):
    with drafted.write() as session:
        case = decisions.take(session, 1)
        case.draft.state = "outdated"
        new = decisions.add_edited(session, case, "Very sorry.", [], by="mila", now=NOW)
        assert (new.version, new.parent_id, new.state) == (2, 1, "pending")
    with drafted.read() as session:
        assert decisions.edited_from(session, 1).text == "Very sorry."
        assert decisions.undecided_of(session, 1).id == new.id
        assert decisions.look_at(session, 99) is None


def test_recent_replies_are_those_to_others_that_go_out(drafted):
    with drafted.write() as session:
        assert decisions.recent_replies(session, 2, 5) == []
        decisions.take(session, 1).draft.state = "posted"
        session.flush()
        assert decisions.recent_replies(session, 2, 5) == ["Sorry."]
        assert decisions.recent_replies(session, 1, 5) == []
