"""The tables of config.toml as frozen values: who the business is, and how the house is run."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from repmon.config import units
from repmon.config.fields import (
    DatabaseAddress,
    Duration,
    Languages,
    Listen,
    Name,
    Network,
    OneOrMore,
    PingAddress,
    SealingKey,
    Slug,
    WebAddress,
    Zone,
)
from repmon.config.secrets import Outside

Trade = Literal["restaurant", "hotel", "shop", "clinic", "services", "app", "generic"]


class Table(BaseModel):
    """One table of the file: unknown keys are refused, and no error repeats what was given."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class Business(Table):
    """Who answers the reviews; drafts and messages are written with it."""

    name: Name = "My business"
    timezone: Zone = "UTC"
    trade: Trade = "generic"
    languages: Languages = ("en",)
    contact: str = ""
    signature: str = ""


class Location(Table):
    """One place of the business; what it leaves out (None) is as in [business]."""

    id: Slug
    name: Name | None = None
    timezone: Zone | None = None
    trade: Trade | None = None
    languages: Languages | None = None
    contact: str | None = None
    signature: str | None = None


class Storage(Table):
    """Where everything is remembered. The address may hold a password: it is in no repr and no dump.

    `key` seals the access tokens in it; None is $REPMON_KEY, else a file made beside the database.
    """

    url: Annotated[DatabaseAddress, Outside(), Field(repr=False, exclude=True)] = "sqlite:///repmon.db"
    key: SealingKey | None = None


class HttpSettings(Table):
    """How sources are reached. The proxy's address may hold a password: it is in no repr and no dump."""

    allow: OneOrMore[Network] = ()
    proxy: Annotated[WebAddress | None, Outside(), Field(repr=False, exclude=True)] = None


class Web(Table):
    """The desk in a browser. `url` is its public address, `links` whether a link in an alert lets a person decide by
    PIN, without signing in; `trusted_proxies` are the proxies whose word about a visitor's address is taken.
    """

    listen: Listen = "127.0.0.1:8080"
    url: WebAddress | None = None
    links: StrictBool = False
    trusted_proxies: OneOrMore[Network] = ()

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port to listen on; None when there is no desk."""
        return units.address(self.listen) if self.listen else None


class Health(Table):
    """Where the daemon says how it is. `ping` is asked for while all is well: whoever watches it notices silence."""

    listen: Listen = "127.0.0.1:8081"
    ping: PingAddress | None = None

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port to listen on; None when it is off."""
        return units.address(self.listen) if self.listen else None


class Step(Table):
    """One step of the escalation: unanswered for so long, an unhappy review goes to these channels."""

    after: Duration
    notify: Annotated[OneOrMore[str], Field(min_length=1)]
    urgent: StrictBool = False
    """Sent in quiet hours too."""


class Alerts(Table):
    """How alerts are sent. `system` names the channels for news about repmon itself; () is the first channel."""

    system: Annotated[OneOrMore[str], Field(min_length=1)] = ()
    group: StrictBool = True
    per_hour: Annotated[StrictInt, Field(ge=0)] = 10
    """At most this many messages an hour and channel; 0 is no cap."""
    incidents: StrictBool = True
    digests: StrictBool = True
    """False: none is sent, whatever [[digests]] says."""
    failing_after: Annotated[StrictInt, Field(ge=1)] = 1
    """Polls of a source that must fail in a row before it is said."""
    escalate: tuple[Step, ...] = ()
    mask: StrictBool = True
    """Whether phone numbers, mail addresses and card numbers in a review's text are hidden in alerts."""


class Replies(Table):
    """What repmon may do with replies. `packs` is the folder of one's own templates, absolute once loaded."""

    post: StrictBool = False
    packs: Path | None = None
    thank_positive: StrictBool = False


class Words(Table):
    """The words that show one topic."""

    words: Annotated[OneOrMore[Name], Field(min_length=1)]


class Topics(Table):
    """One's own topics: name to the words that show it."""

    own: dict[str, tuple[str, ...]] = Field(default_factory=dict)
