"""Texts to measure with: generated ones anywhere, real reviews where they lie beside the checkout."""

import gzip
import json
import random
from collections.abc import Iterator
from itertools import islice

from tests.shared import SHARED

OPENINGS = ("We came here on a Friday.", "Second visit.", "Ordered online.", "Booked for four.", "Lovely evening!", "")
MIDDLES = (
    "The soup was cold and nobody came for forty minutes", "The staff were friendly and the food was great",
    "Not bad at all, but the room was noisy", "I would not recommend this place", "Great value and a warm welcome",
    "My parcel arrived broken and the refund took weeks", "The app crashes whenever I open my order",
)  # fmt: skip
ENDINGS = (".", "!", "!!", ", never again.", " :)", ", thank you!", ".\nWe will be back.", "")


def generated(number: int, seed: int = 1) -> list[tuple[str, int]]:
    """Invented reviews as (text, stars), about 90 characters each."""
    rng = random.Random(seed)
    return [
        (" ".join((rng.choice(OPENINGS), rng.choice(MIDDLES) + rng.choice(ENDINGS))).strip(), rng.randint(1, 5))
        for _ in range(number)
    ]


def real(number: int) -> list[tuple[str, int]] | None:
    """Real Google reviews with a text as (text, stars); None where there are none."""
    file = SHARED / "data" / "google_maps_amsterdam.jsonl.gz"
    if not file.is_file():
        return None
    return list(islice(_rows(file), number))


def _rows(file: object) -> Iterator[tuple[str, int]]:
    with gzip.open(str(file), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("text"):
                yield row["text"], row["stars"]
