"""JSON as sites send it, read so that nothing in it can hurt later."""

import json
import math
import re
from typing import Any

DEEPEST = 100

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # a pair was joined by the parser; what is left is half a character


class NotJson(Exception):
    """The text is no JSON document that we would trust; `code` says why."""

    def __init__(self, code: str = "answer_not_json") -> None:
        super().__init__(code)
        self.code = code


def parse(text: str) -> Any:
    """The one JSON document that `text` is (RFC 8259), half surrogates replaced by U+FFFD.

    NotJson for anything else, and for what Python reads but cannot keep or what two readers take for two things:
    NaN, numbers out of range, a key given twice, nesting deeper than DEEPEST.
    """
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
        return _sound(document, DEEPEST)
    except RecursionError:
        raise NotJson("answer_too_deep") from None
    except ValueError:  # JSONDecodeError, and an integer of more digits than Python converts
        raise NotJson from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotJson("answer_ambiguous")
    return made


def _no_constant(_: str) -> float:
    raise NotJson("answer_not_finite")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotJson("answer_not_finite")
    return number


def _sound(value: Any, depth: int) -> Any:
    """The value with every text storable; a key may be a text, too."""
    if isinstance(value, str):
        return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        raise NotJson("answer_too_deep")
    if isinstance(value, list):
        return [_sound(item, depth - 1) for item in value]
    return {_sound(key, depth): _sound(item, depth - 1) for key, item in value.items()}
