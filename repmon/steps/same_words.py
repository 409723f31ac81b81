"""Whether a site shows our reply: the same words, whatever it did to spaces, line ends and the form of accents."""

import unicodedata

from repmon.steps.clean import plain


def same_words(shown: str, ours: str) -> bool:
    """Tell whether the text a site shows is the one that was sent."""
    return _words(shown) == _words(ours)


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", plain(text)).split()
