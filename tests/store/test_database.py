"""The database: durable, one writer at a time, and plain words when it refuses."""

import multiprocessing
import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from repmon.errors import StoreError
from repmon.store import memory
from repmon.store.database import Database
from repmon.store.lock import writer_lock
from tests.store.conftest import NOW


@pytest.fixture
def file(tmp_path, sqlite_template):
    """A migrated SQLite file."""
    path = tmp_path / "repmon.db"
    path.write_bytes(sqlite_template.read_bytes())
    return path


def remember(database, value):
    with database.write() as session:
        memory.remember(session, "a", value, NOW)


def recalled(database):
    with database.read() as session:
        fact = memory.recall(session, "a")
    return fact.value if fact else None


def test_every_connection_is_durable_and_none_checkpoints_by_itself(file):
    database = Database(f"sqlite:///{file}")
    wanted = {
        "synchronous": 2,
        "foreign_keys": 1,
        "wal_autocheckpoint": 0,
        "journal_mode": "wal",
        "busy_timeout": 10_000,
    }
    connections = [database.engine.connect() for _ in range(6)]
    for connection in connections:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
        connection.close()
    database.close()


def test_what_fails_half_way_is_not_written(database):
    def half() -> None:
        with database.write() as session:
            memory.remember(session, "a", "1", NOW)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own, two lines above
        half()
    assert recalled(database) is None


def test_threads_that_read_then_write_are_never_locked_out_and_lose_nothing(database):
    remember(database, "0")

    def add() -> None:
        for _ in range(10):
            with database.write() as session:
                if not database.is_sqlite:
                    session.connection().execute(text("SELECT pg_advisory_xact_lock(1)"))
                number = int(memory.recall(session, "a").value)
                memory.remember(session, "a", str(number + 1), NOW)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert recalled(database) == "40"


def _add(url: str, times: int) -> None:
    database = Database(url)
    for _ in range(times):
        with database.write() as session:
            memory.remember(session, "a", str(int(memory.recall(session, "a").value) + 1), NOW)
    database.close()


def test_processes_that_read_then_write_are_never_locked_out_and_lose_nothing(file):
    url = f"sqlite:///{file}"
    database = Database(url)
    remember(database, "0")
    database.close()
    processes = [multiprocessing.get_context("fork").Process(target=_add, args=(url, 15)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert recalled(Database(url)) == "45"


def test_a_look_does_not_wait_for_a_writer(file):
    database = Database(f"sqlite:///{file}")
    remember(database, "1")
    with database.write() as session:
        memory.remember(session, "a", "2", NOW)
        assert recalled(database) == "1"
    assert recalled(database) == "2"
    database.close()


def test_a_checkpoint_empties_the_log(file):
    database = Database(f"sqlite:///{file}")
    remember(database, "1")
    log = file.with_name("repmon.db-wal")
    assert log.stat().st_size
    database.checkpoint()
    assert log.stat().st_size == 0
    database.close()


def test_a_database_that_may_only_be_read_says_so(file):
    database = Database(f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises(StoreError, match="read-only"):
        remember(database, "1")
    assert recalled(database) is None
    database.close()


def test_a_file_that_is_no_database_is_named_damaged_and_left_alone(tmp_path):
    file = tmp_path / "repmon.db"
    file.write_bytes(b"not a database at all" * 500)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        remember(Database(f"sqlite:///{file}"), "1")
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        remember(Database(f"sqlite:///{tmp_path}/none/repmon.db"), "1")
    with pytest.raises(StoreError), writer_lock(Database(f"sqlite:///{tmp_path}/none/repmon.db")):
        pass


def test_a_database_in_memory_is_refused():
    with pytest.raises(StoreError, match="must name a file"):
        Database("sqlite://")


def test_a_server_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        remember(Database(f"postgresql+psycopg://repmon@/repmon?host={tmp_path}"), "1")


def test_facts_are_remembered_by_name_with_their_time(database):
    remember(database, "1")
    with database.write() as session:
        memory.remember(session, "a", "2", NOW + timedelta(days=1))
    with database.read() as session:
        assert memory.recall(session, "a") == memory.Fact("2", NOW + timedelta(days=1))
        assert memory.recall(session, "b") is None
