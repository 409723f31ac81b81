"""repmon: the self-hosted review desk for small businesses."""

__version__ = "0.1.0"
