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
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat, SecretStr

from repmon.errors import ItemUnreadable, SourceBusy, SourceChanged, SourceDown, SourceRefused
from repmon.review import Kind, ReplyStanding, Scale

__all__ = [
    "Answer", "Auth", "ClientCredentials", "Connector", "Consent", "Files", "Http", "Item", "ItemUnreadable", "Items",
    "Keeps", "Letter", "Login", "Mail", "OAuth", "Offer", "Order", "Proof", "Pushed", "Reply", "ReplyLimit",
    "ReviewKey", "Secret", "SignedToken", "SiteReview", "SourceBusy", "SourceChanged", "SourceDown", "SourceRefused",
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
    reason: str | None = None
    """Why the site turned it down, in its own words."""


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


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """An access token for the application itself, no person behind it (RFC 6749 §4.4); id and secret as HTTP Basic."""

    token_url: str
    client_id: str
    client_secret: Secret
    scope: str = ""


@dataclass(frozen=True, slots=True)
class SignedToken:
    """A token signed by us (RFC 7519): sent as it is, or with `token_url` exchanged for an access token (RFC 7523)."""

    algorithm: Literal["ES256", "RS256"]
    private_key: Secret
    """In PEM form."""
    key_id: str
    claims: tuple[tuple[str, str], ...]
    """What the site wants in it (`iss`, `aud`, `scope` …); the core adds `iat` and `exp`."""
    lifetime: timedelta = timedelta(minutes=15)
    token_url: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """A session opened with a name and an application password; the answer's JSON holds the token under `field`."""

    url: str
    name: str
    password: Secret
    name_field: str = "identifier"
    password_field: str = "password"  # noqa: S105 - the name of a field, not its content
    field: str = "accessJwt"
    refresh_url: str = ""
    """Where `refresh_field` of the answer, sent as the bearer, opens the session anew; "" for none."""
    refresh_field: str = "refreshJwt"


Auth = OAuth | ClientCredentials | SignedToken | Login


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
        auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """Ask; tried again when the site is ill for a moment."""

    def post(
        self, url: str, *, json: object = None, form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None, auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """Send once; tried again only where no connection could be made."""

    def put(
        self, url: str, *, json: object = None, headers: Mapping[str, str] | None = None, auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """Send once; tried again only where no connection could be made."""

    def delete(self, url: str, *, headers: Mapping[str, str] | None = None, auth: Auth | None = None) -> Answer:
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
class Letter:
    """One mail as the server keeps it: its raw bytes, and the unique number that the folder gave it."""

    uid: int
    raw: bytes


class Mail(Protocol):
    """The mailbox a source may look into; nothing in it is changed or marked as read."""

    def letters(
        self, host: str, port: int, user: str, password: Secret | Auth, *, folder: str = "INBOX",
        senders: Sequence[str] = (), since: timedelta, security: Literal["tls", "starttls"] = "tls",
    ) -> Iterator[Letter]:  # fmt: skip
        """Mails of these senders, newest first, lazily, each capped in size. Raises only SourceError kinds.

        `password` may be an OAuth or other token kind instead: then XOAUTH2 is spoken.
        """

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read; shown with the source."""


class Pushed(Protocol):
    """One event that was sent to us, its signature checked already: what `items` of a `push` connector is handed."""

    @property
    def body(self) -> bytes:
        """The event as it came."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What came with it and may matter, names in lower case; never a signature."""

    def json(self) -> Any:
        """The body as JSON; SourceChanged when it is anything else."""

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this event (one that is no review)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How an event shows who sent it: an HMAC over its raw bytes (RFC 2104), or a secret that comes along.

    `stripe` and `standard` sign a time too (`t=…,v1=…` in `header`; `webhook-id`, `webhook-timestamp` and
    `webhook-signature`); `header` and `address` are for senders that cannot sign: the secret itself stands in
    `header`, or in the address as `?key=…`.
    """

    secrets: tuple[Secret, ...]
    """Any one of them will do: the sender's secret can be changed without a gap."""
    by: Literal["hmac", "stripe", "standard", "header", "address"] = "hmac"
    header: str = "x-repmon-signature"
    prefix: str = "sha256="
    digest: Literal["sha256", "sha1", "sha512"] = "sha256"
    encoding: Literal["hex", "base64"] = "hex"
    tolerance: timedelta = timedelta(minutes=5)
    """How far a signed time may be from ours."""


@dataclass(frozen=True, slots=True)
class ReviewKey:
    """Which review on the site: its id, and the place it belongs to where the connector covers several."""

    id: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReplyLimit:
    """How long a public reply may be, in the site's own unit."""

    length: int
    unit: Literal["characters", "bytes"] = "characters"


@dataclass(frozen=True, slots=True)
class Consent:
    """Where a person gives consent in the browser (RFC 6749 §4.1 with RFC 7636); it becomes the setting `field`.

    The class then has the settings `client_id`, `client_secret` and `token_url`, too.
    """

    url: str
    scope: str
    field: str = "refresh_token"
    extra: tuple[tuple[str, str], ...] = ()
    """What else the site wants to be asked with."""

    def at(self, url: str) -> "Consent":
        """The same at another address."""
        return replace(self, url=url)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something an account holds that could be a source: how a person knows it, and the settings it means."""

    title: str
    settings: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Keeps:
    """What the site's terms let us keep: its text for `text_for` (None: as long as we like, zero: not at all)."""

    text_for: timedelta | None = None


class Connector(BaseModel):
    """One way to read one site: the settings a person fills in, plus `items` and `review`.

    The class variables below declare how the site behaves; the core obeys them and the documentation shows them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)

    door: ClassVar[Literal["http", "files", "mail", "push"]] = "http"
    """What `items` is handed: the HTTP client, the file reader, the mailbox; `push`: each event that was sent to us."""
    order: ClassVar[Order] = "any"
    """`changed`: latest created or edited first; `newest`: edits stay in place; `any`: always read to the end."""
    complete: ClassVar[bool] = False
    """Lists everything it has ever had. Only then may a missing review mean that it was removed."""
    window: ClassVar[str] = ""
    """What the site lets one see at most, in words ("500 newest a country"); "" for everything."""
    may_be_empty: ClassVar[bool] = False
    """What it lists passes (the last week, what a search finds); elsewhere nothing after something is an alarm."""
    min_every: ClassVar[timedelta] = timedelta(minutes=5)
    """How often the site may be asked at most; a smaller `every` in the config is refused."""
    calls_per_day: ClassVar[int | None] = None
    """How many requests a day the site allows one account; None when it has no such limit."""
    calls_per_second: ClassVar[float] = 5.0
    """How fast one host may be asked."""
    keeps: ClassVar[Keeps] = Keeps()
    """What may be stored, and how long."""
    recheck_every: ClassVar[timedelta | None] = None
    """How often each stored review is asked about again, by `recheck`, where the site wants deletions followed."""
    forget_removed: ClassVar[bool] = False
    """Whether the text of a review that is gone must go, too."""
    timezone: ClassVar[str | None] = None
    """The zone of the site's times where they carry none, as an IANA name."""
    reply: ClassVar[ReplyLimit | None] = None
    """How long a reply may be where the site shows owner replies at all; None where it has none."""
    reply_states: ClassVar[Mapping[str, ReplyStanding]] = {}
    """What the site's words for its moderation of replies mean; a word not named here counts as `waiting`."""
    consent: ClassVar[Consent | None] = None
    """Where a person gives consent in the browser; None where keys or passwords are used, or nothing."""
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

    def proof(self) -> Proof:
        """Of `push` only, and there needed: how its events show who sent them. Nothing else is let in."""
        raise NotImplementedError

    def settles(self) -> timedelta:
        """Of `push` only: how long an event without text waits for a later one of the same review that has it."""
        return timedelta(0)

    def recheck(self, http: Any, keys: Sequence[ReviewKey]) -> Items:
        """Optional: ask the site about single reviews, yielding its items of those it still shows.

        A review for which the site answers 404 is gone (let the error pass), and so is one that is not yielded.
        Replies are posted only after such a look.
        """
        raise NotImplementedError

    def post_reply(self, http: Any, key: ReviewKey, text: str) -> Reply | None:
        """Optional: post exactly these words as the owner's reply, in one request; what the site answers about it."""
        raise NotImplementedError

    def delete_reply(self, http: Any, key: ReviewKey) -> None:
        """Optional: take the owner's reply down, in one request."""
        raise NotImplementedError

    @classmethod
    def offers(cls, http: Any, given: Mapping[str, Any]) -> Iterator[Offer]:  # noqa: ARG003 - for those that do
        """Optional: what the account holds that could be a source; `given` are the settings known so far."""
        return iter(())

    @classmethod
    def can(cls, act: Literal["recheck", "post_reply", "delete_reply"]) -> bool:
        """Tell whether this class has one of the optional methods."""
        return getattr(cls, act) is not getattr(Connector, act)
