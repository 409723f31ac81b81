"""What an inbox address asks for: its tab, filters and place in the list, read from a query string and written back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import cast, get_args
from urllib.parse import urlencode

from repmon.review import Label, ReviewState
from repmon.store.desk_views import TABS, Key, Tab, Wanted
from repmon.web.visit import Visitor

SINCE = {"7d": timedelta(days=7), "30d": timedelta(days=30), "90d": timedelta(days=90), "365d": timedelta(days=365)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """One inbox address; "" is anything. What makes no sense in an address counts as not said."""

    tab: str = "needs"
    location: str = ""
    source: str = ""
    state: str = ""
    label: str = ""
    unhappy: str = ""
    topic: str = ""
    mine: str = ""
    since: str = ""
    q: str = ""
    after: str = ""

    @property
    def filters(self) -> int:
        """How many filters are set, the search not counted."""
        return sum(bool(getattr(self, name)) for name in _FILTERS)

    def url(self, **changed: str) -> str:
        """The address with something else asked for; from the beginning of the list unless `after` is given."""
        now = replace(self, **{"after": "", **changed})
        said = {name: getattr(now, name) for name in ("tab", *_FILTERS, "q", "after")}
        query = urlencode({name: value for name, value in said.items() if value and (name, value) != ("tab", "needs")})
        return f"/?{query}" if query else "/"

    def wanted(self, visitor: Visitor, now: datetime) -> Wanted:
        """The question to the store, within what the visitor may see."""
        return Wanted(
            tab=cast("Tab", self.tab), places=visitor.locations, location=self.location or None,
            source=self.source or None, state=self.state or None, label=self.label or None,
            unhappy=bool(self.unhappy), topic=self.topic or None,
            assigned_to=visitor.name if self.mine else None, since=now - SINCE[self.since] if self.since else None,
            search=self.q or None,
        )  # fmt: skip

    def key(self) -> Key | None:
        """The last review of the page before."""
        moment, _, number = self.after.partition("-")
        if not _KEY.fullmatch(self.after):
            return None
        return _EPOCH + int(moment) * _MICROSECOND, int(number)


_FILTERS = ("location", "source", "state", "label", "unhappy", "topic", "mine", "since")
_KEY = re.compile("[0-9]{1,17}-[0-9]{1,9}")
"""Up to the year 5138, and a review number that every database takes."""
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "tab": TABS, "state": get_args(ReviewState), "label": get_args(Label), "since": tuple(SINCE),
    "unhappy": ("1",), "mine": ("1",),
}  # fmt: skip


def asked(query: Mapping[str, str]) -> Asked:
    """Read an address."""
    given = {name: value.strip()[:_LONGEST] for name, value in query.items() if name in Asked.__dataclass_fields__}
    return Asked(**{
        name: value for name, value in given.items() if value and (name not in _KNOWN or value in _KNOWN[name])
    })  # fmt: skip


def key_of(at: datetime, review_id: int) -> str:
    """A place in a list as an address holds it: microseconds since 1970, and the review's number."""
    return f"{(at - _EPOCH) // _MICROSECOND}-{review_id}"
