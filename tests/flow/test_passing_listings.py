"""Listings whose reviews pass with time: a week at Google Play, what a search finds."""

import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from tests.connectors.replies import reply
from tests.connectors.signing import GOOGLE_KEY_FILE, RIVEST
from tests.flow.peers import Server


class Shop(Server):
    """Google Play and its token endpoint, which looks at signatures; shows `page` to whoever has its token."""

    page = reply("google_play_2.json")
    empty = reply("google_play_empty.json")

    def answer_to(self, path, body, headers):
        if path == "/oauth":
            signed = parse_qs(body.decode())["assertion"][0]
            options = {"verify_exp": False, "verify_iat": False, "verify_aud": False}
            assert jwt.decode(signed, RIVEST.public_key(), ["RS256"], options=options)["iss"] == "repmon@aurora.example"
            return 200, {}, b'{"access_token": "good", "expires_in": 3600}'
        return (200, {}, self.page) if headers.get("authorization") == "Bearer good" else (401, {}, b"{}")


class Search(Server):
    """Hacker News."""

    page = reply("hacker_news_2.json")
    empty = reply("hacker_news_empty.json")

    def answer_to(self, path, body, headers):
        first = parse_qs(urlsplit(path).query)["page"] == ["0"]
        return 200, {}, self.page if first else self.empty


def play(stage, server):
    (stage.folder / "key.json").write_text(json.dumps(json.loads(GOOGLE_KEY_FILE)), "utf-8")
    lines = f'package = "com.aurora.pasta"\nservice_account = "file:key.json"\ntoken_url = "{server.url}/oauth"'
    return stage.source("talk", "google_play", server, lines)


def search(stage, server):
    return stage.source("talk", "hacker_news", server, 'names = ["Kettle and Crumb"]')


@pytest.mark.parametrize(("kind", "configured"), [(Shop, play), (Search, search)])
def test_nothing_after_something_is_no_failure_and_removes_nothing(stage, kind, configured):
    with kind() as server:
        first = configured(stage, server).begin().poll()
        assert (first.status, first.new) == ("ok", 1), first
        server.page = server.empty
        for _turn in range(4):
            assert stage.later(days=8).poll().status == "ok"
        assert stage.one("SELECT count(*) FROM review WHERE removed_at IS NOT NULL") == 0
        stage.end()
