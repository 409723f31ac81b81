"""People, their sessions, counts of tries and the record, on both kinds of server."""

from datetime import timedelta

import pytest

from repmon.steps.throttle import PIN, SIGN_IN, Pace, next_try
from repmon.store import audit, keys, sessions, throttle, users
from repmon.store.audit_views import AuditFilter, actions, actors, entries, entries_after
from repmon.store.tables import SessionRow, UserRow
from repmon.store.waiting import waiting
from tests.store.conftest import NOW


@pytest.fixture
def mila(database):
    with database.write() as session:
        return users.add(session, UserRow(name="Mila", role="owner", locations=["a"], created_at=NOW)).id


def started(database, user_id, secret, hours=12):
    with database.write() as session:
        sessions.start(session, SessionRow(
            id=sessions.hashed(secret), user_id=user_id, csrf="c", created_at=NOW, last_seen_at=NOW,
            expires_at=NOW + timedelta(hours=hours),
        ))  # fmt: skip


def test_a_name_is_found_whatever_its_capitals(database, mila):
    with database.read() as session:
        assert users.named(session, "mILA").id == mila
        assert users.named(session, "mil") is None
        assert users.anybody(session)
        assert [row.id for row in users.owners(session)] == [mila]


def test_a_session_is_found_by_its_secret_until_it_expires(database, mila):
    started(database, mila, "secret")
    with database.read() as session:
        row, user = sessions.find(session, "secret", NOW)
        assert (row.csrf, user.name, user.locations) == ("c", "Mila", ["a"])
        assert sessions.find(session, "other", NOW) is None
        assert sessions.find(session, sessions.hashed("secret"), NOW) is None
        assert sessions.find(session, "secret", NOW + timedelta(hours=12)) is None


def test_sessions_end_one_by_one_all_but_one_or_by_age(database, mila):
    for number in range(4):
        started(database, mila, f"s{number}", hours=number + 1)
    with database.write() as session:
        assert not sessions.end(session, sessions.hashed("s0"), user_id=mila + 1)
        assert sessions.end(session, sessions.hashed("s0"), user_id=mila)
        assert sessions.sweep(session, NOW + timedelta(hours=2)) == 1
        assert sessions.end_all(session, mila, but=sessions.hashed("s3")) == 1
        assert [row.id for row in sessions.of_user(session, mila, NOW)] == [sessions.hashed("s3")]


def test_removing_a_person_ends_their_sessions(database, mila):
    started(database, mila, "secret")
    with database.write() as session:
        users.remove(session, users.find(session, mila))
    with database.read() as session:
        assert sessions.find(session, "secret", NOW) is None
        assert not users.anybody(session)


def test_the_key_is_made_once(database):
    with database.write() as session:
        assert keys.signing_key(session) is None
        assert keys.ensure_signing_key(session, "first", NOW) == "first"
    with database.write() as session:
        assert keys.ensure_signing_key(session, "second", NOW) == "first"


def test_tries_are_counted_by_every_name_and_forgiven(database):
    names = ["sign-in/name/x", "sign-in/address/y"]
    with database.write() as session:
        assert [throttle.take_try(session, names, SIGN_IN, NOW) for _ in range(5)] == [None] * 5
        assert throttle.take_try(session, names[:1], SIGN_IN, NOW) == NOW + timedelta(seconds=30)
        assert throttle.take_try(session, ["sign-in/address/y", "new"], SIGN_IN, NOW) is not None
        throttle.forgive(session, names)
        assert throttle.take_try(session, names, SIGN_IN, NOW) is None
        throttle.sweep(session, NOW + timedelta(days=2))
        assert throttle.take_try(session, names, SIGN_IN, NOW) is None


@pytest.mark.parametrize(
    ("tries", "seconds"), [(4, None), (5, 900), (6, 1800), (11, 57_600), (12, 86_400), (400, 86_400)]
)
def test_a_pin_is_guessed_about_once_a_day(tries, seconds):
    expected = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert next_try(tries, NOW, PIN, NOW) == expected


def test_a_wait_that_is_over_is_none():
    pace = Pace(1, timedelta(seconds=10), timedelta(seconds=20))
    assert next_try(1, NOW, pace, NOW + timedelta(seconds=10)) is None
    assert next_try(1, NOW, pace, NOW + timedelta(seconds=9)) is not None


def test_the_record_is_read_from_both_ends(database):
    with database.write() as session:
        for actor, action in (("a", "x.done"), ("b", "y.done"), ("a", "y.done")):
            audit.append(session, action, "x/1", actor=actor, at=NOW)
    with database.read() as session:
        newest = entries(session, AuditFilter(), before=None, limit=2)
        assert [row.actor for row in newest] == ["a", "b"]
        assert [row.action for row in entries(session, AuditFilter(), before=newest[1].id, limit=2)] == ["x.done"]
        assert len(entries(session, AuditFilter("a", "y.done"), before=None, limit=9)) == 1
        assert [row.action for row in entries_after(session, AuditFilter("a"), after=0, limit=9)] == [
            "x.done",
            "y.done",
        ]
        assert (actors(session), actions(session)) == (["a", "b"], ["x.done", "y.done"])


def test_nothing_waits_in_an_empty_desk(database):
    with database.read() as session:
        assert waiting(session, None, NOW) == waiting(session, ["a"], NOW) == waiting(session, [], NOW) == 0
