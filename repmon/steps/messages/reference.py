"""The short name of an event, in every message about it."""

import hashlib

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that reads like something else
_LENGTH = 6


def reference_of(key: str) -> str:
    """`RM-4F2KZQ`: the same for the same event wherever and however often it is told, so a repeat is recognised."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    letters = (_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return f"RM-{''.join(letters)}"
