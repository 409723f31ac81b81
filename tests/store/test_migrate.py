"""Migrations: one schema for code and folder, nothing lost on the way, nothing half done."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from repmon.errors import StoreError
from repmon.store import migrate, views
from repmon.store.database import Database
from repmon.store.migrate import HEAD, MIGRATIONS, ensure_schema, revision
from repmon.store.views import ReviewFilter

NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None
def upgrade():
    with op.batch_alter_table("review") as table:
        table.add_column(sa.Column("mood", sa.String(), nullable=True))
        table.drop_column("dismissed_reason")
    with op.batch_alter_table("source") as table:
        table.alter_column("connector", new_column_name="kind")
    {more}
"""
LONG_AGO = "2026-01-01 00:00:00.000000"
CHILDREN = {
    "source": {
        "id": 1, "name": "shop", "connector": "file", "role": "own", "state": "ok", "added_at": LONG_AGO, "failures": 0,
        "episode": 0, "settings_hash": "", "polls": 0, "polls_ok": 0, "calls": 0,
    },
    "listing": {
        "id": 1, "source_id": 1, "name": "", "added_at": LONG_AGO, "last_finished": 1, "reviews": 1, "cut_depth": 0,
    },
    "review": {
        "id": 1, "source_id": 1, "listing_id": 1, "place": "", "external_id": "a", "kind": "review", "scale": "stars",
        "title": "", "text": "Cold", "translation": "", "author": "", "url": "", "language": "", "missed_sweeps": 0,
        "first_seen_at": LONG_AGO, "content_hash": "h", "version": 1, "history": 0, "state": "open", "unhappy": 0,
        "compound": 0, "raw_score": 0, "score": 0, "conflict": 0, "read_as": "", "step": "done", "attempts": 0,
    },
    "draft": {
        "review_id": 1, "review_version": 1, "state": "pending", "outdated": 0, "version": 1, "text": "Sorry",
        "language": "", "template": "", "variants": "[]", "explanation": "[]", "lint": "[]", "created_at": LONG_AGO,
        "attempts": 0,
    },
}  # fmt: skip
"""Parents and children: a row of each, by table."""


def test_the_code_works_with_the_newest_migration_there_is():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrations_make_exactly_the_tables_of_the_code(database):
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": not_of_the_search}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []


def not_of_the_search(name, _type, _parents):
    """The index of words is no table of the code's: SQLite keeps it in tables, PostgreSQL as an index."""
    return not (name or "").startswith(("review_words", "ix_review_words"))


def test_a_database_made_by_a_newer_repmon_is_refused_and_left_alone(database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer"):
        ensure_schema(database)
    assert revision(database) == "9999"


def test_two_processes_that_migrate_at_once_both_succeed(tmp_path):
    url = f"sqlite:///{tmp_path}/deep/repmon.db"
    errors: list[Exception] = []

    def bring_up() -> None:
        database = Database(url)
        try:
            ensure_schema(database)
        except StoreError as error:
            errors.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=bring_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert revision(Database(url)) == HEAD


@pytest.fixture
def older(tmp_path, sqlite_template):
    """A database full of data at today's revision, and a folder that knows one more."""
    file, folder = tmp_path / "repmon.db", tmp_path / "migrations"
    shutil.copy(sqlite_template, file)
    with sqlite3.connect(file) as connection:
        for table, values in CHILDREN.items():
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    connection.close()
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return file, folder


def upgrade(older, more: str) -> subprocess.CompletedProcess[str]:
    """Run the real way in, with a migrations folder of the test's own."""
    file, folder = older
    (folder / "versions" / "9999_next.py").write_text(NEXT.format(head=HEAD, more=more))
    code = (
        "import pathlib, sys; from repmon.store import migrate;"
        "migrate.MIGRATIONS = pathlib.Path(sys.argv[2]); migrate.upgrade(sys.argv[1])"
    )
    return subprocess.run(
        [sys.executable, "-c", code, f"sqlite:///{file}", str(folder)], capture_output=True, text=True, check=False,
        cwd=Path(migrate.__file__).parents[2],
    )  # fmt: skip


def ask(file, query):
    connection = sqlite3.connect(file)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_rebuilt_table_keeps_its_children(older):
    ran = upgrade(older, "pass")
    assert ran.returncode == 0, ran.stderr
    file = older[0]
    assert ask(file, "SELECT text, mood FROM review") == [("Cold", None)]
    assert ask(file, "SELECT text FROM draft") == [("Sorry",)]
    assert ask(file, "SELECT kind FROM source") == [("file",)]
    assert ask(file, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert ask(file, "PRAGMA foreign_key_check") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "more", ["raise RuntimeError('half way')", "op.execute('DELETE FROM review')\n    raise RuntimeError('half way')",
             "op.execute('DELETE FROM listing')"],
)  # fmt: skip
def test_a_migration_that_fails_or_would_orphan_rows_leaves_the_file_as_it_was(older, more):
    file = older[0]
    before = list(sqlite3.connect(file).iterdump())
    ran = upgrade(older, more)
    assert ran.returncode != 0
    assert list(sqlite3.connect(file).iterdump()) == before


def test_a_failed_migration_is_told_in_one_line(tmp_path):
    file = tmp_path / "repmon.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE review (id INTEGER)")
    connection.close()
    with pytest.raises(StoreError, match="could not be brought to this version") as refused:
        ensure_schema(Database(f"sqlite:///{file}"))
    assert "\n" not in str(refused.value)


def test_what_an_older_repmon_stored_is_brought_forward_and_found(tmp_path):
    file = tmp_path / "repmon.db"
    at_revision(file, "0001")
    with sqlite3.connect(file) as connection:
        for table, values in CHILDREN.items():
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))
        connection.execute("UPDATE review SET written_at = '2025-05-05 05:05:05.000000', text = 'Cold soup'")
    connection.close()
    database = Database(f"sqlite:///{file}")
    ensure_schema(database)
    assert revision(database) == HEAD
    with database.read() as session:
        assert views.review_ids(session, ReviewFilter(search="sou")) == [1]
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET text = 'Warm stew'")
    with database.read() as session:
        assert views.review_ids(session, ReviewFilter(search="soup")) == []
        assert views.review_ids(session, ReviewFilter(search="stew")) == [1]
    database.close()
    assert ask(file, "SELECT at, outcome FROM review") == [("2025-05-05 05:05:05.000000", None)]
    assert ask(file, "SELECT text, asked_at FROM draft") == [("Sorry", None)]


def test_a_table_that_is_copied_stays_searchable(older):
    assert upgrade(older, "pass").returncode == 0
    file = older[0]
    connection = sqlite3.connect(file)
    connection.execute("UPDATE review SET text = 'Lukewarm'")
    connection.commit()
    found = "SELECT rowid FROM review_words WHERE review_words MATCH 'lukewarm'"
    assert connection.execute(found).fetchall() == [(1,)]
    connection.close()


def at_revision(file: Path, number: str) -> None:
    """A database as the repmon of that revision made it."""
    code = (
        "import sys; from alembic import command; from alembic.config import Config; from repmon.store import migrate;"
        "c = Config(); c.set_main_option('script_location', str(migrate.MIGRATIONS));"
        "c.attributes['url'] = sys.argv[1];"
        "command.upgrade(c, sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", code, f"sqlite:///{file}", number], check=True, capture_output=True,
                   cwd=Path(migrate.__file__).parents[2])  # fmt: skip
