"""What a person does with a source."""

from repmon.errors import DecisionError
from repmon.store import audit, sources
from repmon.turn.world import World


def rename_source(world: World, old: str, new: str, *, by: str) -> None:
    """Give a source another name; its reviews, drafts and messages come along.

    StoreError when there is no `old`, or when `new` has reviews of its own; DecisionError when nobody is named.
    """
    if not by.strip():
        raise DecisionError("desk_nobody")
    with world.database.write() as session:
        sources.rename(session, old, new)
        audit.append(session, "source.renamed", f"source/{new}", actor=by.strip(), at=world.clock(),
                     values={"old": old, "new": new})  # fmt: skip
