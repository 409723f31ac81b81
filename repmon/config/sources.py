"""Where reviews come from: [[sources]]."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, SerializeAsAny, StrictBool

from repmon.config.fields import Duration, History, Slug
from repmon.config.model import Table
from repmon.connector import Connector


class SourceKeys(Table):
    """What every source has, whatever its connector; all other keys of the table belong to the connector."""

    id: Slug
    connector: str
    location: str | None = None
    locations: dict[str, str] = Field(default_factory=dict)
    """The site's own location ids to ours, where one source covers several."""
    every: Duration = timedelta(minutes=15)
    role: Literal["own", "competitor"] = "own"
    history: History = None
    """How far back the first read goes; None is as far as the site goes."""
    drafts_for_history: StrictBool = False


class Source(SourceKeys):
    """One source, ready to be read: `settings` is its connector, filled in and checked."""

    settings: SerializeAsAny[Connector]

    @property
    def reach(self) -> str | None:
        """The host that is asked, by the setting `base_url`, else `url`; None where there is none."""
        return reach(dict(self.settings))


def reach(settings: Mapping[str, object]) -> str | None:
    """Find the host that a connector's settings name, lower case, without port or brackets; None without any."""
    given = settings.get("base_url") or settings.get("url")
    text = given.get_secret_value() if isinstance(given, SecretStr) else given
    try:
        return urlsplit(text).hostname if isinstance(text, str) else None
    except ValueError:  # a bracket too many: no host that could be allowed
        return None
