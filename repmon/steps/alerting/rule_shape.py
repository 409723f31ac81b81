"""What deciding needs to know of a rule; the configuration's rules have this shape."""

from typing import Protocol


class WhenLike(Protocol):
    """The conditions of a rule; an empty tuple and None leave a condition out, all others must hold."""

    @property
    def events(self) -> tuple[str, ...]:
        """Kinds of event; none named means `UNNAMED_EVENTS`."""

    @property
    def unhappy(self) -> bool | None:
        """Whether the review is unhappy, as `is_unhappy` has it."""

    @property
    def star_range(self) -> tuple[float, float] | None:
        """Lowest and highest number of stars, both included; a review without stars is in no range."""

    @property
    def sentiment(self) -> tuple[str, ...]:
        """Labels of the text."""

    @property
    def topics(self) -> tuple[str, ...]:
        """Names of topics, any of which the review speaks of."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of sources."""

    @property
    def locations(self) -> tuple[str, ...]:
        """Ids of locations."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Language tags; `nl` holds for `nl-BE` too."""

    @property
    def text(self) -> tuple[str, ...]:
        """Words, any of which occurs as written in the title, the text or its translation; case does not matter."""

    @property
    def pattern(self) -> str | None:
        """A regular expression that occurs there (RE2's dialect, `steps.patterns`); case does not matter."""

    @property
    def role(self) -> str | None:
        """None looks at one's own places only: what is said of a competitor alerts nobody unasked."""

    @property
    def conflict(self) -> bool | None:
        """Whether stars and words disagree."""


class RuleLike(Protocol):
    """A rule of the configuration, as far as deciding needs it."""

    @property
    def name(self) -> str:
        """What the rule is called in the file."""

    @property
    def when(self) -> WhenLike:
        """What an event must be."""
