"""What was understood, in one small table: how the reviews read, by language, and what they gave."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, get_args

from repmon.demo.screen import Screen
from repmon.review import Label
from repmon.store.handles import Row
from repmon.wording import _, count, say

LABELS: tuple[Label, ...] = get_args(Label)
LANGUAGES = {"en": _("English"), "nl": _("Dutch"), "de": _("German"), "it": _("Italian"), "fr": _("French"),
             "es": _("Spanish"), "": _("no words")}  # fmt: skip


def tell_figures(screen: Screen, reviews: Sequence[Row[Any]]) -> None:
    """Print the table and the figures that were given."""
    screen.heading(_("What was understood"))
    screen.line(_row("", [*LABELS, _("in all")]), "bold")
    by_language = Counter((row.read_as, row.label) for row in reviews)
    for language, _count in Counter(row.read_as for row in reviews).most_common():
        cells = [by_language[language, label] for label in LABELS]
        screen.line(_row(LANGUAGES.get(language, language), [*cells, sum(cells)]))
    totals = Counter(row.label for row in reviews)
    screen.line(_row(_("in all"), [*(totals[label] for label in LABELS), len(reviews)]), "bold")
    screen.line()
    for line in _given(reviews):
        screen.say(line)
    screen.line()
    screen.say(say("demo_unknown"))


def _row(name: str, cells: Sequence[object]) -> str:
    return f"{name:<10}" + "".join(f"{cell or '·'!s:>11}" for cell in cells)


def _given(reviews: Sequence[Row[Any]]) -> list[str]:
    stars = Counter(round(row.rating) for row in reviews if row.rating is not None)
    scored = sorted((row.given for row in reviews if row.scale == "nps" and row.given is not None), reverse=True)
    neither = sum(row.rating is None and row.given is None for row in reviews)
    unhappy = sum(row.unhappy for row in reviews)
    conflict = sum(row.conflict for row in reviews)
    times = ", ".join(f"{n} ({stars[n]})" for n in range(5, 0, -1))
    return [
        _("Stars given, and how often: {times}.").format(times=times),
        _("Survey, 0 to 10: {scores}.").format(scores=", ".join(f"{given:g}" for given in scored)),
        count(neither, "{n} with words only.", "{n} with words only."),
        _("Unhappy: {unhappy}. Stars and words in conflict: {conflict}.").format(unhappy=unhappy, conflict=conflict),
    ]
