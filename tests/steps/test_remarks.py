"""Set phrases of complaint and praise, trade by trade: invented sentences whose meaning nobody would argue about."""

import pytest

from repmon.review import Review
from repmon.steps.remarktree import tree
from repmon.steps.score import score

COMPLAINTS = {
    "journeys": (
        "Our flight was cancelled and nobody came to tell us.", "Delayed by 6 hours without any compensation.",
        "They lost my suitcase and the seats were cramped.", "We missed our connecting flight because of them.",
        "The entertainment screen was not working and there was no leg room.", "I won't be flying with them again.",
    ),
    "shops": (
        "Still waiting for my refund.", "The parcel never arrived.", "Tracking says delivered, which it was not.",
        "They sent me the wrong size.", "It fell apart within a week.", "Nothing like the picture.",
        "Do not buy from this shop.", "You cannot speak to a human, only a chatbot.", "Bunch of crooks.",
    ),
    "banks and lines": (
        "They blocked my account without notice.", "Impossible to get an answer from anybody.",
        "The internet keeps cutting out.", "Passed from one department to another and fobbed off.",
        "The price increases every year and customer service is useless.", "Good luck trying to cancel.",
    ),
    "rooms": (
        "No hot water and the walls are paper thin.", "We couldn't sleep.", "Stains on the carpet and a musty smell.",
        "In desperate need of renovation.", "Mould all over the bathroom.",
    ),
    "clinics": (
        "I felt rushed and my concerns were ignored.", "They treated me like a number.", "Misdiagnosed twice.",
        "Two weeks later I was still in pain.",
    ),
    "trades": (
        "Shoddy work, and they left us with a hole in the wall.", "He never turned up.", "Twice the price he quoted.",
        "I had to pay someone else to do it.",
    ),
    "food": (
        "Cold soup, and we had to ask twice.", "Used to be great.", "The service was anything but friendly.",
        "It could not have been less welcoming.", "Great until the bill came with hidden fees.", "Expected better.",
    ),
}  # fmt: skip
PRAISE = (
    "Can't fault it.", "Hard to fault.", "Don't miss this place!", "Could not have been better.", "Zero complaints.",
    "Don't hesitate.", "Never had a problem here.", "They made me feel at home.", "It made us feel like family.",
    "The cake is to die for.", "You won't regret it.", "No complaints whatsoever, and no hassle at all.",
    "I wouldn't think twice about coming back.", "Impossible to go wrong here.",
)  # fmt: skip
NEITHER = ("Not the worst.", "No problem.", "Nothing to complain about.", "The wait was worth it.")


def read(text):
    return score(Review("", "", text=text, language="en"))


@pytest.mark.parametrize(("trade", "text"), [(trade, text) for trade, those in COMPLAINTS.items() for text in those])
def test_a_complaint_of_the_trade_reads_negative(trade, text):
    assert read(text).label == "negative", (trade, read(text).reasons)


@pytest.mark.parametrize("text", PRAISE)
def test_praise_that_sounds_like_blame_is_heard_as_praise(text):
    assert read(text).label in {"positive", "mixed"}, read(text).reasons
    assert read(text).score > 0


@pytest.mark.parametrize("text", NEITHER)
def test_what_denies_a_complaint_is_none(text):
    assert read(text).label != "negative", read(text).reasons


def test_the_words_of_a_phrase_are_its_reason():
    reasons = {reason.text: reason.value for reason in read("They blocked my account.").reasons}
    assert reasons["blocked my account"] < 0


def test_a_phrase_stands_once_in_the_tree_and_every_branch_ends_in_one():
    open_ends = [node for node in nodes(tree().values()) if not node and node.remark is None]
    assert open_ends == []


def nodes(those, seen=None):
    seen = set() if seen is None else seen
    for node in those:
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            yield from nodes(node.values(), seen)
