"""How long, how much and how often: the bounds of one request."""

from dataclasses import dataclass

LONGEST_RETRY_AFTER = 6 * 3600.0
"""Seconds. A site that asks for more is asked again after this; days of silence are more likely its mistake."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts; `deadline` is for one attempt with its redirects, from first byte to last."""

    deadline: float = 30.0
    connect: float = 10.0
    max_bytes: int = 10 * 2**20
    redirects: int = 3
    attempts: int = 4
    wait_at_most: float = 20.0
