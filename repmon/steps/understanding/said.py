"""What a reason says to a person: most quote the text, some stand for more than its words can show."""

from repmon.review import Reason
from repmon.wording import say

_CODES = {"~long": "reason_long", "~whole": "reason_whole", "~rest": "reason_rest", "…": "reason_rest"}
_MARK = "~"


def length_reason(words: int, value: float) -> Reason:
    """Make the reason that so many words held little praise."""
    return Reason(f"{_MARK}long {words}", value)


def whole_reason(value: float) -> Reason:
    """Make the reason that is how a text reads as a whole, to a model that has learned."""
    return Reason(f"{_MARK}whole", value)


def rest_reason(value: float) -> Reason:
    """Make the reason that stands for all words too small, or too many, to be shown."""
    return Reason(f"{_MARK}rest", value)


def quotes(reason: Reason) -> bool:
    """Tell whether a reason quotes the text."""
    return not _code(reason)


def said(reason: Reason) -> str:
    """Give the words of a reason: those it quotes, else a few that name it."""
    code = _code(reason)
    return say(code, {"words": reason.text.partition(" ")[2]}) if code else reason.text


def _code(reason: Reason) -> str:
    first, _, words = reason.text.partition(" ")
    return _CODES.get(first, "") if not words or words.isdecimal() else ""
