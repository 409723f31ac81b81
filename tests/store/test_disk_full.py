"""A full disk: said plainly, nothing half written, and it goes on when there is room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from repmon.errors import StoreError
from repmon.store import memory
from repmon.store.database import Database
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


FILL = """
import sys, resource
from datetime import UTC, datetime
from repmon.errors import StoreError
from repmon.store import memory
from repmon.store.database import Database
database = Database(sys.argv[1])
def write(value):
    with database.write() as session:
        memory.remember(session, "a", value, datetime.now(UTC))
        memory.remember(session, "b", value, datetime.now(UTC))
write("kept")
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
try:
    write("x" * 1_000_000)
except StoreError as error:
    print(error.code)
with database.read() as session:
    print(memory.recall(session, "a").value, memory.recall(session, "b").value)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
write("y" * 1_000_000)
with database.read() as session:
    print(len(memory.recall(session, "b").value))
"""


def test_a_full_disk_is_said_plainly_leaves_nothing_half_written_and_heals(file):
    ran = subprocess.run(
        [sys.executable, "-c", FILL, f"sqlite:///{file}"], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert ran.stdout.split() in (["disk_error", "kept", "kept", "1000000"], ["disk_full", "kept", "kept", "1000000"])


@pytest.fixture
def small_disk(tmp_path):
    """A file system of two megabytes, where the machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets us mount nothing")
    yield folder
    subprocess.run(["umount", folder], check=False, capture_output=True)


def test_a_full_file_system_is_said_plainly_and_heals(small_disk, sqlite_template):
    file = small_disk / "repmon.db"
    file.write_bytes(sqlite_template.read_bytes())
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    database = Database(f"sqlite:///{file}")
    remember(database, "kept")
    with pytest.raises(StoreError, match="disk is full"):
        remember(database, "x" * 3_000_000)
    assert recalled(database) == "kept"
    ballast.unlink()
    remember(database, "y" * 200_000)
    assert len(recalled(database)) == 200_000
    database.close()
