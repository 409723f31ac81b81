"""What each source brought before its present silence."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from repmon.steps.alerting.quiet_source import HISTORY, Past
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow, SourceRow

REVIEW = table_of(ReviewRow)


def well_read(session: Session) -> list[SourceRow]:
    """The sources whose first read is over and whose last read went well."""
    query = select(SourceRow).where(col(SourceRow.state) == "ok", col(SourceRow.first_read_said_at).is_not(None))
    return list(session.scalars(query.order_by(col(SourceRow.id))))


def past_of(session: Session, row: SourceRow) -> Past | None:
    """The pace of a source over the half year up to its latest review; None when it brought none."""
    mine = REVIEW.c.source_id == row.id
    last = session.scalar(select(func.max(REVIEW.c.at)).where(mine))
    if last is None:
        return None
    number, first = session.connection().execute(
        select(func.count(), func.min(REVIEW.c.at)).where(mine, REVIEW.c.at > last - HISTORY)
    ).one()  # fmt: skip
    return Past(number, (last - first) / timedelta(weeks=1), last, row.added_at)
