"""The whole configuration as one frozen value."""

from pathlib import Path

from pydantic import Field

from repmon.config.channels import Channel
from repmon.config.digests import Digest, default_digests
from repmon.config.model import Alerts, Business, Health, HttpSettings, Location, Replies, Storage, Table, Topics, Web
from repmon.config.rules import Rule, default_rules
from repmon.config.sources import Source

SQLITE_FILE = "sqlite:///"


class Settings(Table):
    """What config.toml says, checked. `path` is the file itself, absolute; relative paths in it start at its folder."""

    path: Path
    business: Business = Business()
    storage: Storage = Storage()
    http: HttpSettings = HttpSettings()
    web: Web = Web()
    health: Health = Health()
    locations: tuple[Location, ...] = ()
    sources: tuple[Source, ...] = ()
    channels: dict[str, Channel] = Field(default_factory=dict)
    alerts: Alerts = Alerts()
    rules: tuple[Rule, ...] = ()
    digests: tuple[Digest, ...] = ()
    replies: Replies = Replies()
    topics: Topics = Topics()
    literal_secrets: tuple[str, ...] = ()
    """Where the file holds a secret itself rather than `env:` or `file:`, as `LINE: key`; never the secret."""

    def business_of(self, location: str | None) -> Business:
        """Merge [business] with what one location says otherwise; an unknown id gives [business] itself."""
        place = next((place for place in self.locations if place.id == location), None)
        if place is None:
            return self.business
        given = place.model_dump(include=place.model_fields_set - {"id"})
        return self.business.model_copy(update=given)

    def storage_url(self) -> str:
        """Give the database's address, absolute: a relative SQLite file lies beside the configuration file."""
        url = self.storage.url
        if not url.startswith(SQLITE_FILE) or url.startswith(SQLITE_FILE + "/"):
            return url
        file, mark, options = url.removeprefix(SQLITE_FILE).partition("?")
        return f"{SQLITE_FILE}{self.path.parent / file}{mark}{options}"

    def key_file(self) -> Path:
        """Where the key lies that seals tokens, unless the file names one: beside the database file, else this one."""
        url = self.storage_url()
        if not url.startswith(SQLITE_FILE):
            return self.path.parent / "repmon.key"
        return Path(url.removeprefix(SQLITE_FILE).partition("?")[0] + ".key")

    def system_channels(self) -> tuple[str, ...]:
        """List the ids of the channels for news about repmon itself: as configured, else the first one."""
        return self.alerts.system or tuple(self.channels)[:1]

    def rules_or_defaults(self) -> tuple[Rule, ...]:
        """List the rules of the file; without any, sensible ones for all channels (none where there is no channel)."""
        return self.rules or (default_rules(tuple(self.channels)) if self.channels else ())

    def digests_or_default(self) -> tuple[Digest, ...]:
        """List the digests of the file; without any, a weekly one to the system channels; none where switched off."""
        if not self.alerts.digests:
            return ()
        return self.digests or default_digests(self.system_channels())
