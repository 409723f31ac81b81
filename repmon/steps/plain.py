"""Text of a stranger as plain characters: nothing invisible that acts, nothing cut through the middle."""

import re
import unicodedata

MORE = "…"

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff"
                     "\ufff9-\ufffb\U000e0000-\U000e0fff]")  # fmt: skip
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_JOINERS_IN_LATIN = re.compile("(?<=[!-~])[\u200c\u200d]+(?=[!-~])")
_STACKED = re.compile(r"(?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]){4,}")


def plain(text: str) -> str:
    r"""The text with only `\n` as line end, and without control, unseen and direction-forcing characters.

    What honest writing needs stays: direction marks, the joiners of Persian and of emoji, accents. Half characters
    (lone surrogates) become U+FFFD. Zero-width characters go because some services drop them too, and `@<zwsp>here`
    would come to life there.
    """
    text = _SURROGATES.sub("\ufffd", text)
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _CONTROLS.sub("", text)
    text = _BIDI.sub("", _UNSEEN.sub("", text))
    text = _JOINERS_IN_LATIN.sub("", text)
    return _STACKED.sub(lambda pile: pile[0][:3], text)


def one_line(text: str, limit: int = 200) -> str:
    """The text on one line of at most `limit` characters: what a title or a sentence can hold."""
    return cut(" ".join(plain(text).split()), limit)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, "…" included, cut between words and never inside a character with its marks."""
    if len(text) <= limit:
        return text
    end = max(0, limit - len(MORE))
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if space > end - 30 and space > 0:
        end = space
    while end > 0 and _belongs_to_the_one_before(text, end):
        end -= 1
    return text[:end].rstrip() + MORE if limit > 0 else ""


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    mark, before = text[at], text[at - 1]
    if mark in "\u200d\ufe0e\ufe0f" or before == "\u200d" or "\U0001f3fb" <= mark <= "\U0001f3ff":
        return True
    if _is_flag_letter(mark) and _is_flag_letter(before):
        run = at
        while run > 0 and _is_flag_letter(text[run - 1]):
            run -= 1
        return (at - run) % 2 == 1
    return unicodedata.category(mark) in {"Mn", "Mc", "Me"}


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
