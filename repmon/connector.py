"""What a connector author imports: one class to subclass, the words of a review, and the connections handed in.

    class Acme(Connector):
        '''One listing on Acme.'''

        listing: str
        token: Secret
        base_url: str = "https://api.acme.example/v1"

        def items(self, http: Http, listing: str) -> Items: ...
        def review(self, item: Item) -> SiteReview: ...

The core does all the bookkeeping: what is new, what was edited, where to stop, how fast, when to try again.
A connector has no cursor, no try/except, no clock and no state; `connectors/README.md` is the tutorial.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat, SecretStr

from repmon.errors import ItemUnreadable, SourceBusy, SourceChanged, SourceDown, SourceRefused
from repmon.review import Kind, Scale

__all__ = [
    "Answer", "Connector", "Files", "Http", "Item", "ItemUnreadable", "Items", "Keeps", "OAuth", "Order", "Reply",
    "ReplyLimit", "Secret", "SiteReview", "SourceBusy", "SourceChanged", "SourceDown", "SourceRefused",
]  # fmt: skip

Secret = SecretStr
Item = Any
Items = Iterator[Item]
Order = Literal["changed", "newest", "any"]


def _as_id(given: object) -> object:
    """Sites give ids as text or as numbers; we keep text. True is not an id, and neither is nothing."""
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return given.strip() if isinstance(given, str) else given


Id = Annotated[str, BeforeValidator(_as_id), Field(min_length=1, max_length=512)]


class Reply(BaseModel):
    """The owner's answer as the site shows it; `state` is the site's own word for its moderation."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    text: str
    at: datetime | None = None
    state: str | None = None


class SiteReview(BaseModel):
    """One of the site's items in our words, not yet cleaned: the core makes it UTC, plain text and 0-5 stars.

    Leave out what the site does not say. `rating` is the site's number on its `scale`, out of `out_of`; None when
    there is none (never a made-up one). Times may lack a zone only if the class declares `timezone`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: Id
    text: str | None = None
    title: str | None = None
    rating: FiniteFloat | None = None
    out_of: FiniteFloat = 5.0
    scale: Scale = "stars"
    recommended: bool | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    written_at: datetime | None = None
    edited_at: datetime | None = None
    place: Id | None = None
    reply: Reply | None = None
    kind: Kind = "review"


@dataclass(frozen=True, slots=True)
class OAuth:
    """A refresh token and what turns it into an access token; the core asks, keeps and renews it (RFC 6749 §6)."""

    token_url: str
    client_id: str
    client_secret: Secret
    refresh_token: Secret


class Answer(Protocol):
    """What a site answered, read whole, capped in size and unpacked. Status is below 400: others were raised."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def url(self) -> str:
        """Where the answer came from, after redirects."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, their names in any case."""

    @property
    def content(self) -> bytes:
        """The body as bytes."""

    def json(self) -> Any:
        """The body as JSON; SourceChanged when it is anything else (HTML, empty, cut off, absurdly deep)."""

    def text(self) -> str:
        """The body as text in the declared encoding; bytes that do not fit it are replaced."""


class Http(Protocol):
    """The one HTTP client, handed in: paced, retried, capped and guarded. Raises only SourceError kinds."""

    def get(
        self, url: str, *, params: Mapping[str, str | int] | None = None, headers: Mapping[str, str] | None = None,
        auth: OAuth | None = None,
    ) -> Answer:  # fmt: skip
        """Ask; tried again when the site is ill for a moment."""

    def post(
        self, url: str, *, json: object = None, form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None, auth: OAuth | None = None,
    ) -> Answer:  # fmt: skip
        """Send once; tried again only where no connection could be made."""

    def put(
        self, url: str, *, json: object = None, headers: Mapping[str, str] | None = None, auth: OAuth | None = None,
    ) -> Answer:  # fmt: skip
        """Send once; tried again only where no connection could be made."""

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read (a documented empty answer); shown with the source."""


class Files(Protocol):
    """The files a source may read; paths are relative to the configuration file."""

    def names(self, path: str) -> list[str]:
        """The file itself, or the finished files of a folder, sorted; SourceRefused when there is no such path."""

    def read(self, name: str) -> bytes:
        """The whole file, capped in size; SourceDown when it cannot be read now."""

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read (a last line still being written); shown with the source."""


@dataclass(frozen=True, slots=True)
class ReplyLimit:
    """How long a public reply may be, in the site's own unit."""

    length: int
    unit: Literal["characters", "bytes"] = "characters"


@dataclass(frozen=True, slots=True)
class Keeps:
    """What the site's terms let us keep: its text for `text_for` (None: as long as we like, zero: not at all)."""

    text_for: timedelta | None = None


class Connector(BaseModel):
    """One way to read one site: the settings a person fills in, plus `items` and `review`.

    The class variables below declare how the site behaves; the core obeys them and the documentation shows them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)

    door: ClassVar[Literal["http", "files"]] = "http"
    """What `items` is handed: the HTTP client or the file reader."""
    order: ClassVar[Order] = "any"
    """`changed`: latest created or edited first; `newest`: edits stay in place; `any`: always read to the end."""
    complete: ClassVar[bool] = False
    """Lists everything it has ever had. Only then may a missing review mean that it was removed."""
    window: ClassVar[str] = ""
    """What the site lets one see at most, in words ("500 newest a country"); "" for everything."""
    min_every: ClassVar[timedelta] = timedelta(minutes=5)
    """How often the site may be asked at most; a smaller `every` in the config is refused."""
    calls_per_day: ClassVar[int | None] = None
    """How many requests a day the site allows one account; None when it has no such limit."""
    calls_per_second: ClassVar[float] = 5.0
    """How fast one host may be asked."""
    keeps: ClassVar[Keeps] = Keeps()
    """What may be stored, and how long."""
    timezone: ClassVar[str | None] = None
    """The zone of the site's times where they carry none, as an IANA name."""
    reply: ClassVar[ReplyLimit | None] = None
    """How long a reply may be where the site shows owner replies at all; None where it has none."""
    terms: ClassVar[str] = ""
    """Where the site says what one may do with its data."""

    def listings(self) -> Sequence[str]:
        """What is read on its own: countries, languages, places, files. All bookkeeping is per listing."""
        return ("",)

    def items(self, http: Any, listing: str) -> Items:
        """Page lazily through one listing in the declared order, yielding items as the site gives them."""
        raise NotImplementedError

    def review(self, item: Item) -> SiteReview:
        """One of the site's items in our words. Pure: the same item gives the same review."""
        raise NotImplementedError
