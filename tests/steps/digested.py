"""An invented week to summarise."""

from datetime import UTC, datetime
from typing import Any

from repmon.steps.alerting.facts import Sample
from repmon.steps.digest import Ages, Answers, Figures, Incidents, Place, Reading, Rival, Summary, Trouble, Urgent
from repmon.steps.digest.period import Period
from repmon.steps.digest.topic_moves import Move
from repmon.steps.rising import Rising
from tests.steps.event import review

DESK = "https://desk.example"
PERIOD = Period(
    datetime(2026, 3, 9, tzinfo=UTC).date(), datetime(2026, 3, 2, 7, tzinfo=UTC), datetime(2026, 3, 9, 7, tzinfo=UTC)
)
NOW = datetime(2026, 3, 9, 7, 1, tzinfo=UTC)
QUIET = (Figures(),) * 8
STARTS = (
    "2026-01-12",
    "2026-01-19",
    "2026-01-26",
    "2026-02-02",
    "2026-02-09",
    "2026-02-16",
    "2026-02-23",
    "2026-03-02",
)


def quiet(**given: Any) -> Summary:
    known: dict[str, Any] = {
        "key": "digest/weekly/2026-03-09", "period": PERIOD, "weekly": True, "timezone": "Europe/Amsterdam",
        "place": "Quillmouth Harbour", "history": QUIET, "starts": STARTS, "reading": Reading(3, 672, 672),
    }  # fmt: skip
    return Summary(**{**known, **given})


def busy(**given: Any) -> Summary:
    known: dict[str, Any] = {
        "history": (*QUIET[:6], Figures(9, 1, 8, 36.0), Figures(12, 3, 11, 46.2)),
        "ages": Ages(1, 2, 0, 1), "drafts": 2, "assigned": 1, "answers": Answers(6, 5), "won_back": 1,
        "complaint": (Rising("cold soup", "complaint", 5, 12, 4, 70, 0.001),), "usual": {"cold soup": 0.5},
        "moves": (Move("wait", 6, 1.2, 0.001), Move("price", 0, 4.0, 0.004)),
        "praise": (Rising("friendly staff", "praise", 4, 12, 0, 70, 0.002),),
        "incidents": Incidents(1, 1, 0), "rivals": (Rival("noodle-bar", Figures(6, 0, 6, 24.0)),),
        "places": (Place("Harbour", Figures(8, 3, 8, 30.0), 4), Place("Square", Figures(4, 0, 3, 15.0), 0)),
        "reading": Reading(3, 672, 670, (Trouble("digest_source_failing", {"source": "map", "moment": "Friday",
                                                                        "reason": "no answer"}),)),
        "urgent": (Urgent(Sample(12, review()), datetime(2026, 3, 8, 20, tzinfo=UTC), "Harbour"),),
        "desk_url": DESK,
    }  # fmt: skip
    return quiet(**{**known, **given})
