"""The writer's lock: one daemon a database, and free as soon as its holder is gone."""

import multiprocessing
import os
import signal
import time

import pytest

from repmon.errors import StoreError
from repmon.store.database import Database
from repmon.store.lock import writer_lock


def test_a_second_daemon_is_refused_and_told_who_runs(database):
    with writer_lock(database), pytest.raises(StoreError) as refused:
        _lock_elsewhere(database)
    assert refused.value.code == "already_running"
    if database.is_sqlite:
        assert refused.value.values["pid"] == str(os.getpid())


def test_the_lock_is_free_when_its_holder_is_done_though_it_goes_on(database):
    with writer_lock(database):
        pass
    _lock_elsewhere(database)


def _lock_elsewhere(database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    try:
        with writer_lock(other):
            pass
    finally:
        other.close()


def _hold(url: str, held) -> None:
    with writer_lock(Database(url)):
        held.set()
        time.sleep(60)


def test_the_lock_ends_with_its_holder_however_that_dies(database):
    url = database.url.render_as_string(hide_password=False)
    held = multiprocessing.get_context("fork").Event()
    process = multiprocessing.get_context("fork").Process(target=_hold, args=(url, held))
    process.start()
    assert held.wait(20)
    with pytest.raises(StoreError):
        _lock_elsewhere(database)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    deadline = time.monotonic() + 20
    while True:  # a server notices a moment later
        try:
            _lock_elsewhere(database)
        except StoreError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return
