"""A database as a busy business has it after some years: many invented reviews, drafts, alerts and decisions."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel

from repmon.store.bulk import insert_rows
from repmon.store.database import Database
from repmon.store.handles import Session
from repmon.store.tables import (
    AttemptRow,
    AuditRow,
    DecisionRow,
    DeliveryRow,
    DraftRow,
    EventRow,
    ListingRow,
    ReviewRow,
    SourceRow,
)
from tests.bench import texts

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLACES = [f"place-{n}" for n in range(10)]
SOURCES = [f"source-{n}" for n in range(6)]
NAMES = ("Ada", "Björn", "Chloé", "Dirk", "Esra", "Finn")
TOPICS = ("wait", "food", "staff", "noise", "price")
REPLY = "Dear guest,\n\nthank you for telling us. We are sorry about the wait.\n\nYours, the team"
RAW = "x" * 300
BATCH = 5_000
Rows = list[dict[str, Any]]


def fill(database: Database, number: int) -> None:
    """Put `number` reviews of three years in, the newest fifth of them seen by repmon as they came."""
    rng = random.Random(5)
    with database.write() as session:
        _sources(session)
    said = texts.generated(number, seed=3)
    for first in range(0, number, BATCH):
        rows = [_review(rng, n, number, *said[n]) for n in range(first, min(number, first + BATCH))]
        with database.write() as session:
            insert_rows(session, ReviewRow, rows)
            unhappy = [row for row in rows if row["unhappy"] and not row["history"]]
            for table, those in _around(unhappy):
                insert_rows(session, table, those)


def _sources(session: Session) -> None:
    for n, name in enumerate(SOURCES, start=1):
        session.add(SourceRow(id=n, name=name, connector="file", settings_hash="x", added_at=NOW))
    session.flush()
    for n in range(1, len(SOURCES) + 1):
        session.add(ListingRow(id=n, source_id=n, name="", added_at=NOW))


def _review(rng: random.Random, n: int, of: int, text: str, _stars: int) -> dict[str, Any]:
    stars = rng.choices((1, 2, 3, 4, 5), (8, 7, 10, 25, 50))[0]
    unhappy, at = stars <= 2, NOW - timedelta(minutes=(of - n) * 15 + rng.randint(0, 14))
    state = rng.choices(("answered", "open"), (9, 1))[0] if unhappy else "open"
    history = n < of * 4 // 5
    if state == "open" and unhappy and not history:
        state = "drafted"
    reasons = f'[["★ {stars}",{(stars - 3) * 3.0}],["cold",-0.8],["great",1.1]]'
    source = rng.randint(1, len(SOURCES))
    return {
        "id": n + 1, "source_id": source, "listing_id": source, "external_id": str(n), "location": rng.choice(PLACES),
        "rating": float(stars), "given": float(stars), "out_of": 5.0, "text": f"{text} {rng.choice(NAMES)} {n % 977}.",
        "author": f"{rng.choice(NAMES)} {chr(65 + n % 26)}.", "url": f"https://reviews.example/r/{n}", "language": "en",
        "written_at": at, "first_seen_at": at, "at": at, "content_hash": str(n),
        "raw": f'{{"id": {n}, "more": "{RAW}"}}',
        "history": history, "state": state, "unhappy": unhappy, "label": "negative" if unhappy else "positive",
        "raw_score": (stars - 3) * 3 + 0.3, "score": 0.1, "compound": 0.2, "read_as": "en", "reasons": reasons,
        "topics": f'[["{rng.choice(TOPICS)}","negative",["cold"]]]', "step": "done",
    }  # fmt: skip


def _around(reviews: Rows) -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield what repmon and the people did about unhappy reviews; each row has the number of its review."""
    for table, row in ((EventRow, _event), (DecisionRow, _decision), (DeliveryRow, _delivery), (AttemptRow, _attempt),
                       (DraftRow, _draft), (AuditRow, _act)):  # fmt: skip
        yield table, [row(each) for each in reviews]


def _event(review: dict[str, Any]) -> dict[str, Any]:
    return {"id": review["id"], "key": f"review.new/{review['id']}", "kind": "review.new", "at": review["at"],
            "source_id": review["source_id"], "review_id": review["id"], "location": review["location"],
            "values": "{}", "routed_at": review["at"]}  # fmt: skip


def _decision(review: dict[str, Any]) -> dict[str, Any]:
    return {"event_id": review["id"], "position": 0, "rule": "unhappy", "matched": True, "sends": True,
            "code": "rule_sends", "values": '{"met": "unhappy"}', "at": review["at"]}  # fmt: skip


def _delivery(review: dict[str, Any]) -> dict[str, Any]:
    return {"id": review["id"], "event_id": review["id"], "target": "slack-1", "channel": "owner", "rule": "unhappy",
            "state": "delivered", "created_at": review["at"], "delivered_at": review["at"]}  # fmt: skip


def _attempt(review: dict[str, Any]) -> dict[str, Any]:
    return {"delivery_id": review["id"], "at": review["at"], "seconds": 0.2}


def _draft(review: dict[str, Any]) -> dict[str, Any]:
    return {"id": review["id"], "review_id": review["id"], "review_version": 1, "text": REPLY, "language": "en",
            "template": "en/restaurant", "state": "posted" if review["state"] == "answered" else "pending",
            "created_at": review["at"], "variants": "[]", "explanation": "[]", "lint": "[]"}  # fmt: skip


def _act(review: dict[str, Any]) -> dict[str, Any]:
    return {"id": review["id"], "at": review["at"], "actor": "mila", "action": "draft.approved",
            "subject": f"draft/{review['id']}", "values": "{}", "previous": "x", "hash": str(review["id"])}  # fmt: skip
