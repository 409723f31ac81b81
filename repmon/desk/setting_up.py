"""The first start: a code, shown once to whoever can read the log, lets that person become the owner."""

import hashlib
import hmac
import secrets

from repmon.desk.passwords import hash_password
from repmon.desk.people import LONGEST_NAME
from repmon.desk.signing_in import TooManyTries
from repmon.errors import DecisionError
from repmon.steps.throttle import SIGN_IN
from repmon.store import audit, throttle, users
from repmon.store.memory import forget, recall, remember
from repmon.store.tables import UserRow
from repmon.turn.world import World

CODE = "desk.setup_code"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, GROUP = 4, 4
"""80 bits, without letters that look like others."""


def offer_code(world: World) -> str | None:
    """Make a new code and give it, once; None when there is somebody already. An older code is no longer good."""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    with world.database.write() as session:
        if users.anybody(session):
            return None
        remember(session, CODE, _hashed(code), world.clock())
    return code


def is_set_up(world: World) -> bool:
    """Tell whether there is anybody who could sign in."""
    with world.database.read() as session:
        return users.anybody(session)


def set_up(world: World, code: str, name: str, password: str, *, address: str) -> UserRow:
    """Make the owner. DecisionError: wrong code (tries are counted), set up already, unfit name or password."""
    now, fit = world.clock(), " ".join(name.split())
    tries = [throttle.key("set-up", "address", address)]
    with world.database.write() as session:
        wait = throttle.take_try(session, tries, SIGN_IN, now)
        known = recall(session, CODE)
    if wait is not None:
        raise TooManyTries(wait, world.settings.business.timezone)
    if known is None or not hmac.compare_digest(known.value, _hashed(code)):
        raise DecisionError("setup_wrong_code")
    if not fit or len(fit) > LONGEST_NAME or not fit.isprintable():
        raise DecisionError("user_name", longest=LONGEST_NAME)
    kept = hash_password(fit, password)
    with world.database.write() as session:
        throttle.forgive(session, tries)
        if users.anybody(session):
            raise DecisionError("setup_done")
        forget(session, CODE)
        row = users.add(session, UserRow(name=fit, role="owner", password_hash=kept, created_at=now))
        audit.append(session, "desk.set_up", f"user/{row.id}", actor=fit, at=now, values={"address": address})
        return row


def _hashed(code: str) -> str:
    """Hash the code as it is meant: people type it with spaces and in small letters."""
    meant = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(meant.encode()).hexdigest()
