"""The step of an escalation that is due."""

from datetime import timedelta

import pytest

from repmon.steps.alerting.escalation import looked_back, next_step, step_due
from tests.steps.event import NOW

AFTER = tuple(timedelta(hours=hours) for hours in (4, 24, 72))


@pytest.mark.parametrize(("hours", "step"), [(0, None), (3.99, None), (4, 1), (23, 1), (24, 2), (72, 3), (200, 3)])
def test_the_highest_step_that_has_passed_is_due(hours, step):
    assert step_due(AFTER, NOW, NOW + timedelta(hours=hours)) == step


def test_a_step_long_past_is_passed_over():
    assert step_due(AFTER, NOW, NOW + timedelta(days=11)) is None
    assert looked_back(AFTER) == timedelta(days=10)


def test_steps_need_no_order():
    backwards = AFTER[::-1]
    assert step_due(backwards, NOW, NOW + timedelta(hours=25)) == 2
    assert next_step(backwards, 2) == 1


def test_the_last_step_has_no_next():
    assert (next_step(AFTER, 1), next_step(AFTER, 3)) == (2, None)
