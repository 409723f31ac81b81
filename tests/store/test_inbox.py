"""Taking reviews in: each once, edits with their past, the gone ones only when surely gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from repmon.review import OwnerReply, Review
from repmon.store import drafts, inbox, missing, reviews, search, sources
from repmon.store.inbox import Arrival
from repmon.store.tables import DraftRow, EventRow, ReviewRow, TombstoneRow, VersionRow
from tests.store.conftest import NOW


@pytest.fixture
def shop(database):
    """A source with one listing: what arrivals belong to."""
    with database.write() as session:
        sources.sync(
            session, [{"name": "shop", "connector": "file", "location": None, "role": "own", "settings_hash": ""}], NOW
        )
        source = sources.source_named(session, "shop")
        listing = sources.listing_named(session, source.id, "", NOW)
    return database, source.id, listing.id


def arrival(name="a", text="Cold soup", rating=1.0, *, quiet=False, **more):
    review = Review("shop", name, text=text, rating=rating, given=rating, written_at=NOW, **more)
    return Arrival(review, raw="{}", content_hash=f"{text}/{rating}", location=None, quiet=quiet)


def take(shop, *arrivals, at=NOW):
    database, source_id, listing_id = shop
    with database.write() as session:
        return inbox.take_in(session, source_id, listing_id, arrivals, at)


def count(shop, row, *conditions):
    with shop[0].read() as session:
        return session.scalar(select(func.count()).select_from(row).where(*conditions))


def test_a_review_seen_twice_is_stored_once_and_raises_one_event(shop):
    assert take(shop, arrival()) == ["new"]
    assert take(shop, arrival()) == ["known"]
    assert count(shop, ReviewRow) == 1
    assert count(shop, EventRow) == 1


def test_the_same_id_at_two_places_is_two_reviews(shop):
    assert take(shop, arrival(place="north"), arrival(place="south")) == ["new", "new"]
    assert count(shop, ReviewRow) == 2


def test_history_is_stored_without_an_event(shop):
    assert take(shop, arrival(quiet=True)) == ["new"]
    assert count(shop, EventRow) == 0
    assert count(shop, ReviewRow, ReviewRow.history) == 1


def test_an_edit_keeps_what_was_said_before_and_waits_to_be_understood_again(shop):
    take(shop, arrival())
    with shop[0].write() as session:
        reviews.step_done(session, 1)
    mended = arrival(text="They called me and made it right", rating=4.0)
    assert take(shop, mended, at=NOW + timedelta(days=1)) == ["edited"]
    with shop[0].read() as session:
        row = session.get(ReviewRow, 1)
        before = session.scalars(select(VersionRow)).one()
        event = session.scalars(select(EventRow).where(EventRow.kind == "review.edited")).one()
    assert (row.version, row.rating, row.step) == (2, 4.0, "understand")
    assert (before.version, before.rating, before.text) == (1, 1.0, "Cold soup")
    assert (event.values["old_rating"], event.values["new_rating"]) == (1.0, 4.0)


def test_an_edit_makes_an_open_draft_outdated_and_leaves_its_text_alone(shop):
    take(shop, arrival())
    with shop[0].write() as session:
        drafts.add_draft(session, 1, 1, {"text": "We are sorry.", "language": "en"}, NOW)
    take(shop, arrival(text="Now it is fine", rating=4.0))
    with shop[0].read() as session:
        draft = session.scalars(select(DraftRow)).one()
    assert (draft.state, draft.outdated, draft.text) == ("outdated", True, "We are sorry.")


def test_a_posted_draft_stays_posted_when_the_review_is_edited_and_says_so(shop):
    take(shop, arrival())
    with shop[0].write() as session:
        drafts.add_draft(session, 1, 1, {"text": "We are sorry.", "language": "en"}, NOW)
        session.get(DraftRow, 1).state = "posted"
    take(shop, arrival(text="Edited", rating=2.0))
    with shop[0].read() as session:
        draft = session.get(DraftRow, 1)
    assert (draft.state, draft.outdated) == ("posted", True)


def test_a_review_has_at_most_one_undecided_draft(shop):
    take(shop, arrival())
    with shop[0].write() as session:
        assert drafts.add_draft(session, 1, 1, {"text": "One", "language": "en"}, NOW)
    with shop[0].write() as session:
        assert not drafts.add_draft(session, 1, 1, {"text": "Two", "language": "en"}, NOW)


def test_an_owner_reply_on_the_site_answers_the_review(shop):
    take(shop, arrival())
    answered = arrival()
    answered = replace(answered, review=replace(answered.review, reply=OwnerReply("Thank you", NOW, "APPROVED")))
    assert take(shop, answered) == ["known"]
    with shop[0].read() as session:
        row = session.get(ReviewRow, 1)
    assert (row.state, row.reply_text, row.reply_state) == ("answered", "Thank you", "APPROVED")


def test_a_review_is_removed_after_three_sweeps_without_it_and_not_before(shop):
    take(shop, arrival("a"), arrival("b"))
    gone = []
    for day in range(3):
        with shop[0].write() as session:
            gone.append(missing.note_missing(session, shop[2], [("", "b")], NOW + timedelta(days=day)))
    assert gone == [0, 0, 1]
    assert count(shop, EventRow, EventRow.kind == "review.removed") == 1
    assert count(shop, ReviewRow, ReviewRow.removed_at.is_not(None)) == 1


def test_a_review_that_comes_back_is_no_longer_missing(shop):
    take(shop, arrival())
    with shop[0].write() as session:
        missing.note_missing(session, shop[2], [], NOW)
        missing.note_missing(session, shop[2], [], NOW)
    take(shop, arrival())
    with shop[0].write() as session:
        assert missing.note_missing(session, shop[2], [], NOW) == 0


def test_an_erased_review_is_never_taken_in_again(shop):
    take(shop, arrival())
    with shop[0].write() as session:
        session.delete(session.get(ReviewRow, 1))
        session.add(TombstoneRow(source_id=shop[1], identity=inbox.grave(("", "a")), erased_at=NOW))
    assert take(shop, arrival()) == ["erased"]
    assert count(shop, ReviewRow) == 0


def test_a_page_of_many_new_reviews_can_be_searched_edited_and_erased_like_any_other(shop):
    database, *_rest = shop
    names = [f"n{number:03}" for number in range(3 * search.MANY)]
    assert take(shop, *(arrival(name, text=f"Cold soup {name}") for name in names)) == ["new"] * len(names)
    assert take(shop, arrival("n003", text="Warm soup n003")) == ["edited"]
    assert take(shop, arrival("alone", text="Alone at last")) == ["new"]
    with database.write() as session:
        session.connection().execute(search.REVIEW.delete().where(search.REVIEW.c.external_id == "n004"))
    for words, found in (("cold", len(names) - 2), ("n003", 1), ("n004", 0), ("n149", 1), ("alone", 1)):
        assert count(shop, ReviewRow, search.matching(Session(database.engine), words)) == found
    if database.is_sqlite:
        with database.write() as session:
            session.connection().exec_driver_sql("INSERT INTO review_words(review_words) VALUES ('integrity-check')")
