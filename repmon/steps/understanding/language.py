"""Which language a review is written in: what the site says, else its script and plain words, else a small model."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from repmon.steps.understanding.alphabets import language_of_script
from repmon.steps.understanding.guess import guess
from repmon.steps.understanding.lexicon import valences
from repmon.steps.understanding.plainwords import ENGLISH_ONLY, FOREIGN_ONLY, LANGUAGES_OF, LOOKALIKES
from repmon.steps.understanding.words import Utterance

_GLANCE, _SAMPLE = 100, 300
_SHORT = 3
_CLEAR, _LEAD = 3, 2
_SURE, _LIKELY = 0.6, 0.3
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_ALIASES = {
    "iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "eng": "en", "deu": "de", "ger": "de", "fra": "fr",
    "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "dut": "nl",
}  # fmt: skip


def language_of(text: str, declared: str = "", prior: Sequence[str] = ()) -> str:
    """Name the language as ISO 639-1, "" where the text does not tell.

    `declared` is the site's own field ("en-US", "pt_BR"): it holds unless the text clearly is in another language
    (some sites give their edition's language). `prior` are the business's languages: they settle short texts.
    """
    stated = language_code(declared) if declared else ""
    if stated in {"", "en"} and _plainly_english(text[:_GLANCE]):
        return "en"
    sample = text[:_SAMPLE].lower()
    if not sample.isascii() and (script := language_of_script(sample, stated)):
        return script
    tokens = _WORD.findall(sample)
    if stated and len(tokens) < _CLEAR:
        return stated
    votes = Counter([language for token in tokens for language in LANGUAGES_OF.get(token, ())]).most_common(2)
    clear = _clear(votes)
    if clear or stated:
        return clear or stated
    return _in_doubt(sample, tokens, votes[0][0] if votes else "", [language_code(one) for one in prior])


def plainly_english(said: Utterance, declared: str = "") -> bool:
    """Tell most English texts by their words, already looked up: what `language_of` would say of them, only faster."""
    if said.foreign():
        return False
    if declared:  # then it is enough that nothing speaks against what the site says
        return language_code(declared) == "en"
    return said.english(_LEAD if len(said.words) > _SHORT else 1)


@lru_cache(maxsize=256)
def language_code(tag: str) -> str:
    """Give the ISO 639-1 part of a language tag, "" where it has none."""
    code = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    code = _ALIASES.get(code, code)
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""  # noqa: PLR2004 - ISO 639-1


def _plainly_english(beginning: str) -> bool:
    """Tell whether a glance is enough, as for most English reviews."""
    words = beginning.lower().split()
    english = len(ENGLISH_ONLY.intersection(words))
    if english < (_LEAD if len(words) > _SHORT else 1):
        return False
    return FOREIGN_ONLY.isdisjoint(words) or english > _LEAD * len(FOREIGN_ONLY.intersection(words))


def _clear(votes: list[tuple[str, int]]) -> str:
    """Give the language that leads by so many plain words that nothing else needs to be asked."""
    if not votes or votes[0][1] < _CLEAR:
        return ""
    second = votes[1][1] if len(votes) > 1 else 0
    return votes[0][0] if votes[0][1] >= _LEAD * second else ""


def _in_doubt(sample: str, tokens: list[str], leading: str, prior: Sequence[str]) -> str:
    if not tokens:
        return ""
    if len(tokens) <= _SHORT and (not prior or "en" in prior) and _all_english(tokens):
        return "en"
    model, share = guess(sample)
    if share >= _SURE and (len(tokens) > _SHORT or not prior or model in prior):
        return model
    if share >= _LIKELY and (model == leading or model in prior):
        return model
    if leading and (leading in prior or (not prior and len(tokens) > 1)):
        return leading
    return prior[0] if len(prior) == 1 and len(tokens) <= _SHORT and not leading else ""


def _all_english(tokens: list[str]) -> bool:
    """Tell whether each word is one VADER scores or one English alone has, and none is a foreign lookalike."""
    known = valences()
    return all("en" in LANGUAGES_OF.get(t, ()) or (t in known and t not in LANGUAGES_OF) for t in tokens) and any(
        t not in LOOKALIKES and len(t) >= _SHORT for t in tokens
    )
