"""A plainly invented business and the reviews it is sent, for the tests of drafting."""

from repmon.review import Review, Sentiment, Topic, Understanding
from repmon.steps.drafting.draft import Business, draft
from repmon.steps.drafting.templates import load_packs

PACKS = load_packs()
LABELS = {1.0: "negative", 2.0: "negative", 3.0: "mixed", 4.0: "positive", 5.0: "positive"}


def business(trade="restaurant", languages=("en",), contact="hello@aurora.example", signature="Giulia, owner"):
    return Business("Trattoria Aurora", contact, signature, trade, languages)


def review(text="The soup was cold.", rating=1.0, language="en", author="Anna Example", **more):
    return Review("test", "1", text=text, rating=rating, language=language, author=author, **more)


def topics(*names, polarity="negative"):
    return tuple(Topic(name, (), polarity) for name in names)


def drafted(given=None, label=None, about=(), conflict=False, by=None, **more):
    given = given or review()
    label = label or (LABELS.get(given.rating, "unknown") if given.text else "unknown")
    understanding = Understanding(Sentiment(label, conflict=conflict, language=given.language), about)
    options = {"packs": PACKS, "used": (), "last_text": "", "limit": None, **more}
    return draft(given, understanding, by or business(), **options)


CASES = {
    "negative": (review(), "negative"),
    "mixed": (review("Good and bad.", 3.0), "mixed"),
    "positive": (review("Lovely.", 5.0), "positive"),
    "stars_low": (review("", 1.0), "unknown"),
    "stars_mid": (review("", 3.0), "unknown"),
    "stars_high": (review("", 5.0), "unknown"),
    "contradiction_angry": (review("Awful.", 5.0), "negative"),
    "contradiction_kind": (review("Lovely.", 1.0), "positive"),
    "wrong_business": (review("Sorry, I reviewed the wrong place."), "negative"),
    "safety": (review("We got food poisoning here."), "negative"),
    "discrimination": (review("They were racist to us."), "negative"),
    "refund": (review("I want my money back, a refund."), "negative"),
    "staff": (review("That Marco was rude to us."), "negative"),
}
