"""The chain of decisions: whatever is changed in it, the first broken entry is named. On SQLite and PostgreSQL."""

import threading

import pytest

from repmon.store import audit
from repmon.wording import say
from tests.store.conftest import NOW


@pytest.fixture
def chain(database):
    """Five entries."""
    with database.write() as session:
        for number in range(1, 6):
            audit.append(session, "draft.approved", f"draft/{number}", actor="mila", at=NOW,
                         values={"review": number, "sha256": "ab" * 32, "outdated": False})  # fmt: skip
    return database


def run(database, statement):
    with database.write() as session:
        session.connection().exec_driver_sql(statement)


def broken(database):
    with database.read() as session:
        found = audit.verify(session)
    return found and (found.id, found.code)


def test_a_chain_as_it_was_written_is_whole(chain):
    assert broken(chain) is None
    with chain.read() as session:
        assert audit.head_of(session).count == 5


def test_an_empty_record_is_whole(database):
    assert broken(database) is None


@pytest.mark.parametrize(
    "change",
    ["actor = 'noor'", "action = 'draft.rejected'", "subject = 'draft/9'", "at = '2026-03-01 12:00:01'",
     """"values" = '{"review": 4}'"""],
)  # fmt: skip
def test_a_changed_entry_is_named(chain, change):
    run(chain, f"UPDATE audit SET {change} WHERE id = 3")
    assert broken(chain) == (3, "audit_changed")


def test_a_missing_entry_shows_at_the_one_after_it(chain):
    run(chain, "DELETE FROM audit WHERE id = 3")
    assert broken(chain) == (4, "audit_out_of_line")


def test_a_missing_first_entry_shows(chain):
    run(chain, "DELETE FROM audit WHERE id = 1")
    assert broken(chain) == (2, "audit_out_of_line")


def test_two_entries_in_each_others_place_show(chain):
    for before, after in ((2, 99), (3, 2), (99, 3)):
        run(chain, f"UPDATE audit SET id = {after} WHERE id = {before}")
    assert broken(chain) == (2, "audit_out_of_line")


@pytest.mark.parametrize("gone", ["id = 5", "id > 2", "id > 0"])
def test_entries_gone_from_the_end_show(chain, gone):
    run(chain, f"DELETE FROM audit WHERE {gone}")
    assert broken(chain) == (0, "audit_cut_off")


def test_entries_gone_from_the_end_still_show_after_the_next_one(chain):
    run(chain, "DELETE FROM audit WHERE id = 5")
    with chain.write() as session:
        added = audit.append(session, "draft.posted", "draft/1", actor="mila", at=NOW).id
    assert broken(chain) == (added, "audit_out_of_line")


def test_an_entry_recomputed_with_its_hash_shows_at_the_next(chain):
    with chain.write() as session:
        row = session.get_one(audit.AuditRow, 3)
        row.actor = "noor"
        row.hash = audit._hash(row)
    assert broken(chain) == (4, "audit_out_of_line")


def test_an_entry_added_by_another_hand_shows(chain):
    with chain.write() as session:
        head = audit.head_of(session)
        row = audit.AuditRow(at=NOW, actor="x", action="y", previous=head.hash, hash="")
        row.hash = audit._hash(row)
        session.add(row)
    assert broken(chain) == (0, "audit_added")


def test_the_head_forgotten_shows(chain):
    run(chain, "DELETE FROM fact WHERE name = 'audit.head'")
    assert broken(chain) == (0, "audit_added")


def test_an_act_that_is_undone_leaves_no_entry(chain):
    def act():
        with chain.write() as session:
            audit.append(session, "draft.posted", "draft/1", actor="mila", at=NOW)
            raise RuntimeError("after the entry")

    with pytest.raises(RuntimeError, match="after the entry"):
        act()
    assert broken(chain) is None
    with chain.read() as session:
        assert audit.head_of(session).count == 5


def test_entries_written_at_the_same_time_stand_in_one_line(chain):
    start = threading.Barrier(4)

    def act(name):
        start.wait()
        for number in range(5):
            with chain.write() as session:
                audit.append(session, "draft.edited", f"draft/{number}", actor=name, at=NOW)

    threads = [threading.Thread(target=act, args=(f"p{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken(chain) is None
    with chain.read() as session:
        assert audit.head_of(session).count == 25


def test_the_broken_entry_is_named_in_words(chain):
    run(chain, "UPDATE audit SET actor = 'noor' WHERE id = 3")
    with chain.read() as session:
        found = audit.verify(session)
    assert say(found.code, found.values).startswith("entry 3 (draft.approved draft/3 by noor, 2026-03-01T12:00:00")
