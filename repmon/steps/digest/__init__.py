"""What a digest tells, as figures: gathered for one channel and one period, before it is put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from repmon.steps.alerting.facts import Sample
from repmon.steps.digest.period import Period
from repmon.steps.digest.topic_moves import Move
from repmon.steps.rising import Rising


@dataclass(frozen=True, slots=True)
class Figures:
    """Reviews of one span of time: how many, how many unhappy, how many with stars, and the sum of those stars."""

    new: int = 0
    unhappy: int = 0
    rated: int = 0
    stars: float = 0.0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.new + other.new, self.unhappy + other.unhappy, self.rated + other.rated, self.stars + other.stars
        )

    @property
    def mean(self) -> float | None:
        """Mean stars to one decimal; None without any."""
        return round(self.stars / self.rated, 1) if self.rated else None


@dataclass(frozen=True, slots=True)
class Ages:
    """Unhappy reviews without an answer, by how long they have been here."""

    under_4_hours: int = 0
    under_a_day: int = 0
    under_3_days: int = 0
    older: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.under_4_hours + self.under_a_day + self.under_3_days + self.older


@dataclass(frozen=True, slots=True)
class Answers:
    """Unhappy reviews whose answer was due in the period, and how many of them got one in time."""

    due: int = 0
    in_time: int = 0


@dataclass(frozen=True, slots=True)
class Incidents:
    """How many began and ended in the period, and how many went on at its end."""

    opened: int = 0
    going_on: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One of several places: the figures of the period, and how many unhappy reviews wait for an answer."""

    name: str
    figures: Figures
    waiting: int


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor's source."""

    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source in trouble, as code and values of a sentence."""

    code: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the sources were read: how many there are, how often they were asked in the period, and how often with
    success (None where that is not known), and what is wrong now.
    """

    sources: int = 0
    polls: int | None = None
    polls_ok: int | None = None
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Urgent:
    """A review that wants a person: `since` is when it came, `place` the name of its place, where there are
    several.
    """

    sample: Sample
    since: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """One digest for one channel.

    `history` are the figures of eight periods, the last two of them `before` and `now`; `starts` the local dates they
    begin on (ISO 8601). `usual` gives the reviews a week that had a rising phrase before, by phrase. `desk_url` "" is
    none. `place` names what it is about.
    """

    key: str
    period: Period
    weekly: bool
    timezone: str
    place: str
    history: tuple[Figures, ...]
    starts: tuple[str, ...]
    ages: Ages = Ages()
    drafts: int = 0
    assigned: int | None = None
    answers: Answers = Answers()
    answer_hours: int = 24
    won_back: int = 0
    praise: tuple[Rising, ...] = ()
    complaint: tuple[Rising, ...] = ()
    usual: Mapping[str, float] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    incidents: Incidents = Incidents()
    reading: Reading = Reading()
    places: tuple[Place, ...] = ()
    rivals: tuple[Rival, ...] = ()
    urgent: tuple[Urgent, ...] = ()
    desk_url: str = ""
    mask: bool = True

    @property
    def now(self) -> Figures:
        """The figures of the period itself."""
        return self.history[-1]

    @property
    def before(self) -> Figures:
        """Those of the period before."""
        return self.history[-2]

    @property
    def quiet(self) -> bool:
        """Whether nothing came and nothing waits."""
        going_on = self.incidents.opened or self.incidents.going_on or self.incidents.closed
        return not (self.now.new or self.ages.total or self.drafts or self.assigned or self.won_back or going_on)


def total(parts: Sequence[Sequence[Figures]]) -> tuple[Figures, ...]:
    """The sums of several rows of figures, span by span."""
    return tuple(sum(column, Figures()) for column in zip(*parts, strict=True))
