"""A stored error as a person reads it: a plain sentence, and its technical name for whoever looks further."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repmon.wording import SENTENCES, say

_CLASS = re.compile(r"[A-Za-z_.]*(?:Error|Exception|Warning|StopIteration)")
"""How Python names what went wrong; a problem in words ("Input should be a valid number") is no such name."""
_ALWAYS = frozenset({"answer_unreadable"})
"""Their problem is a name out of the site's answer, which tells an owner nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """`technical` is "" where the sentence says it all."""

    words: str
    technical: str = ""


NOTHING = Told("")


def told(error: Mapping[str, Any] | None) -> Told:
    """Put a stored error (code and values) into words; `NOTHING` without one."""
    if not error:
        return NOTHING
    code, values = str(error["code"]), error.get("values", {})
    problem = str(values.get("problem", ""))
    plain = f"{code}_plain"
    if plain in SENTENCES and (code in _ALWAYS or _CLASS.fullmatch(problem)):
        return Told(say(plain, values), problem)
    return Told(say(code, values))


def sentence(error: Mapping[str, Any] | None) -> str:
    """Put a stored error into one sentence, its technical name within; "" without one."""
    return say(str(error["code"]), error.get("values", {})) if error else ""
