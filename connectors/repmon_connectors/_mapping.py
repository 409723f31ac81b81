"""Says in JMESPath (https://jmespath.org) where a site's JSON holds the parts of a review.

An expression is looked at when the configuration is loaded: a wrong one is refused there, with the place of the fault.
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import jmespath
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from repmon.connector import Connector, Item, ItemUnreadable, Reply, SiteReview
from repmon_connectors._cells import answer, number

OUT_OF = {"stars": 5.0, "nps": 10.0, "csat": 5.0, "ces": 7.0, "thumb": 1.0}
"""What is usual for a scale."""
_MOMENT: TypeAdapter[datetime] = TypeAdapter(datetime)


def _compiled(given: str) -> str:
    """Let JMESPath refuse what it cannot read: its message names the expression and points at the place."""
    if given:
        jmespath.compile(given)
    return given


def _known_zone(given: str) -> str:
    if given not in available_timezones():
        raise ValueError("is no IANA time zone")
    return given


Expression = Annotated[str, AfterValidator(_compiled)]
Zone = Annotated[str, AfterValidator(_known_zone)]


class Fields(BaseModel):
    """Our field = where an item holds it, as JMESPath; "" for nowhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Expression = "id"
    text: Expression = "text"
    title: Expression = "title"
    rating: Expression = "rating"
    out_of: Expression = ""
    recommended: Expression = ""
    author: Expression = "author"
    url: Expression = "url"
    language: Expression = "language"
    written_at: Expression = "written_at"
    edited_at: Expression = ""
    place: Expression = ""
    reply: Expression = ""
    reply_at: Expression = ""


class Mapped(Connector):
    """What connectors with a mapping share: its settings, and `review`."""

    sees_replies = True  # where `fields` says where they stand

    fields: Fields = Field(Fields(), description="Our field = where an item holds it, as JMESPath.")
    scale: Literal["stars", "nps", "csat", "ces", "thumb"] = Field("stars", description="What the rating is.")
    out_of: float | None = Field(None, gt=0, description="The best rating; by default what is usual for the scale.")
    labels: dict[str, float] = Field({}, description="Ratings given as words: `Very satisfied` = 5.")
    time_zone: Zone = Field("UTC", description="Of times that carry no zone, as an IANA name.")

    def review(self, item: Item) -> SiteReview:
        """One item in our words."""
        return self.mapped(self.fields, item)

    def mapped(self, fields: Fields, item: Item, **known: Any) -> SiteReview:
        """One item by these fields; `known` is what was found in another way."""
        said = {name: found(getattr(fields, name), item) for name in Fields.model_fields}
        reply, reply_at = said.pop("reply"), moment(said.pop("reply_at"), self.time_zone)
        said |= {name: moment(said[name], self.time_zone) for name in ("written_at", "edited_at")}
        said["rating"] = rating(said["rating"], self.labels)
        said["out_of"] = rating(said["out_of"], {}) or self.out_of or OUT_OF[self.scale]
        said["reply"] = Reply(text=reply, at=reply_at) if reply else None
        if said["edited_at"] == said["written_at"]:
            said["edited_at"] = None
        kind = "review" if self.scale == "stars" else "survey"
        return SiteReview.model_validate({"scale": self.scale, "kind": kind, **said, **known})


def found(expression: str, item: Item) -> Any:
    """What an item holds at a place; None where there is nothing, and for "" and a lone dash."""
    return answer(jmespath.search(expression, item)) if expression else None


def rating(given: Any, labels: dict[str, float]) -> float | None:
    """A number, or a text that begins with one; true and false are none."""
    if isinstance(given, bool):
        raise ItemUnreadable("rating")
    return number(given, labels)


def moment(given: Any, zone: str) -> datetime | None:
    """ISO 8601 text, or seconds or milliseconds since 1970; without a zone of its own it is of `zone`."""
    if given is None:
        return None
    at = _MOMENT.validate_python(given)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
