"""What a person does with messages that were given up: have them tried once more."""

from repmon.errors import DecisionError
from repmon.store import audit, delivery_views
from repmon.turn.world import World


def retry_delivery(world: World, delivery_id: int, *, by: str) -> None:
    """Let one given-up message be tried again now. DecisionError: there is none such, or nobody is named."""
    by, now = by.strip(), world.clock()
    if not by:
        raise DecisionError("desk_nobody")
    with world.database.write() as session:
        row = delivery_views.one(session, delivery_id)
        if row is None:
            raise DecisionError("message_gone", id=delivery_id)
        if row.state != "failed":
            raise DecisionError("message_not_given_up", id=delivery_id)
        delivery_views.let_go_again(session, row, by, now)
        audit.append(session, "delivery.retried", f"delivery/{delivery_id}", actor=by, at=now,
                     values={"event": row.event_id})  # fmt: skip
    world.outbox_filled.set()


def retry_all(world: World, *, by: str) -> int:
    """Let everything that was given up be tried again now, what travelled together together; how many messages.

    DecisionError: nothing was given up, or nobody is named.
    """
    by, now = by.strip(), world.clock()
    if not by:
        raise DecisionError("desk_nobody")
    with world.database.write() as session:
        rows = delivery_views.given_up(session)
        if not rows:
            raise DecisionError("messages_none_given_up")
        leads = {row.id for row in rows}
        for row in rows:
            if row.bundle_id not in leads:
                delivery_views.let_go_again(session, row, by, now)
        audit.append(session, "deliveries.retried", "deliveries", actor=by, at=now, values={"number": len(rows)})
    world.outbox_filled.set()
    return len(rows)
