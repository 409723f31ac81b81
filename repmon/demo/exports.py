"""The files that the invented sources hand out, as they are at one moment: JSON Lines, CSV, and a folder of notes."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from repmon.demo.story import Entry, Story

REVIEW_SITE, SURVEY, PAGE = "review-site.jsonl", "survey.csv", "guestbook/page-{:02}.csv"


def hand_out(story: Story, source: str, at: datetime, folder: Path) -> None:
    """Write what one source shows at a moment."""
    shown = story.shown(source, at)
    if source == "review-site":
        lines = [_line(number, entry, at) for number, entry in enumerate(shown, 1)]
        _replace(folder / REVIEW_SITE, "".join(f"{line}\n" for line in reversed(lines)))
    elif source == "survey":
        _replace(folder / SURVEY, _survey(shown, story, renamed=at == story.renamed))
    else:
        (folder / PAGE).parent.mkdir(exist_ok=True)
        typed = groupby(shown, lambda entry: entry.shown_at)
        for number, (_at, notes) in enumerate(typed, 1):
            _replace(folder / PAGE.format(number), _notes(list(notes), story))


def _line(number: int, entry: Entry, at: datetime) -> str:
    said, edited = entry.said, entry.edited_at is not None and entry.edited_at <= at
    before = {name: said[name] for name in ("stars", "title", "text") if name in said}
    after = {name: said[f"edited_{name}"] for name in before} if edited else {}
    row: dict[str, Any] = {"id": f"r-{1000 + number}", **before, **after, "author": said["author"],
                           "url": f"https://reviews.example/trattoria-aurora/r-{1000 + number}",
                           "posted": entry.written_at.isoformat()}  # fmt: skip
    if edited and entry.edited_at:
        row["edited"] = entry.edited_at.isoformat()
    return json.dumps(row, ensure_ascii=False)


def _survey(answers: Sequence[Entry], story: Story, *, renamed: bool) -> str:
    header = ["Completed", "Likelihood" if renamed else "Score", "Comment", "Guest", "E-mail"]
    rows = [[f"{entry.written_at.astimezone(story.zone):%Y-%m-%d %H:%M}", entry.said["score"], entry.said["comment"],
             entry.said["guest"], f"{entry.said['guest'].lower()}@guests.example"] for entry in answers]  # fmt: skip
    return _table([header, *rows], ";")


def _notes(notes: Sequence[Entry], story: Story) -> str:
    rows = [[entry.said.get("date", f"{entry.written_at.astimezone(story.zone):%Y-%m-%d}"), entry.said["guest"],
             entry.said["entry"]] for entry in notes]  # fmt: skip
    return _table([["date", "guest", "entry"], *rows], ",")


def _table(rows: Sequence[Sequence[Any]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _replace(file: Path, text: str) -> None:
    """A file that says the same keeps its time of change, as it would with a tool that writes only news."""
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")
