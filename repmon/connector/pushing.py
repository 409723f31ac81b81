"""How an event that is sent to us shows who sent it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from repmon.connector.auth import Secret


@dataclass(frozen=True, slots=True)
class Proof:
    """How an event shows who sent it: an HMAC over its raw bytes (RFC 2104), or a secret that comes along.

    `stripe` and `standard` sign a time too (`t=…,v1=…` in `header`; `webhook-id`, `webhook-timestamp` and
    `webhook-signature`); `header` and `address` are for senders that cannot sign: the secret itself stands in
    `header`, or in the address as `?key=…`.
    """

    secrets: tuple[Secret, ...]
    """Any one of them will do: the sender's secret can be changed without a gap."""
    by: Literal["hmac", "stripe", "standard", "header", "address"] = "hmac"
    header: str = "x-repmon-signature"
    prefix: str = "sha256="
    digest: Literal["sha256", "sha1", "sha512"] = "sha256"
    encoding: Literal["hex", "base64"] = "hex"
    tolerance: timedelta = timedelta(minutes=5)
    """How far a signed time may be from ours."""
