"""Tells whether an event that was sent to us comes from whom it should: signature, secret and time."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from repmon.connector import Proof, Secret

MOST = 16
"""Signatures that are looked at in one header: a sender gives one for each of its secrets, a stranger thousands."""
_STANDARD = "whsec_"


def unproven(proof: Proof, body: bytes, headers: Mapping[str, str], key: str, now: datetime) -> str:
    """Why this event is not believed (a code), "" when it is. Looks at the raw bytes only, in constant time.

    `headers` have names in lower case; `key` is the secret in the address, "" without one. The time is looked at
    last, so that a stranger learns nothing from the reason.
    """
    if proof.by in {"header", "address"}:
        given = key if proof.by == "address" else headers.get(proof.header.lower(), "").removeprefix(proof.prefix)
        return "" if _any_equal([given.encode()], map(_plain, proof.secrets)) else "hook_wrong_secret"
    stamp, signed, given_ones = _parts(proof, body, headers)
    if not _any_equal(given_ones, (_mac(proof, secret, signed) for secret in proof.secrets)):
        return "hook_wrong_signature"
    return "" if stamp is None or _is_near(stamp, proof, now) else "hook_too_old"


def event_digest(proof: Proof, body: bytes, headers: Mapping[str, str]) -> str:
    """Tell one event from another: by its id where that is signed, else by its bytes; 64 hex digits."""
    named = headers.get("webhook-id", "") if proof.by == "standard" else ""
    return hashlib.sha256(named.encode() if named else body).hexdigest()


def _parts(proof: Proof, body: bytes, headers: Mapping[str, str]) -> tuple[str | None, bytes, list[bytes]]:
    """The signed time (None where the scheme has none), the signed bytes, and the signatures that were given."""
    if proof.by == "standard":
        name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        pairs = [each.partition(",") for each in headers.get("webhook-signature", "").split()[:MOST]]
        found = [_raw(value, "base64") for version, _, value in pairs if version == "v1"]
        return stamp, f"{name}.{stamp}.".encode() + body, found
    given = headers.get(proof.header.lower(), "").strip()
    if proof.by == "stripe":
        fields = [each.strip().partition("=") for each in given.split(",")[:MOST]]
        stamp = next((value for name, _, value in fields if name == "t"), "")
        return stamp, f"{stamp}.".encode() + body, [_raw(value, "hex") for name, _, value in fields if name == "v1"]
    if not given.startswith(proof.prefix):
        return None, body, []
    return None, body, [_raw(given.removeprefix(proof.prefix), proof.encoding)]


def _raw(value: str, encoding: str) -> bytes:
    """A signature as bytes; b"" for one that is not in its encoding."""
    try:
        return base64.b64decode(value, validate=True) if encoding == "base64" else bytes.fromhex(value)
    except (binascii.Error, ValueError):
        return b""


def _mac(proof: Proof, secret: Secret, signed: bytes) -> bytes:
    """What the signature should be; b"" where there is no key: anybody could sign with that."""
    text = secret.get_secret_value()
    coded = proof.by == "standard" and text.startswith(_STANDARD)
    key = _raw(text.removeprefix(_STANDARD), "base64") if coded else text.encode()
    return hmac.digest(key, signed, proof.digest) if key else b""


def _plain(secret: Secret) -> bytes:
    return secret.get_secret_value().encode()


def _any_equal(given: Iterable[bytes], expected: Iterable[bytes]) -> bool:
    """Compare all with all, always: how long it takes says nothing about which was right."""
    wanted = [each for each in expected if each]
    return any([*_comparisons([each for each in given if each], wanted)])


def _comparisons(given: list[bytes], wanted: list[bytes]) -> Iterator[bool]:
    for one in given:
        for other in wanted:
            yield hmac.compare_digest(one, other)


def _is_near(stamp: str, proof: Proof, now: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= len("9999999999")):
        return False
    return abs(now.timestamp() - int(stamp)) <= proof.tolerance.total_seconds()
