"""Asks a site about one review: whether it is there, what it says, and which reply stands under it."""

import logging
from dataclasses import dataclass

from repmon.config import Source
from repmon.connector import ReviewKey, SiteReview
from repmon.errors import ItemUnreadable, SourceChanged, SourceError, SourceRefused
from repmon.http import Read
from repmon.review import OwnerReply
from repmon.steps.normalise import content_hash, owner_reply
from repmon.steps.reading import MISREADINGS, hide_secrets, read_item
from repmon.store.tables import ReviewRow
from repmon.turn.world import World

log = logging.getLogger("repmon")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a site shows now. `there` is false for a review that is gone; `unchanged` that it says what we know."""

    there: bool
    unchanged: bool = True
    reply: OwnerReply | None = None


def key_of(row: ReviewRow) -> ReviewKey:
    """A stored review as its connector knows it."""
    return ReviewKey(row.external_id, row.place)


def connection(world: World, source: Source) -> Read:
    """Give the connection for a few requests of a person's, beside the polls."""
    return world.client.read(calls_per_second=source.settings.calls_per_second, cancelled=world.stopping.is_set)


def ask(world: World, source: Source, row: ReviewRow) -> Seen:
    """Ask now. SourceError when the site does not say, or says something that is no answer to the question."""
    connector = source.settings
    try:
        items = list(connector.recheck(connection(world, source), [key_of(row)]))
        found = [read_item(connector, item) for item in items]
    except SourceError as error:
        hide_secrets(connector, error)
        if isinstance(error, SourceRefused) and error.code == "not_there":
            return Seen(there=False)
        raise
    except (*MISREADINGS, ItemUnreadable) as error:
        raise SourceChanged("answer_unreadable", problem=type(error).__name__) from error
    except Exception as bug:
        log.exception("connector stumbled", extra={"source": source.id})
        raise SourceChanged("connector_stumbled", problem=type(bug).__name__) from bug
    return _seen(world, source, row, found)


def _seen(world: World, source: Source, row: ReviewRow, found: list[SiteReview]) -> Seen:
    if not found:
        return Seen(there=False)
    mine = next((each for each in found if each.id == row.external_id and (each.place or "") == row.place), None)
    if mine is None:
        raise SourceChanged("another_review", id=row.external_id)
    connector = source.settings
    reply = owner_reply(mine.reply, connector.timezone, world.clock(), connector.reply_states)
    return Seen(there=True, unchanged=content_hash(mine) == row.content_hash, reply=reply)
