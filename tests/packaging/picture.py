"""Make docs/pictures/demo.svg from what `repmon demo` really prints: `python -m tests.packaging.picture`."""

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "demo.svg"
FIRST, LAST = "  Unhappy review", "  │ Reference"
TIMELINE = 14
"""So many lines of the timeline, then the first alert about an unhappy review."""


FROM_ELSEWHERE = re.compile(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", re.DOTALL)
"""Fonts that rich would fetch from another host, and its mark."""


def main() -> None:
    """Run the demo and draw a part of what it says."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "repmon", "demo", "--once", "--dir", folder]
        environment = {**os.environ, "COLUMNS": "80"}
        said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.splitlines()
    timeline = next(number for number, line in enumerate(said) if line.startswith("What happened"))
    alert = next(number for number, line in enumerate(said) if line.startswith(FIRST))
    end = next(number for number, line in enumerate(said) if number > alert and line.startswith(LAST))
    console = Console(record=True, width=84, file=io.StringIO())
    for line in ["$ repmon demo", "", *said[timeline : timeline + TIMELINE], "  …", "", *said[alert - 1 : end + 1]]:
        console.print(Text(line, style="bold" if line.startswith((FIRST, "$", "What")) else ""))
    drawn = console.export_svg(title="repmon demo")
    PICTURE.write_text(FROM_ELSEWHERE.sub("", drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
