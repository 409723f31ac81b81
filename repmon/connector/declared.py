"""What a class declares about its site: in which order it lists, what may be kept, what an account holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Order = Literal["changed", "newest", "any"]


@dataclass(frozen=True, slots=True)
class Keeps:
    """What the site's terms let us keep: its text for `text_for` (None: as long as we like, zero: not at all)."""

    text_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something an account holds that could be a source: how a person knows it, and the settings it means."""

    title: str
    settings: Mapping[str, object]
