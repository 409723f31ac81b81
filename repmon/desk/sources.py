"""What a person does with a source."""

from repmon.store import sources
from repmon.store.database import Database


def rename_source(database: Database, old: str, new: str) -> None:
    """Give a source another name; its reviews, drafts and messages come along.

    StoreError when there is no `old`, or when `new` has reviews of its own.
    """
    with database.write() as session:
        sources.rename(session, old, new)
