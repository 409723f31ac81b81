"""Google Business Profile: putting, asking about and deleting the owner's reply."""

import json

import pytest

from repmon.connector import ReviewKey
from repmon.http.answer import Answer
from repmon_connectors.google_business_profile import GoogleBusinessProfile
from tests.connectors.replies import reply

PROFILE = GoogleBusinessProfile(
    account="accounts/77", location="501", client_id="made-up", client_secret="made-up", refresh_token="made-up"
)
KEY = ReviewKey("AbFv1", "locations/501")
ADDRESS = "https://mybusiness.googleapis.com/v4/accounts/77/locations/501/reviews/AbFv1"


class Line:
    """`repmon.connector.Http` that remembers what was asked and gives one answer."""

    def __init__(self, said: object = None) -> None:
        self.said = json.dumps(said if said is not None else {}).encode()
        self.asked = []

    def _take(self, method, url, json=None, auth=None):
        self.asked.append((method, url, json, auth is not None))
        return Answer(200, url, {}, self.said)

    def get(self, url, *, auth=None):
        return self._take("GET", url, None, auth)

    def put(self, url, *, json=None, auth=None):
        return self._take("PUT", url, json, auth)

    def delete(self, url, *, auth=None):
        return self._take("DELETE", url, None, auth)


def test_a_reply_is_put_as_its_comment():
    line = Line({"comment": "Thanks.", "updateTime": "2026-03-02T13:00:00Z"})
    shown = PROFILE.post_reply(line, KEY, "Thanks.")
    assert line.asked == [("PUT", f"{ADDRESS}/reply", {"comment": "Thanks."}, True)]
    assert (shown.text, shown.state, shown.reason) == ("Thanks.", None, None)


def test_what_google_says_about_its_check_comes_along():
    said = {"comment": "Thanks.", "reviewReplyState": "REJECTED", "policyViolation": "SPAM"}
    shown = PROFILE.post_reply(Line(said), KEY, "Thanks.")
    assert (shown.state, shown.reason) == ("REJECTED", "SPAM")


@pytest.mark.parametrize(
    ("state", "standing"), [("APPROVED", "shown"), ("PENDING", "waiting"), ("REJECTED", "rejected")]
)
def test_its_words_for_moderation_mean(state, standing):
    assert GoogleBusinessProfile.reply_states[state] == standing


def test_one_review_is_asked_for_by_its_name():
    item = json.loads(reply("google_1.json"))["reviews"][0]
    line = Line(item)
    assert list(PROFILE.recheck(line, [KEY])) == [item]
    assert line.asked == [("GET", ADDRESS, None, True)]


def test_a_reply_is_deleted():
    line = Line()
    PROFILE.delete_reply(line, KEY)
    assert line.asked == [("DELETE", f"{ADDRESS}/reply", None, True)]
