"""What runs beside the schedule for as long as the daemon does, handed in from above: the desk."""

from typing import Protocol

from repmon.daemon.present import Present


class Companion(Protocol):
    """Begins after the database is open and before anything is polled; ends within the daemon's grace."""

    def start(self, present: Present) -> None:
        """Begin. ConfigError when it cannot, and then the daemon does not start either."""

    def stop(self, seconds: float) -> bool:
        """Begin nothing new; false when something was still in hand after so many seconds. May be called again."""


class Nobody:
    """No companion."""

    def start(self, present: Present) -> None:
        """Nothing to begin."""

    def stop(self, seconds: float) -> bool:  # noqa: ARG002 - the protocol's signature
        """Nothing in hand."""
        return True
