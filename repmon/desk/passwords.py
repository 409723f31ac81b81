"""Passwords and PINs: which are taken, how they are kept, whether one is right.

Kept as argon2id hashes (RFC 9106) with 19 MiB, two passes, one lane: the second choice of OWASP's password storage
cheat sheet, about 60 ms. One is computed at a time, so that many sign-ins at once cost time and not memory.
"""

import secrets
import threading
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from repmon.errors import DecisionError

SHORTEST, LONGEST = 12, 1000
SHORTEST_PIN, LONGEST_PIN = 6, 12
FEWEST_KINDS = 4
"""Different characters a password must have; different digits are not asked of a PIN, only that it is no run."""
SILLY = frozenset({
    "123456789012", "1234567890123", "012345678901", "password1234", "passwordpassword", "password12345",
    "qwertyuiop12", "qwertyuiop123", "letmeinletmein", "administrator", "iloveyou1234", "changemechangeme",
    "welcome12345", "correcthorsebatterystaple",
})  # fmt: skip

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_one_at_a_time = threading.Semaphore(1)


def hash_password(name: str, password: str) -> str:
    """Hash the password of the person called `name`. DecisionError when it is too easy to guess."""
    folded = password.strip().casefold()
    if len(password) < SHORTEST:
        raise DecisionError("password_short", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise DecisionError("password_long", longest=LONGEST)
    if folded in SILLY or len(set(folded)) < FEWEST_KINDS or not folded.replace(name.strip().casefold(), "").strip():
        raise DecisionError("password_silly")
    return _hash(password)


def hash_pin(pin: str) -> str:
    """Hash a PIN: six to twelve digits. DecisionError when it is none, or one everybody tries first."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise DecisionError("pin_form", shortest=SHORTEST_PIN, longest=LONGEST_PIN)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise DecisionError("pin_silly")
    return _hash(pin)


def is_right(kept: str | None, given: str) -> bool:
    """Tell whether this is the password (or PIN) kept; None is never right, and takes as long to find out."""
    if len(given) > LONGEST:
        given = ""
    with _one_at_a_time:
        try:
            _hasher.verify(kept or _nobodys(), given)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def _hash(secret: str) -> str:
    with _one_at_a_time:
        return _hasher.hash(secret)


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
