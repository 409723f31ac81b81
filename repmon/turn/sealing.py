"""Sealing what the database must not show: with a key from the configuration, else from a file made at first need.

Fernet (AES-128-CBC and HMAC-SHA256, https://github.com/fernet/spec) from `cryptography`, loaded where it is used.
"""

import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

OWNER_ONLY = 0o600
KEY_BYTES = 32


class WrongKey(Exception):
    """What is to be opened was sealed with another key, or is damaged."""


def key_of(text: str) -> bytes:
    """The Fernet key that a text of any length stands for; it must be as hard to guess as the key itself."""
    return urlsafe_b64encode(sha256(b"repmon sealing key\0" + text.strip().encode()).digest())


def ensure_key_file(path: Path) -> str:
    """What the key file holds; made where there is none, readable by its owner alone. OSError."""
    text = path.read_text("ascii").strip() if path.exists() else ""
    if text:
        return text
    path.unlink(missing_ok=True)  # an empty one is from a start that was cut short: nothing was sealed with it
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        fresh = urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()
        file.write(fresh + "\n")
        file.flush()
        os.fsync(descriptor)
    return fresh


def seal(key: bytes, text: str) -> bytes:
    """Encrypt and sign a text."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - 6 MB that installations without tokens never need

    return Fernet(key).encrypt(text.encode())


def unseal(key: bytes, sealed: bytes) -> str:
    """The text that was sealed; WrongKey when this key did not seal it."""
    from cryptography.fernet import Fernet, InvalidToken  # noqa: PLC0415 - as above

    try:
        return Fernet(key).decrypt(sealed).decode()
    except InvalidToken:
        raise WrongKey from None
