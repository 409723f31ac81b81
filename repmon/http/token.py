"""An access token, how long it is good for, and where it is kept between runs."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Token:
    """`access` is good until `until`; `refresh`, where the site gives one, gets the next."""

    access: str = field(default="", repr=False)
    until: datetime = LONG_AGO
    refresh: str = field(default="", repr=False)


class Vault(Protocol):
    """Where tokens outlive the process, by a name that tells nothing about them."""

    def load(self, name: str) -> Token | None:
        """What was kept last under this name, by this process or another; None when nothing that can be read."""

    def save(self, name: str, token: Token) -> None:
        """Keep it in place of what was there."""


class Nowhere:
    """Keeps nothing."""

    def load(self, name: str) -> Token | None:  # noqa: ARG002 - the protocol's signature
        """Nothing was kept."""
        return None

    def save(self, name: str, token: Token) -> None:
        """Let it go with the process."""
