"""A daily allowance belongs to an account, and is spread over the day instead of being gone by the morning."""

from datetime import timedelta
from typing import ClassVar

import pytest

from repmon.connector import Secret
from repmon.discover import Found
from repmon.pipeline import collect
from tests.flow import stage as stages
from tests.flow.site import Anyhow, written
from tests.flow.stage import NOW

MIDNIGHT = NOW.replace(hour=0)


class Metered(Anyhow):
    """May be asked 48 times a day; always read to its end."""

    calls_per_day: ClassVar[int | None] = 48
    token: Secret


@pytest.fixture
def metered(stage, board, monkeypatch):
    monkeypatch.setitem(stages.CONNECTORS, "metered", Found("metered", Metered))
    board.show(written("a", NOW - timedelta(days=2)))
    stage.now = MIDNIGHT

    def begun(*tokens):
        for number, token in enumerate(tokens):
            stage.source(f"shop{number}", "metered", board, f'token = "{token}"')
        return stage.begin()

    return begun


def scheduled(stage, number=0):
    return collect(stage.world, stage.world.settings.sources[number], scheduled=True)


def test_polls_are_spread_over_the_whole_day(metered, board):
    stage = metered("t")
    times = []
    for _ in range(96):
        if scheduled(stage).status == "ok":
            times.append(stage.now)
        stage.later(minutes=15)
    assert 40 <= len(times) <= 48
    assert times[-1] > MIDNIGHT + timedelta(hours=22)
    assert sum(1 for each in times if each < MIDNIGHT + timedelta(hours=8)) <= 17


def test_sources_of_one_account_share_its_allowance(metered, board):
    stage = metered("t", "t")
    board.asked()
    for _ in range(96):
        for number in (0, 1):
            scheduled(stage, number)
        stage.later(minutes=15)
    assert 40 <= board.asked() <= 48


def test_another_account_has_its_own(metered, board):
    stage = metered("t", "u")
    for _ in range(96):
        for number in (0, 1):
            scheduled(stage, number)
        stage.later(minutes=15)
    assert 80 <= board.asked() <= 96


def test_a_person_may_ask_between_two_scheduled_polls(metered, board):
    stage = metered("t")
    assert scheduled(stage).status == "ok"
    early = scheduled(stage.later(minutes=15))
    assert (early.status, early.error.code) == ("busy", "allowance_spread")
    assert collect(stage.world, stage.world.settings.sources[0]).status == "ok"


def test_an_allowance_used_up_waits_for_the_next_day(metered, board):
    stage = metered("t")
    statuses = [collect(stage.world, stage.world.settings.sources[0]).status for _ in range(50)]
    assert statuses == ["ok"] * 48 + ["busy"] * 2
    assert scheduled(stage.later(hours=23)).status == "busy"
    assert scheduled(stage.later(hours=1, minutes=1)).status == "ok"
