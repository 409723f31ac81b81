"""What a class says about keeping and deletions is obeyed: text goes when its time is over; figures stay."""

import json
from datetime import timedelta
from typing import ClassVar

import pytest

from repmon.connector import Http, Items, Keeps, ReviewKey
from repmon.discover import Found
from repmon.pipeline import forget
from tests.flow import stage as stages
from tests.flow.site import Changed, many, written
from tests.flow.stage import NOW

pytestmark = pytest.mark.both_databases


class Daily(Changed):
    """Its text may be kept for a day."""

    keeps: ClassVar[Keeps] = Keeps(timedelta(days=1))


class Glance(Changed):
    """Its text may not be kept at all."""

    keeps: ClassVar[Keeps] = Keeps(timedelta(0))


class Followed(Changed):
    """Wants deletions followed every two days; lists only what is recent."""

    complete: ClassVar[bool] = False
    recheck_every: ClassVar[timedelta | None] = timedelta(days=2)
    forget_removed: ClassVar[bool] = True

    def recheck(self, http: Http, keys: list[ReviewKey]) -> Items:
        ids = ",".join(key.id for key in keys)
        yield from http.get(f"{self.base_url}/", params={"ids": ids}).json()["reviews"]


class OneByOne(Followed):
    """Is asked about each review by itself; what is gone is 404."""

    def recheck(self, http: Http, keys: list[ReviewKey]) -> Items:
        for key in keys:
            yield http.get(f"{self.base_url}/", params={"ids": key.id, "one": 1}).json()


@pytest.fixture
def shop(stage, board, monkeypatch):
    for kind in (Daily, Glance, Followed, OneByOne):
        name = kind.__name__.lower()
        monkeypatch.setitem(stages.CONNECTORS, name, Found(name, kind))
    plain = board.answer

    def answer(path, body):
        if "ids=" not in path:
            return plain(path, body)
        wanted = path.partition("ids=")[2].partition("&")[0].replace("%2C", ",").split(",")
        found = [each for each in board.kept if each["id"] in wanted]
        if "one=1" in path:
            return (200, {}, json.dumps(found[0]).encode()) if found else (404, {}, b'{"error": "gone"}')
        return 200, {}, json.dumps({"reviews": found}).encode()

    board.answer, board.kept = answer, board.reviews
    return lambda kind: stage.source("shop", kind, board).begin()


TEXTS = "SELECT text, title, author, raw, reasons FROM review ORDER BY id"


def test_text_is_kept_for_as_long_as_the_class_says_and_figures_stay(shop, board):
    board.show(written("a", NOW, "Dreadful soup, rude waiter.", title="Never again", author="Ines"))
    stage = shop("daily")
    stage.turn()
    stage.later(hours=23).turn()
    assert stage.rows(TEXTS)[0][:3] == ("Dreadful soup, rude waiter.", "Never again", "Ines")
    stage.later(hours=2).turn()
    assert stage.rows(TEXTS) == [("", "", "", None, None)]
    assert stage.rows("SELECT rating, label, external_id FROM review") == [(1.0, "negative", "a")]
    assert [words for _, _, words in json.loads(stage.one("SELECT topics FROM review"))] in ([], [[]], [[], []])


def test_no_word_of_it_is_left_in_the_database_file(shop, board):
    words = (b"xylophone", b"zeppelin", b"quokka")
    long = "Dreadful xylophone " * 2_000
    board.show(written("a", NOW, long, title="Zeppelin", author="Quokka"), *(many(30, NOW)))
    stage = shop("daily")
    if stage.url:
        pytest.skip("a file is what can be read here")
    stage.turn()
    stage.world.database.checkpoint()
    assert all(word in stage.file.read_bytes().lower() for word in words)
    board.show(*(many(30, NOW)))
    stage.later(hours=25).turn()
    stage.world.database.checkpoint()
    left = stage.file.read_bytes().lower() + (stage.file.with_name(stage.file.name + "-wal").read_bytes().lower())
    assert [word for word in words if word in left] == []


