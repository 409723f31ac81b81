"""The last arrow: from the outbox to the people, at least once each, three at a time, no target twice at once."""

import logging
import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from repmon.deliver import Target, send
from repmon.errors import DeliveryError, StoreError
from repmon.steps.alerting.backoff import next_attempt
from repmon.steps.alerting.dispatch import IN_FLIGHT, Due, pick
from repmon.steps.messages.message import Message
from repmon.store import due, holds, outbox, replay
from repmon.store.due import Waiting
from repmon.turn.gate import Gate
from repmon.turn.world import World
from repmon.turn.writing import message_for

LOOK_AGAIN = 0.5
"""Seconds after which new messages are looked for although those in flight hang: a slow target delays no other."""
STUMBLES = 3
"""How often a message that cannot even be written is tried."""

log = logging.getLogger("repmon")


@dataclass
class Tally:
    """What one round of sending came to."""

    delivered: int = 0
    failed: int = 0


def deliver(world: World, *, everything: bool = False, company: bool = False) -> Tally:
    """Send until nothing is due. `everything` tries once each whatever is pending or failed, backoff ignored.

    `company` says that this goes on: messages may wait for others to come. Where this is a single turn, all that it
    brought is there already, and waiting would only put it off to the next one.
    """
    tally = Tally()
    failed: dict[str, int] = {}
    with world.database.write() as session:
        if everything:
            outbox.try_again(session, world.clock())
        if not company:
            holds.nobody_else_comes(session, world.clock())
    flying: dict[Future[bool], Waiting] = {}
    with ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="deliver") as threads:
        while True:
            if not world.stopping.is_set():
                for waiting in _take(world, list(flying.values()), failed, everything=everything):
                    flying[threads.submit(_send_one, world, waiting)] = waiting
            if not flying:
                return tally
            done, _ = wait(flying, timeout=LOOK_AGAIN, return_when=FIRST_COMPLETED)
            for future in done:
                waiting = flying.pop(future)
                if future.result():
                    tally.delivered += 1
                else:
                    failed[waiting.target] = waiting.id
                    tally.failed += 1


def send_now(world: World, delivery_id: int, *, by: str) -> bool:
    """Send one message that was delivered or given up once more, whatever holds others back; whether it arrived.

    The message says that it is a repeat, and who asked for it; the audit does too. DecisionError: no such message, it
    is on its way anyway, or nobody is named.
    """
    with world.database.write() as session:
        waiting = replay.take(session, delivery_id, world.who, by=by, now=world.clock())
    return _send_one(world, waiting)


def _take(world: World, flying: list[Waiting], failed: Mapping[str, int], *, everything: bool) -> list[Waiting]:
    """Claim what may go out now. What was held back instead makes room for what comes after it."""
    now = world.clock()
    busy = {each.target: each.suspect for each in flying}
    taken: list[Waiting] = []
    with world.database.write() as session:
        gate = Gate(world, session, now)
        while True:
            waiting = due.next_for_each_target(session, now, everything=everything, after=failed)
            chosen = set(pick([Due(each.id, each.target, each.suspect) for each in waiting], busy))
            passed = [gate.let_pass(each) for each in waiting if each.id in chosen]
            for each in filter(None, passed):
                outbox.claim(session, each.id, world.who, now)
                busy[each.target] = each.suspect
                taken.append(each)
            if None not in passed:
                return taken


def _send_one(world: World, waiting: Waiting) -> bool:
    """One message to one target, and its outcome on record before anything else happens."""
    started = time.monotonic()
    try:
        target = _target(world, waiting.target)
        send(target, _written(world, waiting, target))
    except DeliveryError as error:
        _record_failure(world, waiting, error, time.monotonic() - started)
        return False
    with world.database.write() as session:
        outbox.delivered(session, waiting, world.clock(), time.monotonic() - started)
    return True


def _written(world: World, waiting: Waiting, target: Target) -> Message:
    """The message; one that cannot be written three times is given up, and holds up no other."""
    try:
        return message_for(world, waiting, target)
    except StoreError:
        raise
    except Exception as bug:
        log.error("message stumbled", extra={"delivery": waiting.id, "problem": type(bug).__name__})  # noqa: TRY400 - quotes texts
        last = waiting.attempts + 1 >= STUMBLES
        raise DeliveryError("message_stumbled", permanent=last, problem=type(bug).__name__) from bug


def _target(world: World, key: str) -> Target:
    """The target as configured now; a message to one that is gone from the configuration cannot arrive."""
    target = world.targets.get(key)
    if target is None:
        raise DeliveryError("target_gone", permanent=True)
    return target


def _record_failure(world: World, waiting: Waiting, error: DeliveryError, seconds: float) -> None:
    now = world.clock()
    again = None if error.permanent else next_attempt(waiting.attempts + 1, waiting.created_at, now, world.rng)
    log.warning("not delivered", extra={"delivery": waiting.id, "target": waiting.target, "problem": str(error)})
    with world.database.write() as session:
        outbox.not_delivered(session, waiting, now, seconds, error.stored(), again_at=again, permanent=error.permanent)
