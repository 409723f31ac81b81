"""Trouble of the machine: a full disk, a database that cannot be written, a port that is taken."""

import ctypes
import resource
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.flow.daemons import HEAD, Place

DROP_FROM_BOUNDING_SET, MAY_WRITE_ANYTHING = 24, 1
"""prctl(2) PR_CAPBSET_DROP and capabilities(7) CAP_DAC_OVERRIDE: without it, root obeys the modes of files too."""


class Disk:
    """Where a database lies, and how to leave it no room, and to give it back."""

    def __init__(self, folder: Path, fill: Callable[[int], None], free: Callable[[int], None], code: str) -> None:
        self.folder, self.fill, self.free, self.code = folder, fill, free, code


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Disk]:
    """A tiny file system where we may mount one; else a limit on the size of files, which looks much the same."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode == 0:
        ballast = folder / "ballast"
        yield Disk(folder, lambda _pid: _fill(ballast), lambda _pid: ballast.unlink(), "disk_full")
        subprocess.run(["umount", "-l", folder], check=True)
    else:
        yield Disk(folder, _limit(0), _limit(resource.RLIM_INFINITY), "disk_error")


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            return


def _limit(size: int) -> Callable[[int], None]:
    return lambda pid: resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.slow
def test_a_full_disk_is_said_and_work_goes_on_when_there_is_room(small_disk, tmp_path, migrated, site, sink):
    place = Place(tmp_path)
    (small_disk.folder / "repmon.db").write_bytes(migrated.read_bytes())
    place.write(site.source(), sink.channel(), f'\n[storage]\nurl = "sqlite:///{small_disk.folder}/repmon.db"\n')
    with place.begin() as daemon:
        daemon.until_polled()
        small_disk.fill(daemon.popen.pid)
        site.add("a", "The soup was cold. " * 400)
        daemon.until(lambda: daemon.health().status_code == 503)
        shown = daemon.health().json()
        assert (shown["status"], shown["database"], shown["problems"]) == ("failing", small_disk.code, ["database"])
        small_disk.free(daemon.popen.pid)
        daemon.until(lambda: sink.count("soup was cold"))
        daemon.until(lambda: daemon.health().status_code == 200)
        daemon.until(lambda: daemon.events("the database works again"))
        said = daemon.events("the database refuses")
        assert said[0]["code"] == small_disk.code
        assert len(said) == 1, "once is enough"
        assert daemon.stop() == 0
    assert sink.count("soup was cold") == 1


def _obey_modes() -> None:
    ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, MAY_WRITE_ANYTHING, 0, 0, 0)


@pytest.mark.parametrize(("what", "mode"), [("repmon.db", 0o444), (".", 0o555)])
def test_a_database_that_cannot_be_written_is_refused_in_one_clear_line(tmp_path, migrated, site, sink, what, mode):
    place = Place(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "repmon.db").write_bytes(migrated.read_bytes())
    (folder / what).chmod(mode)
    place.write(site.source(), sink.channel(), '\n[storage]\nurl = "sqlite:///data/repmon.db"\n')
    with place.begin(before=_obey_modes) as daemon:
        assert daemon.wait() == 1
        assert "read-only" in daemon.log
        assert len(daemon.log.splitlines()) == 1
    folder.chmod(0o755)


@pytest.mark.slow
def test_a_taken_health_port_is_a_warning(place, site, sink):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        place.write(site.source(), sink.channel(), head=HEAD.replace("127.0.0.1:0", address))
        with place.begin() as daemon:
            daemon.until_polled()
            warned = daemon.events("no health page: its address cannot be used")
            assert [each["listen"] for each in warned] == [address]
            assert daemon.stop() == 0
