"""`repmon show`: one review with everything known about it."""

from dataclasses import dataclass
from typing import Any

import click

from repmon.cli import asked, document, shapes, story
from repmon.cli.opening import opened
from repmon.cli.words import Shape
from repmon.pipeline import World
from repmon.store import reviews, timeline, views
from repmon.store.handles import Row
from repmon.store.tables import NoteRow, VersionRow
from repmon.turn.learn import probability
from repmon.wording import _


@dataclass(frozen=True)
class Everything:
    """All that is stored about one review."""

    review: Row[Any]
    versions: list[VersionRow]
    drafts: list[Row[Any]]
    events: list[Row[Any]]
    decisions: list[Row[Any]]
    deliveries: list[Row[Any]]
    notes: list[NoteRow]
    probability: float | None
    """That it is an unhappy review, by what was learned; None where that has no say."""


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@asked.as_json
@click.pass_context
def show(context: click.Context, review_id: int, *, as_json: bool) -> None:
    """Show one review with everything known about it.

    Its words and what each adds to the score, earlier versions, drafts, and whom repmon told about it or why not.
    """
    with opened(context) as world:
        found = everything(world, review_id)
        if found is None:
            text = _("there is no review {id}; `repmon reviews` lists them").format(id=review_id)
            raise click.BadParameter(text, param_hint="ID")
        if as_json:
            document.write(shape(found))
        else:
            story.tell(found, world.settings.business_of(found.review.location), world.clock())


def everything(world: World, review_id: int) -> Everything | None:
    """Gather it in one look at the database; None when there is no such review."""
    with world.database.read() as session:
        found = views.reviews_by_id(session, [review_id])
        if not found:
            return None
    likely = probability(world, found[0])
    with world.database.read() as session:
        return Everything(
            found[0], reviews.versions_of(session, review_id), list(views.draft_rows(session, review_id=review_id)),
            list(views.events_of(session, review_id)), list(views.decisions_of(session, review_id)),
            list(views.delivery_rows(session, review_id=review_id)), timeline.notes_of(session, review_id),
            likely,
        )  # fmt: skip


def shape(found: Everything) -> Shape:
    """The document of `show --json`: the review of `reviews --json`, and what belongs to it."""
    return {
        **shapes.review(found.review, found.probability),
        "versions": [shapes.version(row) for row in found.versions],
        "drafts": [shapes.draft(row) for row in found.drafts],
        "events": [shapes.event(row, found.decisions) for row in found.events],
        "deliveries": [shapes.delivery(row) for row in found.deliveries],
        "notes": [{"by": note.by, "at": document.moment(note.at), "text": note.text} for note in found.notes],
        **shapes.care(found.review),
        "raw": shapes.raw(found.review.raw),
    }
