"""When things run: the one long-lived process, its clock, its signals and its health."""

from repmon.daemon.run import run

__all__ = ["run"]
