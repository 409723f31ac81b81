"""Does a reply answer this review: does it name what the review is about, and is it more than the last reply again."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from repmon.review import Review, Sentiment, Topic
from repmon.steps.drafting.cases import NO_DRAFT, SENSITIVE, case_of
from repmon.steps.lint.finding import Finding, finding
from repmon.steps.understanding.phrases import tokens
from repmon.steps.understanding.topics import topics_of

ALIKE = 0.7
"""Share of a reply's rows of three words that stand in another one from which on it counts as the same again."""
_ROW = 3
_FEWEST_ROWS = 8
_READ_AS = ("en", "de", "fr", "es", "it", "nl", "pt")
_MEANT_BY = {"service": {"staff", "wait"}, "staff": {"service"}, "billing": {"price"}, "price": {"billing"},
             "product": {"quality", "delivery"}, "quality": {"product", "food", "service"}}  # fmt: skip


def answers(
    text: str, review: Review | None, topics: Sequence[Topic], recent: Sequence[str], trade: str
) -> Iterator[Finding]:
    """Find a reply that passes the complaint by, and one that was said before."""
    if review is not None:
        yield from _passed_by(text, review, topics, trade)
    yield from _said_before(text, recent)


def _passed_by(text: str, review: Review, topics: Sequence[Topic], trade: str) -> Iterator[Finding]:
    wanted = {topic.name for topic in topics if topic.polarity in {"negative", "mixed"}}
    if not wanted or case_of(review, Sentiment("negative")) in {*SENSITIVE, NO_DRAFT}:
        return  # there it is wiser not to repeat what happened
    spoken = (review.language or "en").partition("-")[0].lower()
    meant = wanted.union(*(_MEANT_BY.get(name, set()) for name in wanted))
    for language in dict.fromkeys((spoken, *_READ_AS)):
        if meant & {topic.name for topic in topics_of(text, language, trade)}:
            return
    words = {word for topic in topics for said in topic.words for word in tokens(said)}
    if not words.intersection(tokens(text)):
        yield finding("topic", 0, len(text), topics=", ".join(sorted(wanted)))


def _said_before(text: str, recent: Sequence[str]) -> Iterator[Finding]:
    mine = _rows(text)
    if len(mine) < _FEWEST_ROWS:
        return
    share = max((len(mine & _rows(other)) / len(mine) for other in recent), default=0.0)
    if share >= ALIKE:
        yield finding("recent", 0, len(text), percent=round(100 * share))


def _rows(text: str) -> AbstractSet[tuple[str, ...]]:
    words = tokens(text)
    return {tuple(words[at : at + _ROW]) for at in range(len(words) - _ROW + 1)}
