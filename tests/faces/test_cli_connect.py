"""`connect`: a person follows a link, chooses a location, and the source answers; nothing secret in the file."""

import json
import stat
import threading
import webbrowser
from base64 import urlsafe_b64encode
from functools import partial
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import pytest

from repmon.cli.joining import Way
from repmon.config import HttpSettings, load
from tests.flow.peers import Server

REVIEW = {
    "name": "accounts/7/locations/42/reviews/r1", "reviewId": "r1", "starRating": "TWO", "comment": "Cold soup.",
    "createTime": "2026-03-01T10:00:00Z", "updateTime": "2026-03-01T10:00:00Z",
}  # fmt: skip


class Google(Server):
    """Consent, tokens, accounts, locations and reviews, all at one address."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, str] = {}
        self.forms: list[dict[str, str]] = []
        self.refresh: object = "refresh-secret"
        self.scope = "https://www.googleapis.com/auth/business.manage"
        self.decline = ""
        self.reviews: tuple[int, dict[str, str], bytes] = (200, {}, json.dumps({"reviews": [REVIEW]}).encode())

    def answer(self, path, body):
        if path == "/token":
            return self._token({name: values[0] for name, values in parse_qs(body.decode()).items()})
        if path == "/accounts":
            return 200, {}, b'{"accounts": [{"name": "accounts/7"}]}'
        if "/reviews" in path:
            return self.reviews
        if path.startswith("/accounts/7/locations"):
            places = [
                {"name": "locations/41", "title": "Quay"},
                {"name": "locations/42", "title": "Quay", "storefrontAddress": {"locality": "Porto"}},
            ]
            return 200, {}, json.dumps({"locations": places}).encode()
        return 404, {}, b"{}"

    def _token(self, form):
        self.forms.append(form)
        if form["grant_type"] != "authorization_code":
            return 200, {}, b'{"access_token": "access", "expires_in": 3600}'
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if form["code"] != "the-code" or challenge != self.asked["code_challenge"]:
            return 400, {}, b'{"error": "invalid_request"}'
        return 200, {}, json.dumps({"access_token": "a", "refresh_token": self.refresh, "scope": self.scope}).encode()

    def browse(self, url):
        """What a person and their browser do."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        said = {"error": self.decline} if self.decline else {"code": "the-code"}
        back = f"{self.asked['redirect_uri']}?{urlencode({**said, 'state': self.asked['state']})}"
        threading.Thread(target=lambda: urlopen(back, timeout=5).read(), daemon=True).start()
        return True


@pytest.fixture
def google(monkeypatch):
    with Google() as server:
        monkeypatch.setattr(webbrowser, "open", server.browse)
        yield server


@pytest.fixture
def connect(desk, google):
    desk.configure("# a comment of mine\n")

    def run(*more, given="2\n"):
        told = {"client_id": "c", "client_secret": "client-secret", "base_url": google.url,
                "token_url": f"{google.url}/token", "consent_url": f"{google.url}/consent"}  # fmt: skip
        sets = [part for key, value in told.items() for part in ("--set", f"{key}={value}")]
        return desk.run("connect", "google_business_profile", *sets, *more, given=given)

    return run


def test_a_consent_and_a_choice_become_a_source_that_answers(desk, connect, google):
    result = connect()
    assert result.exit_code == 0, result.output
    assert "Quay, Porto" in result.output
    assert "1 review read" in result.output
    source = load(desk.config, environ={}).sources[0]
    assert (source.id, source.settings.account, source.settings.location) == ("google-business-profile", "7", "42")
    assert google.asked["scope"] == google.scope
    assert google.asked["access_type"] == "offline"


def test_comments_stay_and_no_secret_stands_in_the_file(desk, connect):
    connect()
    text = desk.config.read_text()
    assert "# a comment of mine" in text
    assert "secret" not in text.replace("client_secret", "").replace(".secret", "")
    files = sorted(desk.folder.glob("*.secret"))
    assert [path.read_text().strip() for path in files] == ["client-secret", "refresh-secret"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_several_locations_become_one_source(desk, connect):
    assert connect(given="1, 2\n").exit_code == 0
    assert load(desk.config, environ={}).sources[0].settings.location == ["41", "42"]


def test_a_second_one_gets_a_name_of_its_own(desk, connect):
    connect()
    connect()
    assert [each.id for each in load(desk.config, environ={}).sources] == [
        "google-business-profile", "google-business-profile-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decline": "access_denied"}, "access_denied"),
        ({"refresh": None}, "refresh token"),
        ({"scope": "openid"}, "tick every box"),
    ],
)
def test_what_goes_wrong_is_said_and_nothing_is_written(change, said, *, desk, connect, google):
    for name, value in change.items():
        setattr(google, name, value)
    before = desk.config.read_text()
    result = connect()
    assert result.exit_code == 1
    assert said in result.output
    assert desk.config.read_text() == before


