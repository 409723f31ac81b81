"""What a text says, as the JSON of `--json`; these names are promised."""

from collections.abc import Sequence

from repmon.review import Sentiment, Topic
from repmon.steps.understanding.said import said

Shape = dict[str, object]


def sentiment(found: Sentiment, probability: float | None = None) -> Shape:
    """What a text says, with the parts of the sum; `probability` that it is an unhappy one, where that was learned."""
    likely = {} if probability is None else {"probability": round(probability, 4)}
    return {
        "label": found.label, "compound": found.compound, "raw": found.raw, "score": found.score,
        "reasons": [{"text": said(reason), "value": reason.value} for reason in found.reasons],
        "conflict": found.conflict, "language": found.language, **likely,
    }  # fmt: skip


def topics(found: Sequence[Topic]) -> Shape:
    """Names alone under `topics`, and how each is spoken of under `topic_details`."""
    details = [{"name": topic.name, "polarity": topic.polarity, "words": list(topic.words)} for topic in found]
    return {"topics": [topic.name for topic in found], "topic_details": details}
