"""How the addresses that messages go to are doing."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from repmon.store.tables import TargetRow


def in_trouble(session: Session) -> Sequence[TargetRow]:
    """The addresses whose last attempt failed, the longest failing first."""
    query = select(TargetRow).where(col(TargetRow.failures) > 0, col(TargetRow.retired_at).is_(None))
    return session.scalars(query.order_by(col(TargetRow.failures).desc(), col(TargetRow.key))).all()
