"""Rules about off-topic mentions, and the mentions they are learned from, on every database."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from repmon.review import Review
from repmon.steps.off_topic import Mark
from repmon.store import inbox, off_topic, sources
from repmon.store.inbox import Arrival
from repmon.store.tables import ReviewRow
from tests.store.conftest import NOW

COMET, LINK = Mark("word", "comet"), Mark("domain", "lights.example")


@pytest.fixture
def talk(database):
    with database.write() as session:
        columns = {"connector": "feed", "location": None, "role": "own", "settings_hash": ""}
        sources.sync(session, [{"name": "talk", **columns}], NOW)
        source = sources.source_named(session, "talk")
        listing = sources.listing_named(session, source.id, "", NOW)
    return database, source.id, listing.id


def take(session, talk, *names, text="a comet", at=NOW, **more):
    arrivals = [Arrival(Review("talk", name, kind="mention", text=text), "{}", name, None, **{"quiet": False, **more})
                for name in names]  # fmt: skip
    return inbox.take_in(session, talk[1], talk[2], arrivals, at)


def dismiss(session, *names, reason="off_topic"):
    values = {"state": "dismissed", "dismissed_at": NOW, "dismissed_reason": reason}
    session.connection().execute(update(ReviewRow).where(ReviewRow.external_id.in_(names)).values(**values))


def numbers(rows):
    return sorted(row.id for row in rows)


def test_rules_are_kept_in_order_and_numbers_given_once(talk):
    database, source, _ = talk
    with database.write() as session:
        first, second = (off_topic.add(session, source, mark, 1, NOW) for mark in (COMET, LINK))
        assert off_topic.rules(session) == [first, second]
        assert off_topic.drop(session, second.number, NOW) == second
        assert off_topic.drop(session, second.number, NOW) is None
        assert off_topic.add(session, source, LINK, 1, NOW).number == 3


def test_a_page_is_stored_with_the_fitting_mentions_dismissed_and_given_back_by_their_rule(talk):
    database, source, _ = talk
    with database.write() as session:
        rule = off_topic.add(session, source, COMET, 1, NOW)
        assert take(session, talk, "a", "b") == ["new", "new"]
        assert take(session, talk, "c", text="pasta") == ["new"]
    with database.write() as session:
        states = [(row.state, row.dismissed_reason) for row in (session.get(ReviewRow, n) for n in (1, 2, 3))]
        assert states == [("dismissed", "off_topic/1"), ("dismissed", "off_topic/1"), ("open", None)]
        assert off_topic.reopen_dismissed_by(session, rule) == 2


def test_people_dismiss_keep_or_have_not_judged(talk):
    database, source, _ = talk
    with database.write() as session:
        take(session, talk, "a", "b", "by rule", "kept", text="pasta")
        take(session, talk, "history", text="pasta", quiet=True)
        take(session, talk, "later", text="pasta", at=NOW + timedelta(minutes=1))
        dismiss(session, "a", "b")
        dismiss(session, "by rule", reason="off_topic/1")
        assert numbers(off_topic.dismissed(session, source)) == [1, 2]
        assert numbers(off_topic.kept(session, source)) == [4]
        assert off_topic.sources_with_dismissals(session, 2) == [source]
        assert off_topic.sources_with_dismissals(session, 3) == []


def test_reviews_are_never_dismissed_by_a_rule(talk):
    database, source, _ = talk
    with database.write() as session:
        off_topic.add(session, source, COMET, 1, NOW)
        both = [Review("talk", "a", text="comet"), Review("talk", "b", kind="mention", text="comet")]
        assert off_topic.reasons_to_dismiss(session, source, both) == [None, "off_topic/1"]
        assert off_topic.reasons_to_dismiss(session, source + 1, both) == [None, None]
