"""Steam: thumbs and no stars, pages by cursor, and a last page that gives back the cursor it was sent."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.steam import Steam
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

GAME = Steam(app_id=7001)
PAGES = [reply("steam_1.json"), reply("steam_2.json"), reply("steam_end.json")]


class TestSteam(Throttled, ConnectorContract):
    connector = Steam
    settings = {"app_id": "7001", "base_url": "{site}"}
    replies = PAGES
    throttled = reply("steam_429.html")
    throttled_with = {"content-type": "text/html"}
    waits = None


def read(*pages: bytes, game: Steam = GAME):
    http = Prepared(*pages)
    return [read_item(game, item) for item in guarded_items(game, http, "")], http


def test_a_thumb_is_a_recommendation_and_never_stars():
    reviews, _http = read(*PAGES)
    assert [(one.id, one.recommended, one.rating) for one in reviews] == [
        ("5004", False, None), ("5003", True, None), ("5002", True, None), ("5001", False, None),
    ]  # fmt: skip


def test_an_edit_has_its_time_and_a_reply_of_the_developer_is_shown():
    reviews, _http = read(*PAGES)
    assert reviews[0].edited_at is None
    assert reviews[1].edited_at == datetime(2025, 3, 8, 2, 13, 20, tzinfo=UTC)
    assert reviews[2].reply is not None
    assert reviews[2].reply.text == "Thank you, captain!"


def test_steams_names_of_languages_become_tags_and_an_unknown_one_none():
    assert [one.language for one in read(*PAGES)[0]] == ["en", "de", "en", None]


def test_the_cursor_goes_into_the_next_question():
    _reviews, http = read(*PAGES)
    assert [json.loads(params["input_json"])["cursor"] for _url, params in http.asked] == [
        "*", "AoJ0/made+up=1", "AoJ0/made+up=2",
    ]  # fmt: skip


def test_a_cursor_given_back_ends_the_read():
    last = json.loads(PAGES[1])
    last["response"]["cursor"] = "AoJ0/made+up=1"
    _reviews, http = read(PAGES[0], json.dumps(last).encode())
    assert len(http.asked) == 2


def test_a_game_without_reviews_is_noted_and_no_error():
    reviews, http = read(reply("steam_empty.json"))
    assert reviews == []
    assert http.notes == [("steam_no_reviews", {"app": "7001"})]


def test_the_old_address_answers_without_the_envelope():
    pages = [json.dumps(json.loads(page)["response"]).encode() for page in PAGES]
    reviews, http = read(*pages, game=Steam(app_id="7001", endpoint="store", base_url="https://store.example"))
    assert len(reviews) == 4
    assert http.asked[0][0] == "https://store.example/appreviews/7001"


def test_recorded_reviews_are_read():
    page = json.loads(payload("steam/appreviews_korean_summary.json"))
    page.setdefault("reviews", [])
    wrapped = [{"response": page}, {"response": {"query_summary": {"num_reviews": 0}}}]
    reviews, _http = read(*(json.dumps(one).encode() for one in wrapped))
    assert reviews
    assert all(one.recommended is not None for one in reviews)
    single = read_item(GAME, json.loads(payload("steam/single_review_vote_score_number.json")))
    assert single.recommended is True


def test_a_review_without_a_thumb_is_set_aside_and_every_other_oddity_is_read():
    (plain, answered), fields = read_odd(GAME, reply("steam_odd.json"), reply("steam_end.json"))
    assert (plain.language, plain.author, plain.text, plain.edited_at) == (None, None, "", None)
    assert (answered.author, answered.url, answered.reply) == ("captain", None, None)
    assert fields == ["voted_up"]
