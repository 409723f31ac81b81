"""The class to subclass: its settings, what it declares about its site, and its methods."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from repmon.connector.auth import Consent
from repmon.connector.declared import Keeps, Offer, Order
from repmon.connector.pushing import Proof
from repmon.connector.replies import ReplyLimit, ReviewKey
from repmon.connector.site_review import Reply, SiteReview
from repmon.review import ReplyStanding

Item = Any
Items = Iterator[Item]


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
    sees_replies: ClassVar[bool] = False
    """Its items hold the owner's reply where there is one: what was answered on the site counts as answered."""
    reply: ClassVar[ReplyLimit | None] = None
    """How long a reply on the site may be, which drafts are written to; None where it has none, or says no limit."""
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
