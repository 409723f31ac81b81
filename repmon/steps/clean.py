"""Text as a person reads it: markup, hidden characters and a site's translation envelope taken off, in linear time."""

import re

from repmon.steps.markup import without_markup

_TRANSLATED = "(Translated by Google)"
_ORIGINAL = "(Original)"

_NEEDS_WORK = re.compile(
    "[<&[\u2018\u2019\u201b\u02bc\u00b4\u2032\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff07\uff02]"
)
_QUOTES = (
    *((curly, "'") for curly in "\u2018\u2019\u201b\u02bc\u00b4\u2032\uff07"),
    *((curly, '"') for curly in "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"),
)
_BBCODE = re.compile(r"\[/?(?:b|i|u|s|url|img|quote|color|size|code|list|spoiler)(?:=[^\[\]]*+)?\]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f]+")
# Soft hyphen, fillers, zero-width, direction and annotation marks, tags. A zero-width joiner stays after an emoji.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]+|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*+\n[^\S\n]*+\n\s*+")


def clean(text: str) -> str:
    """Give the text that is scored: one language, one line, straight quotes, nothing hidden, no markup.

    Of a translation envelope this is the translation. Ordinary text comes back as it is, but for folded whitespace.
    """
    if _is_plain(text):
        if "  " not in text and text.isprintable():
            return text.strip()
    else:
        original, translated = split_translation(text)
        text = without_markup(without_markup(translated or original))  # twice: some sites escape what was escaped
        if "[" in text:
            text = _BBCODE.sub("", text)
        if not text.isascii():
            text = _with_straight_quotes(text)
    joined = " ".join(text.split())
    return joined if joined.isprintable() else _without_the_unseen(text)


def _without_the_unseen(text: str) -> str:
    text = _CONTROL.sub("", mended(text))
    if not text.isascii():
        text = _with_straight_quotes(_HIDDEN.sub("", text))
    return " ".join(text.split())


def _with_straight_quotes(text: str) -> str:
    for curly, straight in _QUOTES:  # most texts have one kind, and a replacement is faster than a table
        if curly in text:
            text = text.replace(curly, straight)
    return text


def _is_plain(text: str) -> bool:
    """Tell most texts, which need no work, apart fast."""
    if text.isascii():
        return "<" not in text and "&" not in text and "[" not in text and _TRANSLATED not in text
    return not _NEEDS_WORK.search(text) and _TRANSLATED not in text


def plain(text: str) -> str:
    """Give a site's text as its author saw it: tags and entities resolved once, lines kept, safe to store.

    "price < 10 and > 5" and "<3" stay. Control characters go, lone surrogates (no database takes them) become U+FFFD.
    """
    if text.isprintable() and "<" not in text and "&" not in text:
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", mended(without_markup(text)))
    return _BLANK_LINES.sub("\n\n", text).strip()


def split_translation(text: str) -> tuple[str, str | None]:
    """Part Google's envelope into (original, English translation), in whichever order it holds them.

    Without an envelope the translation is None; where a site cut the original off, the translation stands for both.
    """
    before, marker, after = text.partition(_TRANSLATED)
    if not marker or not after.strip():
        return text, None
    if before.strip():
        return before.strip(), after.strip()
    translated, _, original = after.partition(_ORIGINAL)
    translated, original = translated.strip(), original.strip()
    return original or translated, translated or None


def mended(text: str) -> str:
    """Join surrogate pairs into their character and put U+FFFD for lone ones."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
