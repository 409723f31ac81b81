"""How a review judges: stars where there are any, else its words, with a reason for every part of the sum."""

from collections.abc import Sequence

from repmon.review import (
    DETRACTOR_NPS,
    HAPPY_SHARE,
    UNHAPPY_SHARE,
    UNHAPPY_STARS,
    Label,
    Reason,
    Review,
    Sentiment,
    share_given,
)  # fmt: skip
from repmon.steps.clean import clean, split_translation
from repmon.steps.understanding.language import language_of, plainly_english
from repmon.steps.understanding.reasons import reason_of
from repmon.steps.understanding.remarks import remarks_in
from repmon.steps.understanding.said import length_reason, rest_reason
from repmon.steps.understanding.valence import Part, squash, valence_of
from repmon.steps.understanding.words import Utterance

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
_MIDDLE_STARS, _HAPPY_STARS, _MOST_STARS, _PROMOTER_NPS, _MIDDLE_NPS = 3.0, 4.0, 5.0, 9.0, 7.5
_AT_REST = 0.1
_MOST_REASONS = 100
_LONG, _A_WORD, _MOST_LACK, _LITTLE = 25, 0.03, 3.0, 3
"""Each word beyond the first 25 weighs so much, three in all at most; praise is little below three times of that.

Fitted on starred English reviews: where the words even out, one in ten short texts has 1-2 stars, but every second of
those above 35 words."""
_LABELS: dict[int, Label] = {-1: "negative", 0: "neutral", 1: "positive"}


def score(review: Review, languages: Sequence[str] = ()) -> Sentiment:
    """Score the title and text of a review; `languages` are those of the business, a hint for short texts.

    Stars, a survey answer or a recommendation lead: they are a part of their own, large enough that the sum lands on
    their side whatever the words say. Words are scored in English or in the site's English translation only; other
    languages, and nothing to go by at all, are `unknown` rather than guessed.
    """
    said, language, readable = _said(review, languages)
    compound, reasons = _weighed(said) if readable else (0.0, [])
    words = sum([reason.value for reason in reasons], 0.0)
    side, lead = _lead(review, words)
    if lead is None:
        if not reasons and language != "en":
            return Sentiment("unknown", language=language)
        told = _with_length(reasons, said, words)
        kept = _kept(told, _MOST_REASONS)
        raw = words if told is reasons and len(told) <= _MOST_REASONS else sum([reason.value for reason in kept])
        total = squash(raw)
        return Sentiment(_by_words(total, reasons), compound, raw, total, kept, language=language)
    kept = (reason_of[lead], *_kept(reasons, _MOST_REASONS - 1))
    raw = sum([reason.value for reason in kept])
    label = _LABELS[side] if side or not _on_both_sides(reasons) else "mixed"
    conflict = side * words < 0 and -side * squash(words) >= _CLEAR and not _on_both_sides(reasons)
    return Sentiment(label, compound, raw, squash(raw), kept, conflict, language)


def _weighed(said: Utterance) -> tuple[float, list[Reason]]:
    """Give vaderSentiment's compound of a cleaned text, and the parts of its score with those of set phrases."""
    compound, reasons = valence_of(said)
    remarks = remarks_in(said)
    return compound, _together(reasons, remarks) if remarks else reasons


def _together(reasons: list[Reason], remarks: list[Reason]) -> list[Reason]:
    """Put set phrases after the words, or into the one that they are: "avoid" is one reason, not two."""
    places = {reason.text: place for place, reason in enumerate(reasons)}
    for remark in remarks:
        place = places.pop(remark.text, None)
        if place is None:
            reasons.append(remark)
        else:
            reasons[place] = reason_of[remark.text, reasons[place].value + remark.value]
    return reasons


def _with_length(reasons: list[Reason], said: Utterance, words: float) -> list[Reason]:
    """Let a long text tell against itself where it holds little praise: who is happy says so, who is not tells all."""
    length = len(said.tokens)
    if length <= _LONG:
        return reasons
    lack = min((length - _LONG) * _A_WORD, _MOST_LACK)
    return [*reasons, length_reason(length, -lack)] if words < _LITTLE * lack else reasons


def _said(review: Review, languages: Sequence[str]) -> tuple[Utterance, str, bool]:
    """Give the cleaned words to score, the language the reviewer wrote, and whether the words can be scored."""
    original, translated = split_translation(review.text)
    translated = review.translation or translated
    title = review.title.strip()
    if title and not original.startswith(title.rstrip("…. ")):
        original = f"{title}\n{original}"
    said = clean(original)
    utterance = Utterance(said)
    if plainly_english(utterance, review.language):
        return utterance, "en", True
    language = language_of(said, review.language, languages)
    if translated and language != "en":
        said = clean(translated)
        return Utterance(said), language, language_of(said) == "en"
    return utterance, language, language == "en" or not any(map(str.isalpha, said))


def _lead(review: Review, words: float) -> tuple[int, Part | None]:
    """Give the side that stars, NPS or recommendation take (-1, 0, 1) and the part they make; None without any."""
    if review.rating is not None:
        side = _side(review.rating, UNHAPPY_STARS, _HAPPY_STARS)
        return side, (f"★ {review.rating:g}", _weight(side, (review.rating - _MIDDLE_STARS) * _STAR, words))
    if review.scale == "nps" and review.given is not None:
        side = _side(review.given, DETRACTOR_NPS, _PROMOTER_NPS)
        return side, (f"NPS {review.given:g}", _weight(side, review.given - _MIDDLE_NPS, words))
    share = share_given(review)
    if share is not None:
        side = _side(share, UNHAPPY_SHARE, HAPPY_SHARE)
        own = (share * _MOST_STARS - _MIDDLE_STARS) * _STAR
        return side, (f"{review.scale.upper()} {review.given:g}", _weight(side, own, words))
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


def _kept(reasons: list[Reason], most: int) -> tuple[Reason, ...]:
    """Keep the first hundred as they are, and put what a giant text has beyond them into one."""
    if len(reasons) <= most:
        return tuple(reasons)
    return *reasons[:most], rest_reason(sum([reason.value for reason in reasons[most:]]))


def _by_words(total: float, reasons: Sequence[Reason]) -> Label:
    if total <= -_NEUTRAL:
        return "negative"
    if _on_both_sides(reasons):
        return "mixed"
    return "positive" if total >= _NEUTRAL else "neutral"


def _on_both_sides(reasons: Sequence[Reason]) -> bool:
    bad = -sum([reason.value for reason in reasons if reason.value < 0])
    if bad < _STRONG:
        return False
    good = sum([reason.value for reason in reasons if reason.value > 0])
    return good >= _STRONG and min(good, bad) >= _WEAKER * max(good, bad)
