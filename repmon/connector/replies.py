"""What is needed to answer a review: which one it is, and how long a public reply may be."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReviewKey:
    """Which review on the site: its id, and the place it belongs to where the connector covers several."""

    id: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReplyLimit:
    """How long a public reply may be, in the site's own unit."""

    length: int
    unit: Literal["characters", "bytes"] = "characters"
