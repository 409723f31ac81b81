"""config.toml: found, read, checked and frozen, or refused with every line to mend."""

from repmon.config.channels import Channel
from repmon.config.digests import Digest
from repmon.config.exposure import secrets_of, warnings
from repmon.config.load import find, load
from repmon.config.model import (
    Alerts,
    Business,
    Health,
    HttpSettings,
    Location,
    Replies,
    Step,
    Storage,
    Topics,
    Trade,
    Web,
)
from repmon.config.rules import Role, Rule, When
from repmon.config.settings import Settings
from repmon.config.sources import Source
from repmon.config.starter import Answers, starter

__all__ = [
    "Alerts", "Answers", "Business", "Channel", "Digest", "Health", "HttpSettings", "Location", "Replies", "Role",
    "Rule", "Settings", "Source", "Step", "Storage", "Topics", "Trade", "Web", "When", "find", "load", "secrets_of",
    "starter", "warnings",
]  # fmt: skip
