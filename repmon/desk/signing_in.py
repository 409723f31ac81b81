"""Signing in and out. What is wrong is not said: an unknown name and a wrong password look and last the same."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from repmon.desk.passwords import is_right
from repmon.errors import DecisionError
from repmon.steps.messages.figures import moment
from repmon.steps.throttle import PIN, SIGN_IN, Pace
from repmon.store import audit, sessions, throttle, users
from repmon.store.tables import SessionRow, UserRow
from repmon.turn.world import World

LASTS = timedelta(hours=12)
REMEMBERED = timedelta(days=30)
LONGEST_DEVICE = 80
NOBODY = "?"
"""Stands in the record for somebody who gave an unknown name: it may be a password typed into the wrong field."""


class TooManyTries(DecisionError):
    """Nobody looks at the password before `until`."""

    def __init__(self, until: datetime, zone: str) -> None:
        super().__init__("sign_in_wait", at=moment(until, zone))
        self.until = until


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: what the browser's cookie holds, and how long. The secret is nowhere else."""

    secret: str
    lasts: timedelta
    remembered: bool


def sign_in(
    world: World, name: str, password: str, *, address: str, device: str, remember: bool, instead_of: str = ""
) -> Opened:
    """Open a session of the person of this name; the one of the cookie `instead_of` ends.

    DecisionError `sign_in_wrong`, or TooManyTries: tries are counted by name and by address.
    """
    user = _checked(world, "sign-in", name, password, address=address, pace=SIGN_IN)
    return open_session(world, user, address=address, device=device, remember=remember, instead_of=instead_of)


def check_password(world: World, name: str, password: str, *, address: str) -> None:
    """Make sure once more that it is the person: before a password or PIN is changed. DecisionError as above."""
    _checked(world, "sign-in", name, password, address=address, pace=SIGN_IN)


def person_by_pin(world: World, name: str, pin: str, *, address: str) -> UserRow:
    """The person who typed their name and PIN into a page. DecisionError as above (`pin_wrong`)."""
    return _checked(world, "pin", name, pin, address=address, pace=PIN)


def open_session(
    world: World, user: UserRow, *, address: str, device: str, remember: bool, instead_of: str = ""
) -> Opened:
    """Open a session for somebody who has shown who they are: always a new one, whatever the browser brought."""
    opened = Opened(secrets.token_urlsafe(32), REMEMBERED if remember else LASTS, remember)
    now = world.clock()
    with world.database.write() as session:
        sessions.sweep(session, now)
        throttle.sweep(session, now)
        if instead_of:
            sessions.end(session, sessions.hashed(instead_of))
        sessions.start(session, SessionRow(
            id=sessions.hashed(opened.secret), user_id=user.id or 0, csrf=secrets.token_urlsafe(32),
            device=device[:LONGEST_DEVICE], remembered=remember, created_at=now, last_seen_at=now,
            expires_at=now + opened.lasts,
        ))  # fmt: skip
        audit.append(session, "user.signed_in", f"user/{user.id}", actor=user.name, at=now, values={
            "address": address, "device": device[:LONGEST_DEVICE], "remembered": remember,
        })  # fmt: skip
    return opened


def sign_out(world: World, session_id: str, *, by: str, user_id: int) -> None:
    """End the session of this device."""
    with world.database.write() as session:
        if sessions.end(session, session_id, user_id=user_id):
            audit.append(session, "user.signed_out", f"user/{user_id}", actor=by, at=world.clock())


def end_session(world: World, session_id: str, *, by: str, user_id: int) -> None:
    """Make one device of a person sign in again (a lost phone). DecisionError when it has ended already."""
    with world.database.write() as session:
        if not sessions.end(session, session_id, user_id=user_id):
            raise DecisionError("session_gone")
        audit.append(session, "session.ended", f"user/{user_id}", actor=by, at=world.clock())


def end_other_sessions(world: World, user_id: int, *, by: str, keep: str | None = None) -> int:
    """Make every device of a person but this one sign in again; how many those were."""
    with world.database.write() as session:
        ended = sessions.end_all(session, user_id, but=keep)
        if ended:
            audit.append(session, "session.ended", f"user/{user_id}", actor=by, at=world.clock(),
                         values={"ended": ended})  # fmt: skip
        return ended


def _checked(world: World, kind: str, name: str, secret: str, *, address: str, pace: Pace) -> UserRow:
    now = world.clock()
    names = [throttle.key(kind, "name", name.strip()), throttle.key(kind, "address", address)]
    with world.database.write() as session:
        wait = throttle.take_try(session, names, pace, now)
        user = users.named(session, name.strip())
    if wait is not None:
        raise TooManyTries(wait, world.settings.business.timezone)
    kept = None if user is None else user.password_hash if kind == "sign-in" else user.pin_hash
    if is_right(kept, secret) and user is not None and user.disabled_at is None:
        _forgive(world, names)
        return user
    _write_down_refusal(world, kind, user, address)
    raise DecisionError("sign_in_wrong" if kind == "sign-in" else "pin_wrong")


def _forgive(world: World, names: Sequence[str]) -> None:
    with world.database.write() as session:
        throttle.forgive(session, names)


def _write_down_refusal(world: World, kind: str, user: UserRow | None, address: str) -> None:
    with world.database.write() as session:
        audit.append(session, "user.sign_in_refused", f"user/{user.id}" if user else "", at=world.clock(),
                     actor=user.name if user else NOBODY, values={"address": address, "way": kind})  # fmt: skip
