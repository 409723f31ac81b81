"""What the dismissals of each source propose, for a person to accept."""

from dataclasses import dataclass
from typing import Any

from repmon.config import Source
from repmon.steps.off_topic import LEAST, Mark, Proposal, marks_of, propose
from repmon.store import off_topic
from repmon.store.handles import Row, Session
from repmon.turn.understand import sources_by_row
from repmon.turn.world import World


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with its place in the list (from 1), its source, and how many kept mentions it was held against."""

    number: int
    source_id: int
    source: str
    proposal: Proposal
    kept: int


def proposed(world: World) -> list[Proposed]:
    """List what may become a rule, source by source; what is a rule already is left out."""
    configured = sources_by_row(world)
    found: list[Proposed] = []
    with world.database.read() as session:
        known = {(rule.source_id, rule.mark) for rule in off_topic.rules(session)}
        for source_id in off_topic.sources_with_dismissals(session, LEAST):
            source = configured.get(source_id)
            if source is None:
                continue
            proposals, kept = _of_source(world, session, source_id, source)
            for one in proposals:
                if (source_id, one.mark) not in known:
                    found.append(Proposed(len(found) + 1, source_id, source.id, one, kept))
    return found


def _of_source(world: World, session: Session, source_id: int, source: Source) -> tuple[list[Proposal], int]:
    dismissed = {row.id: _marks(row) for row in off_topic.dismissed(session, source_id)}
    kept = [_marks(row) for row in off_topic.kept(session, source_id)]
    settings = world.settings
    names = [settings.business.name, *(place.name or "" for place in settings.locations), *source.settings.listings()]
    return propose(dismissed, kept, names), len(kept)


def _marks(row: Row[Any]) -> frozenset[Mark]:
    return marks_of(row.title, row.text, row.author, row.url)
