"""Google Play: one week of reviews, a tab between title and text, and a token had for a signed one."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import jwt
import pytest
from pydantic import ValidationError

from repmon.connector import ReviewKey
from repmon.errors import SourceBusy, SourceChanged, SourceRefused
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ReplyContract
from repmon.testing.bench import SPEED
from repmon.testing.site import Reply
from repmon_connectors.google_play import GooglePlay
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.signing import GOOGLE_KEY_FILE, RIVEST
from tests.connectors.throttled import Throttled
from tests.shared import payload

SETTINGS = {"package": "com.aurora.pasta", "service_account": GOOGLE_KEY_FILE}
APP = GooglePlay.model_validate(SETTINGS)
PAGES = [reply("google_play_1.json"), reply("google_play_2.json")]
ADDRESS = "https://androidpublisher.googleapis.com/androidpublisher/v3/applications/com.aurora.pasta/reviews"
KEY = ReviewKey("gp:AOqp-made-up-04")
USED_UP = b'{"error": {"code": 403, "message": "Quota", "errors": [{"domain": "usageLimits", "reason": "%s"}]}}'


class TestGooglePlay(Throttled, ReplyContract):
    connector = GooglePlay
    settings = {**SETTINGS, "base_url": "{site}", "token_url": "{site}/token"}
    replies = PAGES
    one = json.loads(PAGES[0])["reviews"][0]
    posted = json.loads(reply("google_play_posted.json"))
    throttled = reply("google_play_429.json")

    def test_a_signed_token_is_exchanged_for_the_one_that_google_takes(self):
        signed = []

        def answer(asked, number):
            if asked.path == "/oauth":
                signed.append(parse_qs(asked.body.decode())["assertion"][0])
                return Reply(b'{"access_token": "for-an-hour", "expires_in": 3600}')
            good = asked.headers.get("authorization") == "Bearer for-an-hour"
            return Reply(PAGES[1]) if good else Reply(b"{}", 401)

        self.site.answer = answer
        made = self.made(token_url="{site}/oauth")
        for _turn in range(2):
            assert len(self.read(self.client.read(calls_per_second=SPEED), made).reviews) == 1
        (token,) = signed
        assert jwt.get_unverified_header(token) == {"alg": "RS256", "kid": "made-up-id", "typ": "JWT"}
        claims = jwt.decode(token, RIVEST.public_key(), ["RS256"], audience="https://oauth2.googleapis.com/token")
        assert claims["iss"] == "repmon@aurora.example"
        assert claims["scope"] == "https://www.googleapis.com/auth/androidpublisher"

    @pytest.mark.parametrize("reason", [b"quotaExceeded", b"rateLimitExceeded"])
    def test_a_quota_that_is_used_up_makes_the_source_wait(self, reason):
        self.answers(Reply(USED_UP % reason, 403))
        assert isinstance(self.read(self.client.read(calls_per_second=SPEED)).error, SourceBusy)

    def test_another_403_is_a_refusal(self):
        self.answers(Reply(USED_UP % b"permissionDenied", 403))
        assert isinstance(self.read(self.client.read(calls_per_second=SPEED)).error, SourceRefused)


def read(*pages: bytes):
    http = Line(*pages)
    return [read_item(APP, item) for item in guarded_items(APP, http, "")], http


def test_the_token_goes_into_the_next_question():
    reviews, http = read(*PAGES)
    assert [one.id[-2:] for one in reviews] == ["04", "03", "01"]
    assert [asked.params for asked in http.asked] == [{"maxResults": 100}, {"maxResults": 100, "token": "made-up-2"}]
    assert {asked.url for asked in http.asked} == {ADDRESS}


def test_a_tab_parts_title_and_text():
    first, second, _third = read(*PAGES)[0]
    assert (first.title, first.text) == ("", "Kan niet inloggen sinds de update")
    assert (second.title, second.text) == ("Snel", "Een tafel in tien tellen.")


def test_the_time_is_that_of_the_last_change_and_the_phones_language_is_not_the_texts():
    first = read(*PAGES)[0][0]
    assert first.written_at == datetime(2025, 3, 8, 18, 20, 5, tzinfo=UTC)
    assert first.language is None


def test_the_developers_reply_comes_along():
    assert [one.reply and one.reply.text for one in read(*PAGES)[0]] == [
        None, "Dank je wel!", "Polish is coming in May.",
    ]  # fmt: skip


def test_a_review_without_stars_name_and_tab_is_one():
    (odd,) = read(reply("google_play_odd.json"))[0]
    assert (odd.rating, odd.title, odd.text, odd.author) == (None, None, "no tab at all", None)


def test_a_week_without_reviews_says_so():
    for empty in (reply("google_play_empty.json"), b'{"reviews": []}', b'{"pageInfo": {"totalResults": 0}}'):
        assert read(empty)[1].notes == [("google_play_no_reviews", {"app": "com.aurora.pasta"})]


@pytest.mark.parametrize("answer", [b'{"error": {"code": 1}}', b'["no"]', b'{"reviews": null, "x": 1}'])
def test_an_answer_that_is_no_list_of_reviews_is_not_read_as_empty(answer):
    with pytest.raises(SourceChanged):
        read(answer)


def test_a_token_that_repeats_is_a_change():
    with pytest.raises(SourceChanged, match="same page token"):
        read(PAGES[0], PAGES[0])


def test_a_reply_is_posted_and_what_google_took_comes_along():
    line = Line(reply("google_play_posted.json"))
    shown = APP.post_reply(line, KEY, "Thank you.")
    (asked,) = line.asked
    assert (asked.method, asked.url, asked.json) == ("POST", f"{ADDRESS}/{KEY.id}:reply", {"replyText": "Thank you."})
    assert (shown.text, shown.at) == ("Thank you.", datetime(2025, 3, 8, 18, 53, 20, tzinfo=UTC))


def test_a_review_is_asked_about_by_itself():
    item = json.loads(PAGES[0])["reviews"][0]
    line = Line(item)
    assert list(APP.recheck(line, [KEY])) == [item]
    assert line.asked[0].url == f"{ADDRESS}/{KEY.id}"


@pytest.mark.parametrize("given", ["made-up", "{}", '{"client_email": "repmon@aurora.example"}', "[]"])
def test_what_is_no_key_file_is_refused_before_google_is_asked_and_not_shown(given):
    line = Line({})
    broken = GooglePlay.model_validate({**SETTINGS, "service_account": given})
    with pytest.raises(SourceRefused) as caught:
        list(broken.items(line, ""))
    assert (caught.value.code, caught.value.values, caught.value.__context__) == ("google_no_key_file", {}, None)
    assert line.asked == []


def test_a_package_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        GooglePlay.model_validate({**SETTINGS, "package": "https://play.google.com/store/apps/details?id=x"})


def test_recorded_reviews_are_read():
    reviews, _http = read(payload("google_play/reviews_list_indonesian.json"))
    assert (reviews[0].author, reviews[0].rating, reviews[0].title) == ("Nur Azzahra", 5, "")
    assert all(one.text and one.written_at for one in reviews)
