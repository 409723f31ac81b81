"""What a message is put together from, before it is known how much room there is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters of the review and of the draft are shown, and whether reasons are."""

    review: int
    draft: int
    reasons: bool = True


@dataclass(frozen=True, slots=True)
class Showing:
    """To whom and when an event is shown: `desk_url` is where the desk is, `link` a person's own way to act ("" none),
    `mask` whether phone numbers and the like in a review's text are hidden. `now` is aware.
    """

    now: datetime
    desk_url: str | None = None
    link: str = ""
    mask: bool = True

    def page(self, path: str) -> str:
        """The address of a page of the desk; "" where there is no desk to link to."""
        return f"{self.desk_url.rstrip('/')}/{path}" if self.desk_url else ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A title, paragraphs, and where to act: the last is never cut away."""

    title: str
    paragraphs: tuple[str, ...]
    act: str = ""
