"""Set phrases of complaint and praise, trade by trade: invented sentences whose meaning nobody would argue about."""

import pytest

from repmon.review import Review
from repmon.steps.understanding.remarks import remarks
from repmon.steps.understanding.remarktree import tree
from repmon.steps.understanding.score import score

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
    "orders and refunds": (
        "Nobody can tell me where it is.", "The parcel was dumped in the rain.", "My refund was refused.",
        "They carried on taking the money after I cancelled my membership.", "It came back with a cracked screen.",
        "Not one email was answered.", "Four phone calls, and each time I call somebody says something different.",
        "They blame the courier, and I am out of pocket.", "Should have read the reviews.",
        "I am done with this company.",
        "Your account is under review, they say, and nothing happens.", "It took 3 weeks to arrive.",
        "No record of our booking.", "The money just vanished.", "I was told a manager would call. Nobody did.",
        "It's a shame because the product is good.", "Still waiting after 10 days.", "Total joke of a company.",
        "I won't ever eat there again.",
    ),
    "travelling": (
        "Downgraded without warning.", "They split us up.", "The crew were chatting behind the curtain.",
        "2h wait for the bags.", "They ran out of food.", "She rolled her eyes.", "Five flights, and all of them late.",
        "Left at the gate.", "The tray table was dirty and the screen was dead.", "Only one counter open.",
        "The only good thing was the window.", "They care so little.", "Kept us waiting 35 min in the bus.",
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
    "Our waiter told us the story of the house and it was lovely.", "Nobody does pizza like these guys!",
    "A colleague told me about this place and I am so glad she did.", "Superb! Every time I call they sort it out.",
    "I had two emails from them with tracking, arrived next day, perfect.",
    "The crew kept us up to date and the entertainment system was great.",
    "Can't fault it.", "Hard to fault.", "Don't miss this place!", "Could not have been better.", "Zero complaints.",
    "Don't hesitate.", "Never had a problem here.", "They made me feel at home.", "It made us feel like family.",
    "The cake is to die for.", "You won't regret it.", "No complaints whatsoever, and no hassle at all.",
    "I wouldn't think twice about coming back.", "Impossible to go wrong here.", "No hidden extra charges.",
    "I had an issue and it was sorted within the hour.", "The crew could not do enough for us.",
    "Refunded without fuss.",
    "The replacement was on its way the next day, no questions asked.", "It couldn't have been easier.",
    "Exactly as described and it arrived early.", "No pressure at all.",
    "We never left hungry, you won't leave hungry.",
    "Book early to avoid the queues, it is lovely.",
)  # fmt: skip
NEITHER = (
    "Not the worst.",
    "No problem.",
    "Nothing to complain about.",
    "The wait was worth it.",
    "We waited only 5 minutes.",
    "It only took 20 minutes.",
    "We had a 5 minute wait.",
    "It took 3 days to arrive.",
    "It took less than 45 minutes.",
    "Not to mention the terrace.",
    "I fly every time I go to Rome.",
)


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


@pytest.mark.parametrize(
    "text",
    [
        "waited 45min", "waited 1.5 hours", "waited 3 hrs", "wait of 2 hours", "2h wait", "waited an hour and a half",
        "took 3 weeks", "Took them over two weeks", "45 minutes in the queue", "3 hrs late", "40 min for a soup",
        "spent 2 hours on the phone", "one and a half hours wait", "waited for more than half an hour",
        "delay of 90 mins",
    ],
)  # fmt: skip
def test_a_long_time_is_a_complaint_in_one_piece(text):
    assert [words for words, value in remarks(text) if value < 0] == [text]


def test_a_length_of_time_stands_where_its_phrase_allows_it_only():
    assert remarks("took 3 days") == []
    assert remarks("20 minutes for a soup") == []
    assert remarks("2 weeks later") != []
    assert remarks("2 years later") == []


def test_no_phrase_begins_with_a_word_that_every_review_has():
    frequent = {
        "the",
        "a",
        "an",
        "is",
        "was",
        "to",
        "in",
        "for",
        "of",
        "with",
        "it",
        "you",
        "i",
        "we",
        "on",
        "they",
        "that",
    }
    assert frequent.isdisjoint(tree())


def test_the_words_of_a_phrase_are_its_reason():
    reasons = {reason.text: reason.value for reason in read("They blocked my account.").reasons}
    assert reasons["blocked my account"] < 0


def test_a_phrase_stands_once_in_the_tree_and_every_branch_ends_in_one():
    open_ends = [node for node in nodes([tree()]) if not node and not node.lasting and node.remark is None]
    assert open_ends == []


def nodes(those, seen=None):
    seen = set() if seen is None else seen
    for node in those:
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            yield from nodes([*node.values(), *(then for *_, then in node.lasting)], seen)
