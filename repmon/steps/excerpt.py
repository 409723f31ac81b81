"""A stranger's words inside our message: cleaned, masked, cut, and quoted line by line."""

import re

from repmon.steps.mask import mask
from repmon.steps.plain import cut, one_line, plain
from repmon.wording import say

_LOOKED_AT = 4000
_EMPTY_LINES = re.compile(r"\n(?:[ \u00a0]*\n)+")
_LONG_RUN = re.compile(r"(\S)\1{19,}")


def quoted(text: str, limit: int) -> str:
    """At most `limit` characters of the text in “ ”, every line behind `> `, so that none can pass for one of ours.

    Personal data is masked before cutting: half a phone number would no longer look like one.
    """
    words = _words(text, limit)
    return "\n".join(f"> {line}" for line in f"“{words}”".split("\n")) if words else ""


def snippet(text: str, limit: int) -> str:
    """The same on one line and without quotes, for a name or a phrase inside a sentence of ours."""
    return one_line(_masked(plain(text[:_LOOKED_AT])), limit)


def _words(text: str, limit: int) -> str:
    cleaned = _EMPTY_LINES.sub("\n", plain(text[:_LOOKED_AT])).strip()
    cleaned = _LONG_RUN.sub(lambda run: run[1] * 3 + "…", cleaned)
    whole = cut(_masked(cleaned), limit)
    return whole if len(text) <= _LOOKED_AT or whole.endswith("…") else f"{whole}…"


def _masked(text: str) -> str:
    return mask(text, mail=say("masked_mail"), phone=say("masked_phone"), card=say("masked_card"))
