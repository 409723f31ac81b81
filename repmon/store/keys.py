"""The desk's own signing key: made once, kept with the data, so that links and forms survive a restart."""

from datetime import datetime

from sqlmodel import Session

from repmon.store.memory import recall
from repmon.store.statements import insert_new
from repmon.store.tables import FactRow

SIGNING = "desk.key"


def signing_key(session: Session) -> str | None:
    """Give the key; None before the desk has run for the first time."""
    fact = recall(session, SIGNING)
    return fact.value if fact else None


def ensure_signing_key(session: Session, fresh: str, now: datetime) -> str:
    """Give the key, which is `fresh` when there is none yet; of two that come at once one wins."""
    insert_new(session, FactRow, [{"name": SIGNING, "value": fresh, "at": now}], ["name"])
    return signing_key(session) or fresh
