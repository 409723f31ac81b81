"""`init` and `connect` at a real terminal: what is shown, what is not, and what Ctrl-C leaves behind."""

import os
import pty
import select
import sys
from pathlib import Path

import pytest

PATIENCE = 30.0
CTRL_C = "\x03"


class Terminal:
    """repmon at a terminal, in a folder of its own."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.shown, self._seen = "", 0
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "repmon", *words],
                      {"PATH": os.environ["PATH"], "TERM": "xterm", "COLUMNS": "100", "LC_ALL": "C.UTF-8"})  # fmt: skip

    def answer(self, question: str, said: str, end: str = "\n") -> None:
        """Wait for a question, and type."""
        while question not in self.shown[self._seen :]:
            assert self._read(), f"{question!r} never came: {self.shown}"
        self._seen = len(self.shown)
        os.write(self._terminal, f"{said}{end}".encode())

    def leave(self) -> int:
        """Wait for the end; the exit status."""
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])

    def _read(self) -> bool:
        ready, _writable, _broken = select.select([self._terminal], [], [], PATIENCE)
        assert ready, f"nothing more came: {self.shown}"
        try:
            came = os.read(self._terminal, 4096)
        except OSError:  # Linux says so at the end
            return False
        self.shown += came.decode(errors="replace")
        return bool(came)


@pytest.fixture
def begun(tmp_path):
    """`init`, up to the first source."""
    terminal = Terminal(tmp_path, "init")
    for question in ("Name of the business", "Trade", "Time zone", "Languages", "reaches you", "Name under"):
        terminal.answer(question, "")
    return terminal


def test_a_key_is_not_shown_and_ctrl_c_after_it_leaves_nothing_behind(begun, tmp_path):
    begun.answer("First source", "judgeme")
    begun.answer("shop_domain", "shop.example")
    begun.answer("api_token", "a-key-nobody-may-see")
    begun.answer("mail_reviewer", CTRL_C, "")
    assert begun.leave() == 1
    assert "Stopped. Nothing was written." in begun.shown
    assert "a-key-nobody" not in begun.shown
    assert list(tmp_path.iterdir()) == []


def test_a_pasted_key_of_several_lines_spills_into_no_other_question(begun, tmp_path):
    begun.answer("First source", "app_store_connect")
    begun.answer("app_id", "123456")
    begun.answer("key_id", "ABCDEFGHIJ")
    begun.answer("private_key", "-----BEGIN PRIVATE KEY-----\nAAAABBBB\nCCCC\n-----END PRIVATE KEY-----")
    begun.answer("put it into a file", "")
    begun.answer("private_key", CTRL_C, "")
    assert begun.leave() == 1
    assert "AAAABBBB" not in begun.shown
    assert list(tmp_path.iterdir()) == []


def test_the_questions_end_in_a_file_that_names_what_to_do_next(begun, tmp_path):
    (tmp_path / "reviews.csv").write_text("id,text,rating\n1,Good,5\n")
    begun.answer("First source", "file")
    begun.answer("path", "reviews.csv")
    begun.answer("Set any of these too", "")
    begun.answer("It answers: 1 review read.", "")
    begun.answer("Address for alerts", "")
    assert begun.leave() == 0
    assert "check --online" in begun.shown
    assert (tmp_path / "config.toml").exists()
