"""The connectors that come with repmon keep the contract that is asked of everybody's."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json

from repmon.testing import ConnectorContract, ReplyContract
from repmon_connectors.app_store import AppStore
from repmon_connectors.feed import Feed
from repmon_connectors.file import File
from repmon_connectors.google_business_profile import GoogleBusinessProfile
from tests.connectors.replies import reply


class TestAppStore(ConnectorContract):
    connector = AppStore
    settings = {"app_id": "1001", "countries": ["nl"], "base_url": "{site}"}
    replies = [reply("app_store_1.json"), reply("app_store_2.json"), reply("app_store_empty.json")]
    content_type = "text/javascript; charset=UTF-8"


class TestGoogleBusinessProfile(ReplyContract):
    connector = GoogleBusinessProfile
    settings = {
        "account": "77",
        "location": "501",
        "client_id": "made-up-client",
        "client_secret": "made-up-secret",
        "refresh_token": "made-up-refresh",
        "base_url": "{site}/v4",
        "token_url": "{site}/token",
    }
    replies = [reply("google_1.json"), reply("google_2.json")]
    one = json.loads(reply("google_1.json"))["reviews"][0]


class TestFeed(ConnectorContract):
    connector = Feed
    settings = {"url": "{site}/alerts/feeds/000/111"}
    replies = [reply("alerts.xml")]
    content_type = "application/atom+xml"
    broken = reply("alerts.xml").replace(b"<published>2025-03-01T08:00:00Z</published>", b"<published>soon</published>")
    forgives = frozenset({"truncated", "wrong encoding"})


class TestFile(ConnectorContract):
    connector = File
    settings = {
        "path": "{file}",
        "scale": "nps",
        "columns": {
            "id": "Respondent ID",
            "rating": "How likely are you to come back?",
            "text": "What should we do better?",
            "written_at": "End Date",
        },
    }
    replies = [reply("survey.csv")]
    broken = reply("survey_broken.csv")
