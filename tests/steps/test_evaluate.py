"""Figures that are counted right, and nothing claimed where there was nothing to count."""

import pytest

from repmon.steps.model.evaluate import Verdict, by_language, figures, held_for


def verdicts(*, hits=0, alarms=0, missed=0, rest=0, language="en"):
    return [
        *[Verdict(language, negative=True, called=True)] * hits,
        *[Verdict(language, negative=False, called=True)] * alarms,
        *[Verdict(language, negative=True, called=False)] * missed,
        *[Verdict(language, negative=False, called=False)] * rest,
    ]  # fmt: skip


def test_figures_are_those_of_the_four_counts():
    found = figures(verdicts(hits=6, alarms=2, missed=4, rest=88))
    assert found.n == 100
    assert found.accuracy == pytest.approx(0.94)
    assert found.negative_recall == pytest.approx(0.6)
    assert found.negative_precision == pytest.approx(0.75)
    assert found.false_alarm_rate == pytest.approx(2 / 90)
    assert found.macro_f1 == pytest.approx((2 * 6 / (2 * 6 + 6) + 2 * 88 / (2 * 88 + 6)) / 2)


def test_what_cannot_be_told_is_none():
    empty = figures([])
    assert (empty.n, empty.accuracy, empty.macro_f1, empty.negative_recall, empty.negative_precision) == (
        0, None, None, None, None,
    )  # fmt: skip
    assert figures(verdicts(missed=3)).false_alarm_rate is None


def test_a_class_that_is_neither_there_nor_called_does_not_spoil_the_mean():
    assert figures(verdicts(rest=10)).macro_f1 == 1.0
    assert figures(verdicts(rest=9, alarms=1)).macro_f1 == pytest.approx((0 + 18 / 19) / 2)


def test_languages_are_counted_apart_the_most_frequent_first():
    found = by_language([*verdicts(alarms=1, language="de"), *verdicts(rest=3, language="fr")])
    assert list(found) == ["fr", "de"]
    assert found["de"].false_alarm_rate == 1.0
    assert found["fr"].false_alarm_rate == 0.0


@pytest.mark.parametrize(
    ("stars", "label", "negative"),
    [
        (1.0, None, True), (2.0, None, True), (2.5, None, None), (3.0, None, None), (3.5, None, None),
        (4.0, None, False), (5.0, None, False), (None, None, None), (5.0, "negative", True),
        (1.0, "positive", False), (None, "mixed", False), (None, "neutral", False), (1.0, "unknown", None),
    ],
)  # fmt: skip
def test_a_label_wins_over_stars_and_three_stars_tell_nothing(stars, label, negative):
    assert held_for(stars, label) is negative
