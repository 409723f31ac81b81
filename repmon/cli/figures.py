"""What a reviewer gave, short enough for a table."""

from typing import Any

from rich.text import Text

from repmon.cli.screen import NOTHING
from repmon.store.handles import Row
from repmon.wording import _


def figure(row: Row[Any]) -> Text:
    """`2 of 5` for stars, `NPS 3 of 10` for survey answers, red where the review is unhappy."""
    return Text(_plain(row), "red" if row.unhappy else "")


def _plain(row: Row[Any]) -> str:
    if row.rating is not None:
        return _("{stars:g} of 5").format(stars=row.rating)
    if row.given is not None and row.out_of is not None:
        figures = _("{given:g} of {out_of:g}").format(given=row.given, out_of=row.out_of)
        return f"{row.scale.upper()} {figures}"
    if row.recommended is not None:
        return _("recommended") if row.recommended else _("not recommended")
    return NOTHING
