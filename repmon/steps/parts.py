"""What a message is put together from, before it is known how much room there is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters of the review and of the draft are shown, and whether reasons are."""

    review: int
    draft: int
    reasons: bool = True


@dataclass(frozen=True, slots=True)
class Parts:
    """A title, paragraphs, and where to act: the last is never cut away."""

    title: str
    paragraphs: tuple[str, ...]
    act: str = ""
