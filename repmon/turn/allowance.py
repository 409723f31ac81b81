"""Obeying a class's `calls_per_day`: counted for the account that is asked, and spread over the day."""

from dataclasses import replace
from datetime import datetime

from pydantic import SecretStr

from repmon.config import Source
from repmon.errors import SourceBusy, SourceError
from repmon.steps.plan import KNOWN_IN_A_ROW, ListingFacts, Plan, plan_look
from repmon.store import budget
from repmon.store.handles import Session
from repmon.store.tables import ListingRow, SourceRow
from repmon.turn.world import World

USUAL = 2
"""Requests that a quiet poll of one listing takes at most."""
SHARED_FROM = 48
"""Requests a day from which on there is something to share out: fewer hardly pay for a history, or for the day."""


def sharing(world: World, source: Source) -> list[str]:
    """The names of the sources that use the same account of the same site: it has one allowance for all of them."""
    return [each.id for each in world.settings.sources if _account(each) == _account(source)]


def left(world: World, session: Session, source: Source, now: datetime, *, already: int) -> int | None:
    """How many requests may be made now; None where the site sets no limit."""
    per_day = source.settings.calls_per_day
    if per_day is None:
        return None
    return budget.calls_left(session, sharing(world, source), per_day, now, already=already)


def shared_out(
    source: Source, listing: ListingRow, facts: ListingFacts, plan: Plan, left: int | None, now: datetime
) -> tuple[Plan, int | None]:
    """What may be read now, and in how many requests.

    A read to the end may take half of a day's requests, while more than that is left; for the rest of the day only
    what is new is read, so that a long history does not hide what is written on the day it is read.
    """
    per_day, order = source.settings.calls_per_day, source.settings.order
    if left is None or per_day is None or per_day < SHARED_FROM or plan.reach != "end" or order == "any":
        return plan, left
    kept = per_day // 2
    if left > kept:
        return replace(plan, rationed=True), left - kept
    look = plan_look(facts, order, source.history, now)
    if look.partial and listing.cut_depth < KNOWN_IN_A_ROW:  # nothing is known yet that could end it
        return replace(look, rationed=left > USUAL), min(left, USUAL)
    return look, left


def too_early(source: Source, row: SourceRow, now: datetime) -> SourceBusy | None:
    """What keeps the schedule from asking now: the last poll has set the pace. A person may ask all the same."""
    if source.settings.calls_per_day is None or row.state != "ok" or row.not_before is None or now >= row.not_before:
        return None
    return SourceBusy("allowance_spread", minutes=round((row.not_before - now).total_seconds() / 60))


def until_tomorrow(error: SourceError | None, now: datetime) -> None:
    """An allowance that is used up is there again at midnight; asking before is in vain."""
    if isinstance(error, SourceBusy) and error.code == "budget_spent":
        error.retry_after = budget.until_midnight(now).total_seconds()


def spread(world: World, session: Session, source: Source, row: SourceRow, requests: int, now: datetime) -> None:
    """After a good poll that took so many requests: set the pace for the next."""
    per_day = source.settings.calls_per_day
    if per_day is None:
        return
    number = row.id or 0
    deep = source.settings.order == "any"  # always read to its end; elsewhere a deep read is the exception
    cost = requests if deep else min(requests, USUAL * budget.listing_count(session, number))
    budget.space(session, number, sharing(world, source), per_day, max(cost, 1), source.every, now)


def _account(source: Source) -> tuple[object, ...]:
    """What a site knows us by: the secrets; without any, our address."""
    secrets = sorted(value.get_secret_value() for _, value in source.settings if isinstance(value, SecretStr))
    return (source.connector, *secrets)
