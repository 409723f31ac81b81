"""Languages told by their script: letters no Latin-written language uses."""

import re

from repmon.steps.understanding.guess import guess

_SCRIPTS = {
    "el": r"\u0370-\u03ff\u1f00-\u1fff",
    "ru": r"\u0400-\u052f",
    "hy": r"\u0530-\u058f",
    "he": r"\u0590-\u05ff",
    "ar": r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "hi": r"\u0900-\u097f",
    "bn": r"\u0980-\u09ff",
    "ta": r"\u0b80-\u0bff",
    "th": r"\u0e00-\u0e7f",
    "ka": r"\u10a0-\u10ff",
    "km": r"\u1780-\u17ff",
    "ja": r"\u3040-\u30ff",
    "zh": r"\u3400-\u9fff\uf900-\ufaff",
    "ko": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
}
_SHARED = {
    "ru": frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk", "mn", "ky"}),
    "ar": frozenset({"ar", "fa", "ur", "ps", "ku"}),
    "hi": frozenset({"hi", "mr", "ne"}),
    "he": frozenset({"he", "yi"}),
    "zh": frozenset({"zh", "ja"}),
}
_ANY = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_EACH = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
_LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]")


def has_script(text: str) -> bool:
    """Tell whether a text has any letter that no Latin-written language uses."""
    return not text.isascii() and _ANY.search(text) is not None


def language_of_script(text: str, stated: str) -> str:
    """Name the language where at least half of a lower-case text's letters are of its script, else "".

    A script that several languages share is settled by `stated` if that is one of them, else by the model.
    """
    if not _ANY.search(text):
        return ""
    counts = {language: len(letters.findall(text)) for language, letters in _EACH.items()}
    if sum(counts.values()) < len(_LATIN.findall(text)):
        return ""
    language = "ja" if counts["ja"] else max(counts, key=lambda one: counts[one])
    sharing = _SHARED.get(language, frozenset({language}))
    if stated in sharing:
        return stated
    model = guess(text)[0] if len(sharing) > 1 else language
    return model if model in sharing else language