def test_where_nothing_may_be_kept_the_text_lives_until_it_is_understood_and_told(shop, board):
    board.show(written("a", NOW, "Dreadful soup, rude waiter."))
    stage = shop("glance")
    stage.turn()
    assert stage.one("SELECT label FROM review") == "negative"
    stage.later(minutes=16).turn()
    assert stage.rows(TEXTS) == [("", "", "", None, None)]
    stage.later(minutes=16).turn()
    assert stage.rows(TEXTS) == [("", "", "", None, None)]


def test_earlier_versions_go_with_it_and_an_edit_has_its_own_time(shop, board):
    board.show(written("a", NOW, "Dreadful soup."))
    stage = shop("daily")
    stage.turn()
    board.change("a", text="Dreadful soup, twice.", edited=(NOW + timedelta(hours=12)).isoformat())
    stage.later(hours=13).turn()
    stage.later(hours=13).turn()
    assert stage.one("SELECT text FROM review") == "Dreadful soup, twice."
    stage.later(hours=13).turn()
    assert stage.rows("SELECT text, raw FROM review UNION ALL SELECT text, raw FROM review_version") == [("", None)] * 2


def test_the_text_of_a_source_that_is_no_longer_read_goes_too(shop, board):
    board.show(written("a", NOW))
    stage = shop("daily")
    stage.turn()
    stage.sources.clear()
    stage.begin().later(days=2)
    assert forget(stage.world) == 1


def test_a_text_nobody_has_understood_yet_is_not_removed_before(shop, board):
    board.show(written("a", NOW))
    stage = shop("daily")
    stage.turn()
    with stage.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET step = 'understand'")
    assert forget(stage.later(days=2).world) == 0


def test_deletions_are_followed_and_the_text_of_what_is_gone_goes(shop, board):
    board.show(*many(5, NOW))
    stage = shop("followed")
    stage.turn()
    board.take_down("r3")
    board.kept = board.reviews
    assert stage.later(hours=47).turn().outcomes[0].removed == 0
    outcome = stage.later(hours=2).turn().outcomes[0]
    assert (outcome.status, outcome.removed) == ("ok", 1)
    assert stage.rows("SELECT external_id, text, raw FROM review WHERE removed_at IS NOT NULL") == [("r3", "", None)]
    assert stage.events("review.removed") == 1


def test_one_that_is_gone_among_many_asked_about_singly_is_found(shop, board):
    board.show(*many(3, NOW))
    stage = shop("onebyone")
    stage.turn()
    board.take_down("r2")
    board.kept = board.reviews
    assert stage.later(days=3).turn().outcomes[0].removed == 1
    assert stage.rows("SELECT external_id FROM review WHERE removed_at IS NOT NULL") == [("r2",)]


def test_everything_gone_at_once_is_not_believed(shop, board):
    board.show(*many(12, NOW))
    stage = shop("followed")
    stage.turn()
    board.kept = []
    outcome = stage.later(days=3).turn().outcomes[0]
    assert (outcome.status, outcome.error.code) == ("changed", "all_gone_at_once")
    assert stage.one("SELECT count(*) FROM review WHERE removed_at IS NOT NULL") == 0


def test_a_round_goes_on_where_a_restart_cut_it(shop, board, monkeypatch):
    monkeypatch.setattr("repmon.turn.following.BATCH", 2)
    monkeypatch.setattr("repmon.turn.following.BATCHES", 1)
    board.show(*many(5, NOW))
    stage = shop("followed")
    stage.turn()
    board.take_down("r1")
    board.kept = board.reviews
    stage.later(days=3)
    found = [stage.begin().turn().outcomes[0].removed for _ in range(4)]
    assert sum(found) == 1
    assert stage.one("SELECT count(*) FROM review WHERE removed_at IS NOT NULL") == 1