def test_a_source_that_does_not_answer_is_added_only_when_wanted(desk, connect, google):
    error = {"code": 403, "status": "PERMISSION_DENIED", "message": "x", "details": [{"reason": "SERVICE_DISABLED"}]}
    google.reviews = (403, {}, json.dumps({"error": error}).encode())
    result = connect(given="2\nn\n")
    assert result.exit_code == 1
    assert "Switch it on" in result.output
    assert load(desk.config, environ={}).sources == ()
    assert not list(desk.folder.glob("*.secret"))
    assert connect(given="2\ny\n").exit_code == 0


def test_init_leads_through_the_same_consent(desk, google, monkeypatch):
    monkeypatch.setattr("repmon.cli.init.Way", partial(Way, http=HttpSettings(allow=("127.0.0.1",))))
    desk.config.unlink()
    told = {"client_id": "c", "client_secret": "client-secret", "base_url": google.url,
            "token_url": f"{google.url}/token", "consent_url": f"{google.url}/consent"}  # fmt: skip
    sets = [part for key, value in told.items() for part in ("--set", f"{key}={value}")]
    business, channel = "\n" * 6, "\n"
    given = business + "2\ny\nn\n" + channel  # the location; kept all the same: a private address; no other source
    result = desk.run("init", "--source", "google_business_profile", *sets, given=given)
    assert result.exit_code == 0, result.output
    assert "Quay, Porto" in result.output
    assert google.asked["access_type"] == "offline"
    source = load(desk.config, environ={}).sources[0]
    assert (source.settings.account, source.settings.location) == ("7", "42")
    assert "refresh-secret" not in desk.config.read_text()


def test_an_answer_to_another_question_is_not_taken(desk, connect, google):
    google.browse = lambda _url: None
    result = connect("--paste", given="http://127.0.0.1:1/?code=the-code&state=forged\n")
    assert result.exit_code == 1
    assert "not to our question" in result.output
    assert google.forms == []


def test_a_site_with_a_key_is_asked_for_by_its_settings(desk):
    desk.configure()
    desk.survey("id,text,rating\n1,Fine,4\n")
    result = desk.run("connect", "file", given="survey.csv\n")
    assert result.exit_code == 0, result.output
    assert load(desk.config, environ={}).sources[0].id == "file"


def test_a_site_nobody_knows_is_a_usage_error_with_the_nearest(desk):
    result = desk.run("connect", "gogle_business_profile")
    assert result.exit_code == 2
    assert "google_business_profile" in result.output


def test_names_with_spaces_are_separated_by_commas(desk, site):
    desk.configure()
    ask = ("connect", "hacker_news", "--set", f"base_url={site.url}")
    result = desk.run(*ask, given="Kettle and Crumb, The Kettle\n\ny\n")
    assert result.exit_code == 0, result.output
    assert load(desk.config, environ={}).sources[0].settings.names == ["Kettle and Crumb", "The Kettle"]


def test_a_table_is_typed_as_names_and_values(desk):
    desk.configure()
    desk.survey("score,why\n9,Fine\n")
    result = desk.run("connect", "survey", given="survey.csv\nnps\nrating=score, text=why\n")
    assert result.exit_code == 0, result.output
    assert "1 review read" in result.output


def test_without_anybody_to_ask_the_missing_setting_is_named(desk):
    desk.configure()
    before = desk.config.read_text()
    result = desk.run("connect", "app_store")
    assert result.exit_code == 2
    assert "--set app_id=VALUE" in result.stderr
    assert desk.config.read_text() == before
    assert desk.run("connect", "app_store", "--set", "app_id").exit_code == 2


def test_a_site_that_sends_by_itself_is_told_where_to(desk):
    desk.configure('[web]\nurl = "https://desk.example"\n')
    result = desk.run("connect", "webhook", given="too short\nsixteen letters or more\n")
    assert result.exit_code == 0, result.output
    assert "secret should have at least 16 characters" in result.output
    assert "https://desk.example/hooks/webhook" in result.output


def test_a_name_that_is_taken_is_refused(desk):
    desk.configure()
    desk.survey("id,text,rating\n1,Fine,4\n")
    assert desk.run("connect", "file", "--id", "survey", given="survey.csv\n").exit_code == 0
    assert desk.run("connect", "file", "--id", "survey", given="survey.csv\n").exit_code == 2


def test_what_only_makes_sense_together_is_asked_for_where_it_was_left_out(desk):
    desk.configure()
    ask = ("connect", "youtube", "--set", "base_url=http://127.0.0.1:9")
    result = desk.run(*ask, given="a-key\n\n\n\n\nUC1234567890123456789012\n\ny\n")
    assert result.exit_code == 0, result.output
    assert "needs a `channel`, or `videos`" in result.output
    assert load(desk.config, environ={}).sources[0].settings.channel.startswith("UC")
