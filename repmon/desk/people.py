"""Who may come to the desk: added, changed, removed, given a password or a PIN. Each act is written to the record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from repmon.config import Settings
from repmon.desk.passwords import hash_password, hash_pin
from repmon.errors import DecisionError
from repmon.store import audit, sessions, users
from repmon.store.handles import Session
from repmon.store.tables import UserRow
from repmon.turn.world import World

ROLES = ("owner", "manager", "viewer")
LONGEST_NAME = 60


def add_person(
    world: World, name: str, role: str, *, password: str | None = None, pin: str | None = None,
    locations: Sequence[str] = (), by: str,
) -> int:  # fmt: skip
    """Add a person and give the number. No `locations`: every place; owners always have all.

    Without a password a person cannot sign in, only decide by PIN. DecisionError: the name is taken or unfit, a place
    does not exist, the password or PIN is too easy, neither is given.
    """
    name = _fit_name(name)
    places = fit_places(world.settings, role, locations)
    if password is None and pin is None:
        raise DecisionError("user_without_secret", name=name)
    kept = hash_password(name, password) if password is not None else None
    kept_pin = hash_pin(pin) if pin is not None else None
    with world.database.write() as session:
        if users.named(session, name) is not None:
            raise DecisionError("user_taken", name=name)
        row = users.add(session, UserRow(name=name, role=role, locations=places, password_hash=kept,
                                         pin_hash=kept_pin, created_at=world.clock()))  # fmt: skip
        _write_down(world, session, "user.added", row, by, pin=pin is not None)
        return row.id or 0


def change_person(world: World, user_id: int, role: str, locations: Sequence[str], *, by: str) -> None:
    """Give a person another role or other places; it holds from the next page on. DecisionError as above."""
    places = fit_places(world.settings, role, locations)
    with in_hand(world, user_id) as (session, row):
        if role != "owner":
            _keep_an_owner(session, row)
        row.role, row.locations = role, places
        _write_down(world, session, "user.changed", row, by)


def set_password(world: World, user_id: int, password: str, *, by: str, keep: str | None = None) -> None:
    """Give a person a new password; every device but the session `keep` has to sign in again. DecisionError."""
    with world.database.read() as session:
        name = _found(session, user_id).name
    kept = hash_password(name, password)
    with in_hand(world, user_id) as (session, row):
        row.password_hash = kept
        ended = sessions.end_all(session, user_id, but=keep)
        _write_down(world, session, "user.password_set", row, by, ended=ended)


def set_pin(world: World, user_id: int, pin: str | None, *, by: str) -> None:
    """Give a person a PIN to decide by link with, or take it away (None). DecisionError."""
    kept = hash_pin(pin) if pin is not None else None
    with in_hand(world, user_id) as (session, row):
        row.pin_hash = kept
        _write_down(world, session, "user.pin_set" if kept else "user.pin_removed", row, by)


def remove_person(world: World, user_id: int, *, by: str) -> None:
    """Remove a person and end their sessions. DecisionError: there is none, or it is the last owner."""
    with in_hand(world, user_id) as (session, row):
        _keep_an_owner(session, row)
        _write_down(world, session, "user.removed", row, by)
        sessions.end_all(session, user_id)
        users.remove(session, row)


def person_named(world: World, name: str) -> int:
    """The number of the person of this name. DecisionError when there is none."""
    with world.database.read() as session:
        row = users.named(session, name.strip())
    if row is None:
        raise DecisionError("user_unknown", name=name.strip())
    return row.id or 0


def fit_places(settings: Settings, role: str, locations: Sequence[str]) -> list[str] | None:
    """The places as they are kept: None for all of them. DecisionError: no such role, no such place."""
    if role not in ROLES:
        raise DecisionError("user_role", role=role)
    known = [place.id for place in settings.locations]
    wrong = [each for each in locations if each not in known]
    if wrong:
        raise DecisionError("user_place", place=wrong[0])
    return None if role == "owner" or not locations else [each for each in known if each in locations]


@contextmanager
def in_hand(world: World, user_id: int) -> Iterator[tuple[Session, UserRow]]:
    """Open the transaction of one act on one person. DecisionError when there is no such person."""
    with world.database.write() as session:
        yield session, _found(session, user_id)


def _found(session: Session, user_id: int) -> UserRow:
    row = users.find(session, user_id)
    if row is None:
        raise DecisionError("user_gone")
    return row


def _keep_an_owner(session: Session, row: UserRow) -> None:
    if [each.id for each in users.owners(session)] == [row.id]:
        raise DecisionError("user_last_owner", name=row.name)


def _fit_name(name: str) -> str:
    fit = " ".join(name.split())
    if not fit or len(fit) > LONGEST_NAME or not fit.isprintable():
        raise DecisionError("user_name", longest=LONGEST_NAME)
    return fit


def _write_down(
    world: World, session: Session, action: str, row: UserRow, by: str, **values: str | int | bool | None
) -> None:
    said = {"name": row.name, "role": row.role, "locations": ",".join(row.locations) if row.locations else None}
    audit.append(session, action, f"user/{row.id}", actor=by, at=world.clock(), values={**said, **values})
