"""Invented events for the tests of rules and messages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from repmon.review import EventKind, Reason, Review, Sentiment, Topic, Understanding
from repmon.steps.alerting.facts import DraftFacts, Facts

NOW = datetime(2026, 3, 1, 14, 5, tzinfo=UTC)

SAID = (Reason("★ 1", -6.0), Reason("rude", -2.1), Reason("nice view", 1.2), Reason("cold", -0.4))
RUDE = Understanding(
    Sentiment("negative", score=-0.67, reasons=SAID, language="en"),
    (Topic("wait", ("an hour",), "negative"), Topic("staff", ("waiter",), "negative")),
)  # fmt: skip


def review(**given: Any) -> Review:
    known: dict[str, Any] = {
        "source": "harbour-app", "external_id": "r1", "rating": 1.0, "author": "Mia P.", "language": "en",
        "text": "Waited an hour.\nThe waiter was rude.", "written_at": NOW - timedelta(hours=2),
    }  # fmt: skip
    return Review(**{**known, **given})


def facts(kind: EventKind = "review.new", **given: Any) -> Facts:
    known: dict[str, Any] = {
        "kind": kind, "key": f"{kind}:r1:1", "at": NOW, "values": {}, "source": "harbour-app",
        "connector": "app_store", "role": "own", "location": "harbour", "location_name": "Quillmouth Harbour",
        "timezone": "Europe/Amsterdam",
    }  # fmt: skip
    return Facts(**{**known, **given})


def unhappy(**given: Any) -> Facts:
    draft = DraftFacts(7, "Dear Mia,\nwe are sorry about the wait.\nGiulia, owner", "en")
    known: dict[str, Any] = {"review": review(), "review_id": 12, "understanding": RUDE, "unhappy": True}
    return facts(**{"draft": draft, **known, **given})
