"""What the watch asks the database, on both kinds of server."""

from datetime import timedelta

import pytest

from repmon.steps.alerting.bursts import Span
from repmon.store import events, incidents, pasts, rates, sources, unanswered
from repmon.store.tables import ListingRow, ReviewRow, SourceRow, VersionRow
from tests.store.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def filled(database):
    """Two sources of ours at two places, and a competitor."""
    with database.write() as session:
        for name, role in (("ours", "own"), ("more", "own"), ("theirs", "competitor")):
            session.add(SourceRow(name=name, connector="file", role=role, added_at=NOW - 90 * DAY, settings_hash=""))
        session.flush()
        for row in sources.all_sources(session):
            session.add(ListingRow(source_id=row.id or 0, name="", added_at=NOW))
    return database


def add(session, name, days_ago, source=1, **given):
    known = {"location": "harbour", "unhappy": True, "rating": 1.0, "step": "done", "content_hash": name}
    at = NOW - days_ago * DAY
    row = ReviewRow(source_id=source, listing_id=source, external_id=name, written_at=at, first_seen_at=at, at=at,
                    **{**known, **given})  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def test_reviews_are_counted_by_span_place_and_mood(filled):
    with filled.write() as session:
        add(session, "new", 0.5)
        add(session, "happy", 0.6, unhappy=False)
        add(session, "before", 3)
        add(session, "elsewhere", 0.5, location="centre")
        add(session, "nowhere", 0.5, location=None)
        add(session, "theirs", 0.5, source=3)
        add(session, "mention", 0.5, kind="mention")
    bounds = [(NOW - DAY, NOW), (NOW - 5 * DAY, NOW - DAY), (NOW - 9 * DAY, NOW - 5 * DAY)]
    with filled.read() as session:
        assert rates.spans(session, "harbour", bounds) == [Span(2, 1), Span(1, 1), Span()]
        assert rates.spans(session, None, bounds)[0] == Span(1, 1)


def test_stars_are_counted_by_place_source_and_time(filled):
    with filled.write() as session:
        add(session, "a", 10)
        add(session, "b", 40, rating=5.0)
        add(session, "c", 41, rating=5.0)
        add(session, "d", 10, source=2, rating=4.5)
        add(session, "none", 10, rating=None)
    with filled.read() as session:
        found = rates.stars(session, (NOW - 120 * DAY, NOW - 30 * DAY, NOW))
    assert found == {"harbour": {1: ({5.0: 2}, {1.0: 1}), 2: ({}, {4.5: 1})}}


def test_only_unhappy_understood_news_of_our_own_may_begin_an_incident(filled):
    with filled.write() as session:
        for name, given in {
            "yes": {}, "happy": {"unhappy": False}, "raw": {"step": "understand", "location": "raw"},
            "theirs": {"source": 3, "location": "theirs"}, "told": {"location": "told"},
        }.items():  # fmt: skip
            review = add(session, name, 1, **given)
            events.raise_event(session, f"review.new/{review}", "review.new", NOW, review_id=review)
            if name == "told":
                event = events.unrouted(session, NOW, 100)[-1]
                events.routed(session, event.id or 0, [], NOW)
    with filled.read() as session:
        assert incidents.fresh(session) == {"harbour": NOW - DAY}


def test_one_incident_at_a_time_at_each_place(filled):
    with filled.write() as session:
        assert incidents.begin(session, None, {}, NOW)
        assert incidents.begin(session, "harbour", {}, NOW)
        assert incidents.begin(session, None, {}, NOW) is None
        first = incidents.open_at(session, None)
        assert first is not None
        first.closed_at = NOW
    with filled.write() as session:
        assert incidents.closed_last(session, None) == NOW
        assert incidents.closed_last(session, "harbour") is None
        assert incidents.begin(session, None, {}, NOW)


def test_an_incident_knows_its_reviews_their_topics_and_the_stars_since(filled):
    with filled.write() as session:
        add(session, "old", 20, topics='[["wait","negative",["wait"]]]')
        first = add(session, "a", 2, topics='[["billing","negative",["refund"]],["staff","positive",["kind"]]]')
        second = add(session, "b", 1)
        add(session, "fine", 0.5, unhappy=False, rating=5.0)
    with filled.read() as session:
        held = incidents.members(session, "harbour", NOW - 3 * DAY)
        assert [row.id for row in held] == [second, first]
        assert incidents.blamed(row.topics for row in held) == [frozenset(), {"billing"}]
        assert incidents.earlier_topics(session, "harbour", NOW - 60 * DAY, NOW - 3 * DAY) == [{"wait"}]
        assert incidents.mean_stars(session, "harbour", NOW - 1.5 * DAY) == (2, 3.0)
        assert incidents.mean_stars(session, "harbour", NOW) == (0, None)


def test_who_waits_for_an_answer_and_since_when(filled):
    with filled.write() as session:
        waits = add(session, "waits", 2)
        edited = add(session, "edited", 9, version=2)
        session.add(VersionRow(review_id=edited, version=1, content_hash="", replaced_at=NOW - DAY))
        for name, given in {
            "answered": {"state": "answered"}, "history": {"history": True}, "seen to": {"acknowledged_at": NOW},
            "snoozed": {"snoozed_until": NOW + DAY}, "theirs": {"source": 3}, "happy": {"unhappy": False},
            "half": {"step": "understand"},
        }.items():  # fmt: skip
            add(session, name, 2, **given)
        add(session, "long ago", 30)
        awake = add(session, "awake", 3, snoozed_until=NOW - DAY)
    with filled.read() as session:
        found = {row.id: row.since for row in unanswered.waiting(session, NOW - 10 * DAY, NOW)}
        assert found == {waits: NOW - 2 * DAY, edited: NOW - DAY, awake: NOW - 3 * DAY}


def test_the_pace_of_a_source_is_that_before_its_last_review(filled):
    with filled.write() as session:
        for week in range(10):
            add(session, f"r{week}", 14 + 7 * week)
        add(session, "ancient", 900)
        row = sources.source_named(session, "ours")
        past = pasts.past_of(session, row)
        assert past is not None
        assert (past.reviews, past.weeks, past.last) == (10, 9.0, NOW - 14 * DAY)
        assert pasts.past_of(session, sources.source_named(session, "more")) is None
        assert pasts.well_read(session) == []
        row.first_read_said_at = NOW
        assert [each.name for each in pasts.well_read(session)] == ["ours"]
