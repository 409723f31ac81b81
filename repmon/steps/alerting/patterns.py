"""Regular expressions of the configuration, tried on strangers' words: in linear time, whatever both are.

RE2 knows no back references and no look-around (https://github.com/google/re2/wiki/Syntax); in return no pattern can
hang. It is loaded where the configuration has a pattern.
"""

from functools import cache
from typing import Protocol

LONGEST = 1000
_MEMORY = 1 << 20
"""Bytes for one compiled pattern; RE2's own limit is eight times that."""


class Compiled(Protocol):
    """What is used of a compiled pattern."""

    def search(self, text: str) -> object:
        """The first match, None for none."""


class PatternError(ValueError):
    """A pattern that RE2 cannot read: `problem` in its words, `place` the character (from 1) where it stops."""

    def __init__(self, problem: str, place: int) -> None:
        super().__init__(problem, place)
        self.problem = problem
        self.place = place


def occurs(pattern: str, text: str) -> bool:
    """Whether the pattern matches anywhere in the text, upper and lower case alike. PatternError."""
    return _compiled(pattern).search(text) is not None


def check_pattern(pattern: str) -> None:
    """PatternError, unless the pattern can be used and asks for something."""
    if len(pattern) > LONGEST:
        raise PatternError(f"longer than {LONGEST} characters", LONGEST + 1)
    if _compiled(pattern).search("") is not None:
        raise PatternError("matches every text", 1)


@cache
def _compiled(pattern: str) -> Compiled:
    import re2  # type: ignore[import-untyped]  # noqa: PLC0415 - it costs memory, and few rules have a pattern

    options = re2.Options()
    options.case_sensitive, options.log_errors, options.max_mem = False, False, _MEMORY
    try:
        compiled: Compiled = re2.compile(pattern, options)
    except re2.error as error:
        raise _explained(pattern, error) from None
    return compiled


def _explained(pattern: str, error: Exception) -> PatternError:
    """RE2 says `what is wrong: the part where it is`."""
    said = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
    problem, _, part = said.partition(": ")
    at = pattern.find(part) if part and part != pattern else len(pattern)
    return PatternError(problem, max(at, 0) + 1)
