"""The first matching rule sends, the others are noted, and each decision says what decided it."""

import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from repmon.review import Understanding
from repmon.steps.alerting.patterns import PatternError, check_pattern
from repmon.steps.alerting.rules import decide
from repmon.wording import SENTENCES, say
from tests.steps.event import facts, review, unhappy


@dataclass(frozen=True)
class When:
    events: tuple[str, ...] = ()
    unhappy: bool | None = None
    star_range: tuple[float, float] | None = None
    sentiment: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    pattern: str | None = None
    role: str | None = None
    conflict: bool | None = None


@dataclass(frozen=True)
class Rule:
    name: str
    when: When = field(default_factory=When)


def one(given, **when: Any):
    return decide(given, [Rule("only", When(**when))])[0]


def test_the_first_matching_rule_sends_and_later_matches_are_noted():
    rules = [Rule("happy", When(unhappy=False)), Rule("bad", When(unhappy=True)), Rule("all"), Rule("more")]
    decisions = decide(unhappy(), rules)
    assert [(d.rule, d.matched, d.sends) for d in decisions] == [
        ("happy", False, False), ("bad", True, True), ("all", True, False), ("more", True, False),
    ]  # fmt: skip
    assert decisions[2].values["first"] == decisions[3].values["first"] == "bad"


def test_without_rules_there_are_no_decisions():
    assert decide(unhappy(), []) == []


@pytest.mark.parametrize(
    ("when", "code", "wants", "has"),
    [
        ({"events": ("review.removed",)}, "rule_event", "review.removed", "review.new"),
        ({"role": "competitor"}, "rule_role", "competitor", "own"),
        ({"sources": ("other",)}, "rule_source", "other", "harbour-app"),
        ({"locations": ("hill", "wood")}, "rule_location", "hill, wood", "harbour"),
        ({"languages": ("nl",)}, "rule_language", "nl", "en"),
        ({"unhappy": False}, "rule_unhappy", "no", "yes"),
        ({"star_range": (3.0, 5.0)}, "rule_stars", "3-5", "1"),
        ({"sentiment": ("positive",)}, "rule_sentiment", "positive", "negative"),
        ({"conflict": True}, "rule_conflict", "yes", "no"),
        ({"topics": ("price",)}, "rule_topic", "price", "wait, staff"),
        ({"text": ("refund", "money back")}, "rule_text", "refund, money back", ""),
        ({"pattern": "refund|money back"}, "rule_pattern", "refund|money back", "no"),
    ],
)
def test_a_decision_names_the_condition_that_failed_and_what_it_saw(when, code, wants, has):
    decision = one(unhappy(), **when)
    assert (decision.matched, decision.sends, decision.code) == (False, False, code)
    assert (decision.values["wants"], decision.values["has"]) == (wants, has)
    assert decision.code in SENTENCES
    assert "{" not in say(decision.code, decision.values)


def test_a_match_says_what_was_met():
    decision = one(
        unhappy(), unhappy=True, star_range=(0.0, 2.0), topics=("staff",), text=("refund", "AN HOUR"), languages=("en",)
    )
    assert decision.sends
    assert say(decision.code, decision.values) == (
        "It matched and sent: event review.new, language en, unhappy yes, stars 1, topic wait, staff, text AN HOUR."
    )


def test_the_first_failing_condition_decides_when_several_fail():
    assert one(unhappy(), sources=("other",), star_range=(5.0, 5.0)).code == "rule_source"


def test_a_review_without_stars_is_in_no_range_of_stars():
    decision = one(unhappy(review=review(rating=None)), star_range=(0.0, 5.0))
    assert (decision.matched, decision.values["has"]) == (False, "none")


def test_both_ends_of_a_range_of_stars_count():
    assert one(unhappy(review=review(rating=2.0)), star_range=(2.0, 2.0)).matched
    assert not one(unhappy(review=review(rating=2.5)), star_range=(1.0, 2.0)).matched


def test_a_language_holds_for_its_regions_but_not_for_its_namesakes():
    spoken = Understanding(unhappy().understanding.sentiment.__class__("negative", language="pt_BR"))
    assert one(unhappy(understanding=spoken), languages=("PT",)).matched
    assert not one(unhappy(understanding=spoken), languages=("p",)).matched


def test_the_title_is_searched_too_and_case_does_not_matter():
    assert one(unhappy(review=review(title="STRASSE gesperrt", text="")), text=("straße",)).matched


def test_a_translation_of_the_site_is_searched_too():
    abroad = unhappy(review=review(text="Il personale era scortese", translation="The staff was rude"))
    assert one(abroad, text=("rude",)).matched
    assert one(abroad, pattern=r"\brude\b").matched


@pytest.mark.parametrize("pattern", ["hour|refund", r"^waited an \w+\.$", "(?s)HOUR.*waiter", r"wai(t|n)ed\b"])
def test_a_pattern_is_found_anywhere_in_a_review_whatever_the_case(pattern):
    assert one(unhappy(), pattern=pattern if "^" not in pattern else f"(?m){pattern}").matched


def test_a_pattern_that_would_hang_others_answers_at_once():
    hostile = unhappy(review=review(text="a" * 50_000 + "!"))
    began = time.perf_counter()
    assert not one(hostile, pattern="^(a+)+$").matched
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("pattern", "problem", "place"),
    [
        ("foo(bar", "missing )", 8), ("foo[z-a]x", "invalid character class range", 5), (r"a(?=b)", "invalid perl", 2),
        (r"(a)\1", "invalid escape sequence", 4), ("a{5000}", "invalid repetition", 2), ("x*", "matches every text", 1),
        ("x" * 1001, "longer than 1000", 1001),
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_be_used_says_where(pattern, problem, place):
    with pytest.raises(PatternError) as caught:
        check_pattern(pattern)
    assert problem in caught.value.problem
    assert caught.value.place == place


def test_regular_expressions_are_loaded_where_a_rule_has_one():
    code = (
        "import sys, repmon.steps.alerting.rules, repmon.config; print('re2' in sys.modules, 'jinja2' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]


def test_a_rule_that_names_no_events_is_about_new_and_edited_reviews_only():
    assert one(unhappy(kind="review.edited")).matched
    assert one(facts("source.failing")).code == "rule_event"


def test_a_rule_that_names_a_system_event_gets_it_even_from_a_competitor_source():
    assert one(facts("source.failing", role="competitor"), events=("source.failing",)).sends


def test_what_is_said_of_a_competitor_alerts_nobody_unless_a_rule_asks():
    rival = unhappy(role="competitor")
    assert one(rival).code == "rule_role"
    assert one(rival, role="competitor").sends


def test_conditions_on_a_review_fail_quietly_where_there_is_none():
    bare = facts("source.failing")
    for when in (
        {"star_range": (1.0, 5.0)},
        {"sentiment": ("negative",)},
        {"topics": ("wait",)},
        {"text": ("x",)},
        {"pattern": "x"},
    ):
        assert not one(bare, events=("source.failing",), **when).matched


def test_decisions_hold_no_words_of_the_review():
    rules = [
        Rule("a", When(text=("hour",))),
        Rule("b", When(topics=("staff",))),
        Rule("c", When(text=("soup",))),
        Rule("d", When(pattern="wait.r")),
    ]
    for decision in decide(unhappy(), rules):
        assert "waiter" not in str(decision.values)
