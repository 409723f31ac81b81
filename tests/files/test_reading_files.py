"""Files are read whole, finished and from their own folder, or there is a reason."""

import os
from inspect import signature

import pytest

from repmon.connector import Files
from repmon.errors import SourceDown, SourceRefused
from repmon.files import FileRead
from repmon.http import Unchanged


@pytest.fixture
def exports(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in ("b.csv", "a.csv", ".hidden", "c.csv.part", "d.tmp", "e.csv~"):
        (folder / name).write_text(name)
    (folder / "older").mkdir()
    return folder


def test_a_file_is_read_by_its_path_from_the_configuration(tmp_path, exports):
    files = FileRead(tmp_path)
    assert files.names("exports/a.csv") == ["exports/a.csv"]
    assert files.read("exports/a.csv") == b"a.csv"


def test_an_absolute_path_is_read_as_it_is(tmp_path, exports):
    files = FileRead(tmp_path / "elsewhere")
    assert [files.read(name) for name in files.names(str(exports))] == [b"a.csv", b"b.csv"]


def test_a_folder_gives_its_finished_files_by_name(tmp_path, exports):
    assert FileRead(tmp_path).names("exports") == ["exports/a.csv", "exports/b.csv"]


@pytest.mark.parametrize("path", ["nowhere", "nowhere/x.csv", "exports/a.csv/x"])
def test_a_missing_path_is_refused_by_name(tmp_path, exports, path):
    for door in (FileRead(tmp_path).names, FileRead(tmp_path).read):
        with pytest.raises(SourceRefused) as caught:
            door(path)
        assert caught.value.code == "path_missing"
        assert path in str(caught.value)


def test_a_file_that_vanishes_after_it_was_listed_is_only_gone_for_now(tmp_path, exports):
    files = FileRead(tmp_path)
    files.names("exports")
    (exports / "a.csv").unlink()
    with pytest.raises(SourceDown):
        files.read("exports/a.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_we_may_not_read_is_refused(tmp_path, exports):
    (exports / "a.csv").chmod(0)
    with pytest.raises(SourceRefused):
        FileRead(tmp_path).read("exports/a.csv")


def test_a_link_out_of_its_folder_is_refused(tmp_path, exports):
    (tmp_path / "secret").write_text("hush")
    (exports / "z.csv").symlink_to(tmp_path / "secret")
    files = FileRead(tmp_path)
    assert files.names("exports")[-1] == "exports/z.csv"
    with pytest.raises(SourceRefused, match="leads out"):
        files.read("exports/z.csv")


def test_a_link_within_its_folder_is_followed(tmp_path, exports):
    (exports / "latest.csv").symlink_to("b.csv")
    assert FileRead(tmp_path).read("exports/latest.csv") == b"b.csv"


def test_a_circle_of_links_is_down_and_not_a_crash(tmp_path, exports):
    (exports / "x").symlink_to("y")
    (exports / "y").symlink_to("x")
    with pytest.raises(SourceDown):
        FileRead(tmp_path).read("exports/x")


def test_what_is_no_regular_file_is_refused_and_does_not_hang(tmp_path, exports):
    os.mkfifo(exports / "pipe")
    assert "exports/pipe" not in FileRead(tmp_path).names("exports")
    with pytest.raises(SourceRefused):
        FileRead(tmp_path).read("exports/pipe")
    with pytest.raises((SourceRefused, SourceDown)):
        FileRead(tmp_path).read("exports/older")


def test_a_file_over_the_cap_is_refused_and_one_at_the_cap_is_read(tmp_path):
    (tmp_path / "r.csv").write_bytes(b"x" * 100)
    assert len(FileRead(tmp_path, max_bytes=100).read("r.csv")) == 100
    with pytest.raises(SourceRefused, match="larger than 99 bytes"):
        FileRead(tmp_path, max_bytes=99).read("r.csv")


def read_all(tmp_path, known=None):
    files = FileRead(tmp_path, known)
    for name in files.names("exports"):
        files.read(name)
    return files


def test_an_unchanged_folder_is_not_read_again(tmp_path, exports):
    known = read_all(tmp_path).validators
    assert set(known) == {"exports/a.csv", "exports/b.csv"}
    files = FileRead(tmp_path, known)
    with pytest.raises(Unchanged):
        files.names("exports")
    assert files.validators == known


@pytest.mark.parametrize("change", ["edited", "added", "removed", "touched"])
def test_one_changed_file_makes_the_whole_folder_worth_reading(tmp_path, exports, change):
    known = read_all(tmp_path).validators
    if change == "edited":
        (exports / "b.csv").write_text("more than before")
    elif change == "added":
        (exports / "n.csv").write_text("new")
    elif change == "removed":
        (exports / "b.csv").unlink()
    else:
        os.utime(exports / "b.csv", (1, 1))
    files = read_all(tmp_path, known)
    assert files.validators != known


def test_a_file_asked_for_on_its_own_may_be_unchanged(tmp_path, exports):
    first = FileRead(tmp_path)
    first.read("exports/a.csv")
    with pytest.raises(Unchanged):
        FileRead(tmp_path, first.validators).read("exports/a.csv")
    (exports / "a.csv").write_text("changed")
    assert FileRead(tmp_path, first.validators).read("exports/a.csv") == b"changed"


@pytest.mark.parametrize("name", ["names", "read", "note"])
def test_reading_files_is_what_connectors_are_promised(name):
    theirs, ours = (signature(getattr(one, name)) for one in (Files, FileRead))
    assert ours == theirs


def test_notes_are_kept_and_no_requests_are_made(tmp_path):
    files = FileRead(tmp_path)
    files.note("line_unfinished", line=9)
    assert (files.notes, files.requests) == ([("line_unfinished", {"line": 9})], 0)
