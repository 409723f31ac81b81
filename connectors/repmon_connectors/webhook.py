"""Webhooks: events that a site, a survey tool or an automation service sends to the desk, `POST /hooks/SOURCE`.

Nothing is polled. What the desk took in and committed is handed to `items`, one event at a time.
"""

from datetime import timedelta
from typing import Any, Literal
from urllib.parse import parse_qsl

import jmespath
from pydantic import Field, field_validator

from repmon.connector import Item, Items, Proof, Pushed, Secret, SiteReview, SourceChanged
from repmon_connectors._formats import FORMATS, OTHER_PROOFS, Format, Name, delighted_survey, trustpilot_title
from repmon_connectors._mapping import Expression, Fields, Mapped, found, moment, rating
from repmon_connectors._typeform import Question, answers

SHORTEST = 16
FORM = "application/x-www-form-urlencoded"


class Webhook(Mapped):
    """Events sent to the desk: repmon's own JSON, any JSON by a mapping, or those of survey tools and review sites."""

    door = "push"
    min_every = timedelta(0)  # nobody is asked
    window = "what is sent from now on"

    format: Name = Field("generic", description="Who sends: what the events look like and how they are signed.")
    secret: Secret = Field(description="Shared with the sender, 16 characters at least.")
    former: list[Secret] = Field([], description="Secrets that still count while you change to a new one.")
    signed: Literal["", "hmac", "stripe", "standard", "header", "address"] = Field(
        "", description="How events show who sent them; by default as the sender of this format does."
    )
    header: str | None = Field(None, description="The header with the signature, where it is another.")
    prefix: str | None = Field(None, description="What stands before the signature, where it is something else.")
    digest: Literal["sha256", "sha1", "sha512"] = Field("sha256", description="The hash of an HMAC signature.")
    encoding: Literal["hex", "base64"] | None = Field(None, description="How the signature is written.")
    items_at: Expression = Field("", description="Where a body holds its reviews, where they are not the body itself.")
    questions: dict[Question, str] = Field({}, description="Typeform: which question is what, by its title, id or ref.")
    settle_minutes: int = Field(5, ge=0, le=60, description="How long a score waits for its comment (Delighted).")

    @field_validator("secret", "former")
    @classmethod
    def _long_enough(cls, given: Secret | list[Secret]) -> Secret | list[Secret]:
        if any(len(one) < SHORTEST for one in (given if isinstance(given, list) else [given])):
            raise ValueError(f"should have at least {SHORTEST} characters")
        return given

    @property
    def _format(self) -> Format:
        return FORMATS[self.format]

    def proof(self) -> Proof:
        """As the format's sender signs, or as the settings say."""
        own = {"header": self.header, "prefix": self.prefix, "encoding": self.encoding, "by": self.signed or None}
        usual = self._format.proof if self.signed in {"", "hmac"} else OTHER_PROOFS[self.signed]
        chosen: dict[str, Any] = {**usual, **{name: value for name, value in own.items() if value is not None}}
        return Proof((self.secret, *self.former), digest=self.digest, **chosen)

    def settles(self) -> timedelta:
        """Delighted sends the score at once and the comment minutes later; that is one review, not two."""
        return timedelta(minutes=self.settle_minutes if self.format == "delighted" else 0)

    def items(self, http: Pushed, listing: str) -> Items:  # noqa: ARG002 - what is sent is one listing
        """Give the reviews of one event; what is none is noted."""
        is_form = http.headers.get("content-type", "").lower().startswith(FORM)
        body = dict(parse_qsl(http.body.decode())) if is_form else http.json()
        given = jmespath.search(self.items_at or self._format.events, body)
        if given is None:
            raise SourceChanged("webhook_no_reviews", expression=self.items_at or self._format.events)
        if not given:
            http.note("webhook_nothing")
        for event in given if isinstance(given, list) else [given] if given else []:
            name = found(self._format.name, event)
            if self._format.wanted and name is not None and name not in self._format.wanted:
                http.note("webhook_other_event", name=str(name)[:60])
            else:
                yield event

    def review(self, item: Item) -> SiteReview:
        """One event in our words."""
        own = {name: getattr(self.fields, name) for name in self.fields.model_fields_set}
        fields = self._format.fields.model_copy(update=own) if own else self._format.fields
        return self.mapped(fields, item, **self._known(item, fields))

    def _known(self, item: Item, fields: Fields) -> dict[str, Any]:
        """What a mapping cannot say."""
        if self.format == "delighted":
            return delighted_survey(item)
        if self.format == "trustpilot":
            return trustpilot_title(item)
        if self.format == "typeform" and not fields.rating:
            return self._of_typeform(item)
        return {}

    def _of_typeform(self, item: Item) -> dict[str, Any]:
        said = answers(item, self.questions)
        at = str(item["form_response"]["submitted_at"]).replace(": ", ":")
        figures = {"rating": rating(said["rating"], self.labels), "written_at": moment(at, self.time_zone)}
        return {**said, **figures, "kind": "survey"}
