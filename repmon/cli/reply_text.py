"""What the check found in a reply, told on a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.text import Text

from repmon.cli.screen import safe_line
from repmon.wording import say

STYLES = {"block": "red", "warn": "yellow"}
_SHOWN = 60


def remarks(text: str, found: Iterable[Mapping[str, Any]]) -> list[Text]:
    """Two lines for each finding: what is wrong and where, and what to do about it."""
    lines: list[Text] = []
    for each in found:
        words = text[each["start"] : each["end"]]
        quoted = safe_line(f"“{words}”", _SHOWN) if words and words != text else ""
        lines += [
            Text.assemble((f"{each['severity']:<5} ", STYLES[each["severity"]]), f"{each['rule']}: ",
                          say(each["code"], each["values"]), " ", quoted),
            Text(f"      {say(each['suggestion'])}", "dim"),
        ]  # fmt: skip
    return lines
