"""Both sides of a review whose stars and words disagree: five stars with angry words, one star with praise."""

from repmon.review import Reason, Sentiment

_MOST_WORDS = 3
_MARKS = "!?"


def against(found: Sentiment) -> tuple[Reason, ...]:
    """The words that speak most against the stars, the strongest first; none where stars and words do not disagree.

    The first reason is what the stars (or a survey answer) add: it leads.
    """
    if not found.conflict or not found.reasons:  # reasons quote the text and go with it when it is erased
        return ()
    lead, *said = found.reasons
    contrary = [reason for reason in said if reason.value * lead.value < 0 and reason.text.strip(_MARKS)]
    return tuple(sorted(contrary, key=lambda reason: -abs(reason.value))[:_MOST_WORDS])
