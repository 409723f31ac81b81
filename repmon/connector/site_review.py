"""One item of a site in our words, before the core makes it UTC, plain text and 0-5 stars."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat

from repmon.review import Kind, Scale


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
