"""A stranger's words inside our message: cleaned, masked, cut, and quoted line by line."""

import re

from repmon.steps.messages.mask import mask
from repmon.steps.plain import cut, one_line, plain
from repmon.wording import say

_LOOKED_AT = 4000
_EMPTY_LINES = re.compile(r"\n(?:[ \u00a0]*\n)+")
_LONG_RUN = re.compile(r"(\S)\1{19,}")


def quoted(text: str, limit: int, *, masked: bool = True) -> str:
    """At most `limit` characters of the text in “ ”, every line behind `> `, so that none can pass for one of ours.

    Personal data is masked before cutting: half a phone number would no longer look like one.
    """
    whole = _whole(text)
    return _lines(cut(_masked(whole) if masked else whole, limit), text)


def quoted_own(text: str, limit: int) -> str:
    """Our own draft in the same form, with the contact it names in clear."""
    return _lines(cut(_whole(text), limit), text)


def snippet(text: str, limit: int) -> str:
    """The same on one line and without quotes, for a name or a phrase inside a sentence of ours."""
    return one_line(_masked(plain(text[:_LOOKED_AT])), limit)


def _whole(text: str) -> str:
    cleaned = _EMPTY_LINES.sub("\n", plain(text[:_LOOKED_AT])).strip()
    return _LONG_RUN.sub(lambda run: run[1] * 3 + "…", cleaned)


def _lines(words: str, of: str) -> str:
    if words and len(of) > _LOOKED_AT and not words.endswith("…"):
        words += "…"
    return "\n".join(f"> {line}" for line in f"“{words}”".split("\n")) if words else ""


def _masked(text: str) -> str:
    return mask(text, mail=say("masked_mail"), phone=say("masked_phone"), card=say("masked_card"))
