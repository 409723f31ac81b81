"""Invented reviews whose words tell a reader, but not the plain scorer, whether the guest was happy."""

import random

from repmon.review import Review

BLAME = (
    "the tap dripped all night", "our soup arrived lukewarm", "the queue reached the door", "the waiter shrugged",
    "they sent the dessert twice", "the lift stood still", "we left hungry after two hours",
)  # fmt: skip
PRAISE = (
    "we stayed until midnight", "the terrace faces the harbour", "our children asked for seconds",
    "the baker waved us in", "they remembered our names", "the bread was still warm",
)  # fmt: skip
EITHER = (
    "we came on a Tuesday", "four of us sat by the window", "the menu changes weekly", "there is a tram outside",
    "we paid by card", "it was raining",
)  # fmt: skip
KLACHT = ("de soep kwam lauw op tafel", "we wachtten een uur", "de ober haalde zijn schouders op", "de kraan lekte")
LOF = (
    "we bleven tot middernacht",
    "het terras ligt aan de haven",
    "het brood dampte nog",
    "het kind wilde nog een bord",
)
BEIDE = ("we kwamen op een dinsdag", "het regende buiten", "we betaalden met de kaart", "er rijdt een tram naartoe")


def judged(count, *, seed=1, dutch=False, negative=0.2, noise=0.0):
    """So many reviews with their stars, 1 or 5; a share of `noise` of them has the wrong ones."""
    rng = random.Random(seed)
    blame, praise, either = (KLACHT, LOF, BEIDE) if dutch else (BLAME, PRAISE, EITHER)
    found = []
    for number in range(count):
        unhappy = rng.random() < negative
        parts = [rng.choice(blame if unhappy else praise), *rng.sample(either, 2)]
        rng.shuffle(parts)
        stars = 1.0 if unhappy != (rng.random() < noise) else 5.0
        table = "".join("abcdefghij"[int(digit)] for digit in f"{number}{seed}")
        text = ". ".join(part.capitalize() for part in parts) + f". Table {table}."
        found.append(Review("s", str(number), rating=stars, text=text, language="nl" if dutch else "en"))
    return found
