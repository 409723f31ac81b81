"""One line of `repmon score`'s input as a review."""

import json

from repmon.connector import ItemUnreadable
from repmon.review import Review
from repmon.wording import _

MOST_STARS = 5


def read_line(line: bytes) -> Review:
    """A JSON object (`{text, rating?, title?, language?}`, other keys are left alone) or a plain text.

    ItemUnreadable, whose `problem` says what is wrong.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise _bad("line", _("it is not UTF-8 text")) from None
    if not text.startswith("{"):
        return Review("", "", text=text)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise _bad("line", _("it begins like JSON, but is none")) from None
    if "text" not in given:
        raise _bad("text", _('it has no "text"'))
    texts = {name: _text(given, name) for name in ("text", "title", "language")}
    return Review("", "", rating=_stars(given.get("rating")), text=texts["text"], title=texts["title"],
                  language=texts["language"])  # fmt: skip


def _text(given: dict[str, object], name: str) -> str:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise _bad(name, _('"{name}" should be text').format(name=name))
    return value or ""


def _stars(value: object) -> float | None:
    """0 stars are written where nobody rated."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad("rating", _('"rating" should be a number of stars'))
    if not 0 <= value <= MOST_STARS:  # also what is no number or has no end, and an integer too large for a float
        raise _bad("rating", _('"rating" should be 0 to 5 stars'))
    return float(value) or None


def _bad(field: str, problem: str) -> ItemUnreadable:
    return ItemUnreadable(field, "field_invalid", problem=problem)
