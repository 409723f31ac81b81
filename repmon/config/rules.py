"""Which events are told to whom: [[rules]], and the rules that hold when the file has none."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool

from repmon.config import units
from repmon.config.fields import Language, Name, OneOrMore, Stars
from repmon.config.model import Table
from repmon.review import EventKind, Label

Role = Literal["own", "competitor"]
Pattern = Annotated[str, AfterValidator(units.pattern)]


class When(Table):
    """What an event must be for a rule to match; everything given must hold. `steps.rules` says what each one means."""

    events: OneOrMore[EventKind] = ()
    unhappy: StrictBool | None = None
    stars: Stars | None = None
    sentiment: OneOrMore[Label] = ()
    topics: OneOrMore[Name] = ()
    sources: OneOrMore[str] = ()
    locations: OneOrMore[str] = ()
    languages: OneOrMore[Language] = ()
    text: OneOrMore[Name] = ()
    """Words, one of which the review must hold, upper and lower case alike."""
    pattern: Pattern | None = None
    """A regular expression that must occur in the review."""
    role: Role | None = None
    conflict: StrictBool | None = None

    @property
    def star_range(self) -> tuple[float, float] | None:
        """Lowest and highest stars, both included; None when any will do."""
        return units.stars(self.stars) if self.stars else None


class Rule(Table):
    """Events that match `when` are told to the channels in `notify`."""

    name: Name
    when: When = When()
    notify: Annotated[OneOrMore[str], Field(min_length=1)]
    urgency: Literal["urgent", "normal"] = "normal"


def default_rules(channels: tuple[str, ...]) -> tuple[Rule, ...]:
    """Tell all channels what a small business wants to know when it has said nothing; what hurts most at once."""
    unhappy = When(events=("review.new", "review.edited"), unhappy=True)
    incident = When(events=("incident.opened", "incident.updated"))
    changed = When(events=("review.edited", "review.removed"))
    waiting = When(events=("review.unanswered", "reply.rejected", "reply.outdated"))
    course = When(events=("rating.dropped", "incident.closed"))
    return (
        Rule(name="unhappy", when=unhappy, notify=channels, urgency="urgent"),
        Rule(name="incident", when=incident, notify=channels, urgency="urgent"),
        Rule(name="changed", when=changed, notify=channels),
        Rule(name="waiting for you", when=waiting, notify=channels),
        Rule(name="how it goes", when=course, notify=channels),
    )
