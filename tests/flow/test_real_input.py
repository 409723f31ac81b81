"""Recorded answers of real sites through the whole turn, where they are present; and what a quiet poll costs."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests import shared
from tests.flow.peers import STARS, Server
from tests.flow.stage import NOW


class Recorded(Server):
    """Gives recorded bytes by the end of the path; an empty feed of its kind where nothing was recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, bytes] = {}
        self.otherwise = b'{"feed": {}}'

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if path == "/token":
            return 200, {}, b'{"access_token": "token-of-the-hour", "expires_in": 3600}'
        found = next((said for name, said in self.answers.items() if name in path), self.otherwise)
        kind = "application/xml" if found.lstrip().startswith(b"<") else "application/json"
        return 200, {"content-type": kind}, found


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    with Recorded() as server:
        yield server


def google(server: Server) -> str:
    return (
        f'account = "1"\nlocation = "2"\nclient_id = "x"\nclient_secret = "s"\nrefresh_token = "r"\n'
        f'token_url = "{server.url}/token"\n'
    )


def counted(stage, recorded) -> int:
    """Review requests since the last call; token requests are not polls."""
    with recorded.lock:
        number = sum(urlsplit(path).path != "/token" for path in recorded.requests)
        recorded.requests.clear()
    return number


def test_recorded_app_store_pages_are_read_once_and_then_cost_two_requests_at_most(stage, recorded):
    for page in (1, 2):
        recorded.answers[f"page={page}/"] = shared.payload(f"apple_rss/1510826067_gb_{page}.json")
    entries = [entry for said in recorded.answers.values() for entry in json.loads(said)["feed"].get("entry", [])]
    expected = {entry["id"]["label"] for entry in entries if "im:rating" in entry}
    stage.source("app", "app_store", recorded, 'app_id = "1510826067"\ncountries = ["gb"]').begin()
    outcome = stage.poll()
    assert (outcome.status, outcome.new, outcome.quarantined) == ("ok", len(expected), 0)
    assert stage.names() == expected
    assert stage.events() == 0
    counted(stage, recorded)
    again = stage.begin().later(minutes=15).poll()
    assert (again.status, again.new, again.edited) == ("ok", 0, 0)
    assert counted(stage, recorded) <= 2


def test_a_recorded_empty_app_store_page_is_fine_with_a_note(stage, recorded):
    recorded.otherwise = shared.payload("apple_rss/empty_page.json")
    outcome = stage.source("app", "app_store", recorded, 'app_id = "1"\ncountries = ["gb"]').begin().poll()
    assert (outcome.status, outcome.new) == ("ok", 0)
    assert [code for code, _ in outcome.notes] == ["app_store_no_entries"]


def test_recorded_google_reviews_are_read_with_their_stars_and_replies(stage, recorded):
    recorded.otherwise = shared.payload("google_business_profile/reviews_list_russian.json")
    shown = json.loads(recorded.otherwise)["reviews"]
    del (page := json.loads(recorded.otherwise))["reviews"]
    if page.pop("nextPageToken", None):
        recorded.otherwise = json.dumps({"reviews": shown, **page}).encode()
    stage.source("desk", "google_business_profile", recorded, google(recorded)).begin()
    outcome = stage.poll()
    assert (outcome.status, outcome.new, outcome.quarantined) == ("ok", len(shown), 0)
    names = {value: number for number, value in STARS.items()}
    stored = dict(stage.rows("SELECT external_id, rating FROM review"))
    assert stored == {each["reviewId"]: names[each["starRating"]] for each in shown}
    answered = stage.one("SELECT count(*) FROM review WHERE state = 'answered'")
    assert answered == sum("reviewReply" in each for each in shown)


def test_a_quiet_google_poll_costs_two_requests_at_most(stage, site):
    for number in range(120):
        site.add(f"r{number}", "The soup was cold.", at=NOW)
    stage.source("desk", "google_business_profile", None, f'base_url = "{site.url}/v4"\n' + google(site)).begin()
    assert stage.poll().new == 120
    assert counted(stage, site) == 3
    assert stage.later(minutes=15).poll().status == "ok"
    assert counted(stage, site) <= 2


FEEDS = [
    "cdata_rss.atom", "github_rss.atom", "google_alerts_one_entry.xml", "iso-8859-1.rss", "slickdeals.atom",
    "fp_wellformed_rss_item_description_escaped_markup.xml",
]  # fmt: skip


@pytest.mark.parametrize("name", FEEDS)
def test_recorded_feeds_are_read_once(stage, recorded, name):
    recorded.otherwise = shared.payload(f"feeds/{name}")
    stage.source("news", "feed", None, f'url = "{recorded.url}/feed"').begin()
    outcome = stage.poll()
    assert outcome.status == "ok"
    assert outcome.new == len(stage.names()) > 0
    again = stage.begin().later(minutes=15).poll()
    assert (again.status, again.new, again.edited, len(recorded.requests)) == ("ok", 0, 0, 2)


def test_a_recorded_survey_is_read_once_and_its_dashes_are_no_answers(stage, tmp_path):
    said = shared.payload("survey_csv/surveymonkey_dash_for_missing.csv")
    (tmp_path / "survey.csv").write_bytes(said)
    head = said.decode("utf-8-sig", "replace").splitlines()[0].split(",")
    column = head[-1].strip('"')
    stage.source("survey", "file", None, f"path = 'survey.csv'\ncolumns = {{ text = '{column}' }}").begin()
    outcome = stage.poll()
    assert outcome.status in {"ok", "changed"}
    assert stage.poll().new == 0
    assert stage.one("SELECT count(*) FROM review WHERE text = '-'") == 0
