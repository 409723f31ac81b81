"""How many messages a target got lately, counted from the record of attempts, so that a restart forgets none."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from repmon.store.due import DELIVERY
from repmon.store.statements import table_of
from repmon.store.tables import AttemptRow

ATTEMPT = table_of(AttemptRow)
PAGE = 500


def sent_since(session: Session, target: str, since: datetime) -> list[datetime]:
    """When each message to a target arrived after `since`. What several travelled in together counts once.

    Attempts are read backwards from the newest until they are older, which costs what the last hour did.
    """
    found: list[datetime] = []
    before = (session.connection().scalar(select(func.max(ATTEMPT.c.id))) or 0) + 1
    while True:
        query = (
            select(ATTEMPT.c.id, ATTEMPT.c.at, ATTEMPT.c.error.is_(None).label("arrived"), DELIVERY.c.target)
            .join(DELIVERY, DELIVERY.c.id == ATTEMPT.c.delivery_id)
            .where(ATTEMPT.c.id < before)
            .order_by(ATTEMPT.c.id.desc())
            .limit(PAGE)
        )
        page = session.connection().execute(query).all()
        found += [row.at for row in page if row.arrived and row.target == target and row.at > since]
        if len(page) < PAGE or all(row.at <= since for row in page):
            return found
        before = page[-1].id
