"""The check of a reply: what must not go out is found where it stands, and what may go out is left alone."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.connector import ReplyLimit
from repmon.review import Topic
from repmon.steps.drafting.draft import Business
from repmon.steps.lint import lint
from repmon.steps.lint.finding import SEVERITY
from repmon.steps.lint.hidden import hidden
from repmon.steps.lint.patterns import matches, parsed, patterns
from repmon.wording import SENTENCES
from tests.steps.drafting import CASES, business, drafted, review, topics

CORPUS = tomllib.loads((Path(__file__).parent / "lint_corpus.toml").read_text("utf-8"))
BAD = [(rule, text) for rule, texts in CORPUS["bad"].items() for text in texts]
GOOD = [(trade, text) for trade, texts in CORPUS["good"].items() for text in texts]
US = Business("Kettle and Crumb", "hello@kettle.example or 020 555 0199", "Mila VAN DORP, owner", "restaurant", ("en",))


def rules(text, **known):
    return [each.rule for each in lint(text, **known)]


def quoted(text, rule, **known):
    return [text[each.start : each.end] for each in lint(text, **known) if each.rule == rule]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_a_bad_reply_is_found_by_its_rule(rule, text):
    name, _, trade = rule.partition(".")
    found = [each for each in lint(text, review=review(), trade=trade or "generic") if each.rule == name]
    assert found, f"not found: {text}"
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert found[0].severity == SEVERITY[name]


@pytest.mark.parametrize(("trade", "text"), GOOD)
def test_a_good_reply_goes_through(trade, text):
    found = lint(
        text, review=review(text="", author="Anna Example"), trade="generic" if trade == "languages" else trade
    )
    assert [(each.rule, text[each.start : each.end]) for each in found if each.severity == "block"] == []


def test_the_corpus_is_as_large_as_promised_and_good_replies_get_few_warnings():
    assert len(BAD) >= 150
    assert len(GOOD) >= 150
    assert {rule.partition(".")[0] for rule, _ in BAD} == set(SEVERITY) - {"limit", "recent", "topic"}
    warned = [text for trade, text in GOOD if lint(text, trade="generic")]
    assert len(warned) <= len(GOOD) * 0.03, warned


@pytest.mark.parametrize("trade", ["restaurant", "hotel", "shop", "clinic", "services", "app", "generic"])
def test_no_shipped_draft_is_blocked(trade):
    for language in ("en", "de", "fr", "es", "it", "nl", "pt"):
        used = []
        us = business(trade, (language,))
        for case, (given_review, label) in CASES.items():
            about = topics("wait", "staff") if len(used) % 2 else topics("price")
            made = drafted(given_review, label, about, conflict=case.startswith("contra"), by=us, used=used)
            if made is None:
                continue
            used += made.variants
            found = lint(made.text, review=given_review, topics=about, business=us, trade=trade)
            assert [(case, made.text[each.start : each.end]) for each in found if each.severity == "block"] == []


def test_every_rule_has_its_sentence_and_its_advice():
    for rule in SEVERITY:
        assert f"lint_{rule}" in SENTENCES
        assert f"lint_{rule}_try" in SENTENCES


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("blame", "Hello, you should have told us.", "you should have"),
        ("blame", "Bonjour, vous auriez dû le dire.", "vous auriez dû"),
        ("phone", "Call +31 20 555 01 23, please.", "+31 20 555 01 23"),
        ("mail", "Write to anna@mail.example.", "anna@mail.example"),
        ("card", "Card 4111 1111 1111 1111.", "4111 1111 1111 1111"),
        ("capitals", "This is NOT TRUE, so.", "NOT TRUE"),
        ("inducement", "A voucher if you delete your review!", "delete your review"),
        ("name", "Dear Mrs Example, hello", "Mrs Example"),
        ("link", "See https://kettle.example/x, or not.", "https://kettle.example/x"),
    ],
)
def test_the_words_are_marked_exactly(rule, text, words):
    assert quoted(text, rule, review=review()) == [words]


def test_what_is_the_businesss_own_may_stand_in_its_replies():
    text = "Write to HELLO@kettle.example or call +31 20 555 0199.\nMila VAN DORP, Kettle and Crumb"
    assert rules(text, business=US, review=review()) == []


def test_a_first_name_is_no_private_matter_and_a_family_name_is():
    assert rules("Dear Anna, for example this.", review=review()) == []
    assert rules("Dear Anna, dear Ms Example", review=review()) == ["name"]
    assert rules("Our new baker, Baker and Sons", review=review(author="Rose")) == []


def test_the_limit_counts_in_the_sites_own_unit():
    assert rules("é" * 10, limit=ReplyLimit(10)) == []
    found = lint("é" * 10, limit=ReplyLimit(10, "bytes"))
    assert [(each.rule, each.start, each.end, each.values["length"]) for each in found] == [("limit", 5, 10, 20)]


def test_a_reply_that_passes_the_complaint_by_is_warned_of():
    about = (Topic("wait", ("forty minutes",), "negative"),)
    passing = "Thank you for your review. The chef has read it with care."
    assert rules(passing, review=review("We waited forty minutes."), topics=about) == ["topic"]
    for answer in ("We are sorry about the waiting time.", "Forty minutes are too many."):
        assert rules(answer, review=review("We waited forty minutes."), topics=about) == []
    assert rules(passing, review=review("Lovely."), topics=(Topic("wait", (), "positive"),)) == []


def test_the_same_reply_again_is_warned_of():
    text = "We are sorry that the soup was cold, and the kitchen has read every word of your review."
    assert rules(text, recent=[text.replace("soup", "pasta")]) == ["recent"]
    other = "Thank you for telling us how the evening went; the waiters talked about it this morning."
    assert rules(text, recent=[other]) == []
    assert rules("Thank you, Anna!", recent=["Thank you, Anna!"]) == []


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍👩‍👧 ❤️", "\u200f\u05d0\u05d1! 5", "Zoë, naïve, Łódź", "line\nline"])
def test_what_honest_writing_needs_is_not_hidden(text):
    assert hidden(text) == ()


@pytest.mark.parametrize("character", "\u202e\u2066\u200b\u200e\u00ad\ufeff\U000e0061\u2028\x1b\t\u3164\u200d")
def test_a_character_that_hides_is_found(character):
    assert [(each.start, bool(each.name)) for each in hidden(f"So{character}rry")] == [(2, True)]


def test_patterns_know_choices_blanks_and_any_word():
    known = patterns([("(we|i) will (not |)sue", "threat"), ("will * you", "odd"), ("we will not", "fine")])
    assert [*matches(["we", "will", "not", "sue"], known)] == [(0, 4, "threat")]
    assert [*matches(["we", "will", "not"], known)] == [(0, 3, "fine")]
    assert [*matches(["will", "call", "you"], known)] == [(0, 3, "odd")]
    for broken in ("we (will", "we) will"):
        with pytest.raises(ValueError, match=r".*"):
            parsed(broken)


@given(st.text(max_size=200))
def test_any_text_can_be_checked(text):
    for each in lint(text, review=review(), business=US, limit=ReplyLimit(50, "bytes"), trade="clinic"):
        assert 0 <= each.start < each.end <= len(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["you should ", "we will not ", "1 ", "a@", "www.", "A ", "((", "1-1.", "order 1", "x.y."]
)
def test_twice_the_text_takes_twice_the_time(piece):
    def seconds(times):
        text = piece * times
        begin = time.process_time()
        lint(text, review=review(), business=US, trade="clinic")
        return time.process_time() - begin

    lint("warm", trade="clinic")
    small, large = min(seconds(1000) for _ in range(3)), min(seconds(4000) for _ in range(2))
    assert large < 8 * small + 0.05
