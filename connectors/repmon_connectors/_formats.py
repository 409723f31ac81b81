"""What senders of events send: how they sign, where a body holds its events, and what those say."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from repmon.connector import Item
from repmon_connectors._mapping import Fields

Name = Literal["generic", "typeform", "delighted", "judgeme", "trustpilot", "woocommerce"]


class Format(NamedTuple):
    """One sender. `events` and `name` are JMESPath; `wanted` are the names of events that are reviews, all if empty."""

    proof: Mapping[str, Any]
    events: str
    fields: Fields
    name: str = ""
    wanted: frozenset[str] = frozenset()


FORMATS: Mapping[Name, Format] = {
    "generic": Format(
        {"by": "hmac", "header": "x-repmon-signature", "prefix": "sha256=", "encoding": "hex"},
        "@",
        Fields(out_of="scale_max", written_at="created_at", edited_at="updated_at", place="place", reply="reply"),
    ),
    "typeform": Format(
        {"by": "hmac", "header": "typeform-signature", "prefix": "sha256=", "encoding": "base64"},
        "@",
        Fields(id="form_response.token", text="", title="", rating="", author="", url="", language="", written_at=""),
        "event_type",
        frozenset({"form_response"}),
    ),
    "delighted": Format(
        {"by": "hmac", "header": "x-delighted-webhook-signature", "prefix": "sha256=", "encoding": "hex"},
        "@",
        Fields(
            id="event_data.id", text="event_data.comment", title="", rating="event_data.score", language="",
            author="event_data.person.name", url="event_data.permalink", written_at="event_data.created_at",
            edited_at="event_data.updated_at",
        ),
        "event_type",
        frozenset({"survey_response.created", "survey_response.updated"}),
    ),
    "judgeme": Format(
        {"by": "hmac", "header": "judgeme-hmac-sha256", "prefix": "", "encoding": "hex"},
        "not_null(review, @)",
        Fields(text="body", author="reviewer.name", url="", language="", written_at="created_at"),
    ),
    "trustpilot": Format(
        {"by": "address"},
        "events",
        Fields(
            id="eventData.id", text="eventData.text", title="eventData.title", rating="eventData.stars",
            author="eventData.consumer.name", language="eventData.language", written_at="eventData.createdAt",
            edited_at="eventData.updatedAt", url="join('/', ['https://www.trustpilot.com/reviews', eventData.id])",
        ),
        "eventName",
        frozenset({"service-review-created", "service-review-updated"}),
    ),
    "woocommerce": Format(
        {"by": "hmac", "header": "x-wc-webhook-signature", "prefix": "", "encoding": "base64"},
        "@",
        Fields(text="review", title="", author="reviewer", url="product_permalink", language="",
               written_at="date_created_gmt"),
        "action",
        frozenset({"review"}),  # other events name the action, and of its comment only the number
    ),
}  # fmt: skip
"""Documented by the senders, or read in public receivers; where nobody says how an event is signed, a secret in the
address stands for it."""

OTHER_PROOFS: Mapping[str, Mapping[str, Any]] = {
    "stripe": {"header": "stripe-signature"},
    "standard": {"header": "webhook-signature"},
    "header": {"header": "authorization", "prefix": "Bearer "},
    "address": {},
}
"""Where the ways to sign that are not a sender's own usually stand."""
_SURVEYS: Mapping[str, tuple[str, float]] = {
    "nps": ("nps", 10.0), "csat": ("csat", 5.0), "ces": ("ces", 5.0), "smileys": ("csat", 5.0), "stars": ("stars", 5.0),
}  # fmt: skip


def delighted_survey(event: Item) -> dict[str, Any]:
    """What the kind of a Delighted survey says of its score; a score of an unknown kind is left out."""
    known = _SURVEYS.get(event["event_data"].get("survey_type") or "")
    if known is None:
        return {"rating": None, "kind": "survey"}
    return {"scale": known[0], "out_of": known[1], "kind": "survey"}


def trustpilot_title(event: Item) -> dict[str, Any]:
    """Leave out a title that is only how the text begins."""
    said = event["eventData"]
    title = (said.get("title") or "").removesuffix("…")
    return {"title": None} if (said.get("text") or "").startswith(title) else {}
