"""Sources and what is remembered of them: they follow the configuration, and lose nothing on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from repmon.errors import SourceBusy, SourceChanged, SourceDown, SourceRefused, StoreError
from repmon.review import Review
from repmon.store import events, inbox, outbox, polls, sources
from repmon.store.inbox import Arrival
from repmon.store.tables import EventRow, ListingRow, ReviewRow, TargetRow
from tests.store.conftest import NOW


def configured(name="shop", settings="1", **more):
    return {"name": name, "connector": "file", "location": None, "role": "own", "settings_hash": settings, **more}


def sync(database, *wanted, at=NOW):
    with database.write() as session:
        sources.sync(session, wanted, at)


def row(database, name="shop"):
    with database.read() as session:
        return sources.source_named(session, name)


def settle(database, error, *, at=NOW, failing_after=1):
    with database.write() as session:
        polls.settle(
            session, sources.source_named(session, "shop").id, error, (), failing_after, requests=1, new=0, now=at
        )


def said(database, kind):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind))


def one_review(database, name="shop"):
    with database.write() as session:
        source = sources.source_named(session, name)
        listing = sources.listing_named(session, source.id, "", NOW)
        review = Review(name, "a", text="Cold", written_at=NOW)
        inbox.take_in(session, source.id, listing.id, [Arrival(review, "{}", "h", None, quiet=True)], NOW)


def test_a_source_taken_out_is_retired_and_taken_up_where_it_was(database):
    sync(database, configured(), configured("other"))
    one_review(database)
    sync(database, configured("other"), at=NOW + timedelta(days=1))
    assert (row(database).state, row(database).retired_at) == ("retired", NOW + timedelta(days=1))
    sync(database, configured(), configured("other"), at=NOW + timedelta(days=2))
    back = row(database)
    assert (back.state, back.retired_at, back.added_at) == ("ok", None, NOW)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ReviewRow)) == 1


def test_syncing_twice_changes_nothing(database):
    for _ in range(2):
        sync(database, configured())
    with database.read() as session:
        assert [each.name for each in sources.all_sources(session)] == ["shop"]


def test_a_renamed_source_keeps_its_reviews(database):
    sync(database, configured())
    one_review(database)
    with database.write() as session:
        sources.rename(session, "shop", "centrum")
    sync(database, configured("centrum"))
    with database.read() as session:
        found = session.scalars(select(ReviewRow)).one()
        assert found.source_id == sources.source_named(session, "centrum").id
        assert len(sources.all_sources(session)) == 1


def test_a_source_renamed_in_the_configuration_first_can_still_be_renamed(database):
    sync(database, configured())
    one_review(database)
    sync(database, configured("centrum"))
    with database.write() as session:
        new = sources.source_named(session, "centrum")
        sources.listing_named(session, new.id, "", NOW)
    with database.write() as session:
        sources.rename(session, "shop", "centrum")
    sync(database, configured("centrum"))
    assert row(database, "centrum").state == "ok"
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ListingRow)) == 1


def test_a_source_is_not_renamed_over_one_that_has_reviews(database):
    sync(database, configured(), configured("centrum"))
    one_review(database, "centrum")
    with pytest.raises(StoreError, match="centrum"), database.write() as session:
        sources.rename(session, "shop", "centrum")
    with pytest.raises(StoreError, match="nowhere"), database.write() as session:
        sources.rename(session, "nowhere", "x")


def test_changed_settings_lift_a_pause_and_nothing_else_does(database):
    sync(database, configured())
    settle(database, SourceRefused("login_refused", status=401))
    sync(database, configured())
    assert row(database).state == "paused"
    sync(database, configured(settings="2"))
    assert (row(database).state, row(database).not_before) == ("failing", None)


def test_a_failure_is_said_when_it_has_lasted_as_long_as_asked(database):
    sync(database, configured())
    for number in range(4):
        settle(database, SourceDown("site_ill"), failing_after=3)
        assert said(database, "source.failing") == (1 if number >= 2 else 0)
    settle(database, None)
    assert said(database, "source.recovered") == 1


def test_a_failure_that_was_never_said_needs_no_recovery(database):
    sync(database, configured())
    settle(database, SourceDown("site_ill"), failing_after=3)
    settle(database, None)
    assert said(database, "source.recovered") == 0


def test_a_site_that_changed_is_paused_after_repeats_and_a_wait_is_no_failure(database):
    sync(database, configured())
    for state in ("failing", "failing", "paused"):
        settle(database, SourceChanged("answer_empty"))
        assert row(database).state == state
    settle(database, SourceBusy("too_many_requests", retry_after=60))
    settle(database, None)
    assert said(database, "source.recovered") == 1


def test_stopping_leaves_a_source_as_it_was(database):
    sync(database, configured())
    settle(database, SourceDown("site_ill"))
    for stopped in (SourceDown("stopping"), SourceBusy("stopping")):
        settle(database, stopped)
        assert (row(database).state, row(database).failures) == ("failing", 1)


def test_calls_are_counted_by_the_day(database):
    sync(database, configured())
    settle(database, None)
    with database.read() as session:
        assert polls.calls_left(session, 1, 10, NOW, already=2) == 7
        assert polls.calls_left(session, 1, 10, NOW + timedelta(days=1), already=0) == 10
        assert polls.calls_left(session, 1, None, NOW, already=0) is None


def test_an_event_is_raised_once_for_its_key(database):
    with database.write() as session:
        assert events.raise_event(session, "a", "digest", NOW)
        assert not events.raise_event(session, "a", "digest", NOW)
        assert events.raise_event(session, "b", "digest", NOW)
        assert len(events.unrouted(session, NOW, 10)) == 2


def test_a_target_has_one_row_whatever_channel_names_it(database):
    with database.write() as session:
        for channel in ("owner", "owner", "second"):
            outbox.know_target(session, "k", "json://…", channel)
        assert [each.channel for each in session.scalars(select(TargetRow))] == ["second"]
