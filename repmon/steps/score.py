"""How a review judges: stars where there are any, else its words, with a reason for every part of the sum."""

from collections.abc import Sequence

from repmon.review import DETRACTOR_NPS, UNHAPPY_STARS, Label, Reason, Review, Sentiment
from repmon.steps.clean import clean, split_translation
from repmon.steps.language import language_of
from repmon.steps.remarks import remarks_in
from repmon.steps.valence import Part, squash, valence_of
from repmon.steps.words import Utterance

# VADER's own band around zero; on starred English reviews no other threshold told 1-2 from 4-5 stars better.
_NEUTRAL = 0.05
_STRONG = 2.0
"""One side of a text is strong from this sum of valences on: one plain word of praise or blame."""
_WEAKER = 1 / 3
"""A strong side counts beside the other one if it has at least this share of it."""
_CLEAR = 0.5
"""From this score on, words that speak against the stars are a conflict."""
_STAR = 3.0
"""What one star more or less than three adds: five stars weigh as much as two words of the highest praise."""
_MIDDLE_STARS, _HAPPY_STARS, _PROMOTER_NPS, _MIDDLE_NPS = 3.0, 4.0, 9.0, 7.5
_AT_REST = 0.1
_MOST_REASONS = 100
_MOST_KEPT, _LONGEST_KEPT = 5_000, 40
_LABELS: dict[int, Label] = {-1: "negative", 0: "neutral", 1: "positive"}


def score(review: Review, languages: Sequence[str] = ()) -> Sentiment:
    """Score the title and text of a review; `languages` are those of the business, a hint for short texts.

    Stars, an NPS answer or a recommendation lead: they are a part of their own, large enough that the sum lands on
    their side whatever the words say. Words are scored in English or in the site's English translation only; other
    languages, and nothing to go by at all, are `unknown` rather than guessed.
    """
    said, language, readable = _said(review, languages)
    compound, parts = _weighed(said) if readable else (0.0, [])
    words = sum([value for _, value in parts])
    side, lead = _lead(review, words)
    if lead is None and not parts and language != "en":
        return Sentiment("unknown", language=language)
    reasons = _reasons(parts, lead)
    raw = sum([reason.value for reason in reasons])
    total = squash(raw)
    if lead is None:
        return Sentiment(_by_words(total, parts), compound, raw, total, reasons, language=language)
    label = _LABELS[side] if side or not _on_both_sides(parts) else "mixed"
    conflict = -side * squash(words) >= _CLEAR and not _on_both_sides(parts)
    return Sentiment(label, compound, raw, total, reasons, conflict, language)


def _weighed(said: str) -> tuple[float, list[Part]]:
    """Give vaderSentiment's compound of a cleaned text, and the parts of its score with those of set phrases."""
    utterance = Utterance(said)
    compound, parts = valence_of(utterance)
    return compound, parts + remarks_in(utterance)


def _said(review: Review, languages: Sequence[str]) -> tuple[str, str, bool]:
    """Give the cleaned words to score, the language the reviewer wrote, and whether the words can be scored."""
    original, translated = split_translation(review.text)
    translated = review.translation or translated
    title = review.title.strip()
    if title and not original.startswith(title.rstrip("…. ")):
        original = f"{title}\n{original}"
    said = clean(original)
    language = language_of(said, review.language, languages)
    if translated and language != "en":
        said = clean(translated)
        return said, language, language_of(said) == "en"
    return said, language, language == "en" or not any(map(str.isalpha, said))


def _lead(review: Review, words: float) -> tuple[int, Part | None]:
    """Give the side that stars, NPS or recommendation take (-1, 0, 1) and the part they make; None without any."""
    if review.rating is not None:
        side = _side(review.rating, UNHAPPY_STARS, _HAPPY_STARS)
        return side, (f"★ {review.rating:g}", _weight(side, (review.rating - _MIDDLE_STARS) * _STAR, words))
    if review.scale == "nps" and review.given is not None:
        side = _side(review.given, DETRACTOR_NPS, _PROMOTER_NPS)
        return side, (f"NPS {review.given:g}", _weight(side, review.given - _MIDDLE_NPS, words))
    if review.recommended is not None:
        side = 1 if review.recommended else -1
        return side, ("👍" if review.recommended else "👎", _weight(side, side * _STAR, words))
    return 0, None


def _side(given: float, unhappy: float, happy: float) -> int:
    return -1 if given <= unhappy else 1 if given >= happy else 0


def _weight(side: int, own: float, words: float) -> float:
    """Let the lead weigh `own`, or as much more as it takes for half of that to be left beside contrary words."""
    if side < 0:
        return min(own, own / 2 - words)
    if side > 0:
        return max(own, own / 2 - words)
    return max(-_AT_REST, min(_AT_REST, words)) - words


class _Reasons(dict[Part, Reason]):
    """Part → Reason: most reviews praise in the same few words, and a new frozen object costs more than a look-up."""

    def __missing__(self, part: Part) -> Reason:
        reason = Reason(*part)
        if len(part[0]) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[part] = reason
        return reason


_reason_of = _Reasons()


def _reasons(parts: list[Part], lead: Part | None) -> tuple[Reason, ...]:
    """Keep the first hundred as they are, the lead before all, and put what a giant text has beyond them into one."""
    most = _MOST_REASONS if lead is None else _MOST_REASONS - 1
    reasons = list(map(_reason_of.__getitem__, parts[:most]))
    if lead is not None:
        reasons.insert(0, Reason(*lead))
    if len(parts) > most:
        reasons.append(Reason("…", sum([value for _, value in parts[most:]])))
    return tuple(reasons)


def _by_words(total: float, parts: Sequence[Part]) -> Label:
    if total <= -_NEUTRAL:
        return "negative"
    if _on_both_sides(parts):
        return "mixed"
    return "positive" if total >= _NEUTRAL else "neutral"


def _on_both_sides(parts: Sequence[Part]) -> bool:
    good = bad = 0.0
    for _, value in parts:
        if value > 0:
            good += value
        else:
            bad -= value
    return min(good, bad) >= _STRONG and min(good, bad) >= _WEAKER * max(good, bad)
