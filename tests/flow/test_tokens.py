"""Tokens outlive the process, sealed; a consent taken back pauses the source and is said once."""

import json
import stat
from urllib.parse import parse_qs

import pytest

from repmon import discover
from repmon.config import load
from repmon.store.database import Database
from repmon.turn.world import World
from tests.flow.peers import Server

GOOGLE = 'account = "1"\nlocation = "2"\nclient_id = "c"\nclient_secret = "hush-secret"\nrefresh_token = "r0"\n'


class Google(Server):
    """Gives every refresh token once, as a rotating server does, and shows no reviews."""

    def __init__(self) -> None:
        super().__init__()
        self.turned = 0
        self.forms: list[str] = []
        self.revoked = False

    def answer(self, path: str, body: bytes):
        if path != "/token":
            return 200, {}, b"{}"
        self.forms.append(parse_qs(body.decode())["refresh_token"][0])
        if self.revoked or self.forms[-1] != f"r{self.turned}":
            return 400, {}, b'{"error": "invalid_grant"}'
        self.turned += 1
        given = {"access_token": f"access-{self.turned}", "refresh_token": f"r{self.turned}", "expires_in": 3600}
        return 200, {}, json.dumps(given).encode()


@pytest.fixture
def google():
    with Google() as server:
        yield server


@pytest.fixture
def set_up(stage, google):
    return stage.source("gbp", "google_business_profile", google, GOOGLE + f'token_url = "{google.url}/token"\n')


def test_a_token_survives_a_restart_and_is_nowhere_to_be_read(set_up, google):
    assert set_up.begin().poll().status == "ok"
    assert set_up.begin().later(minutes=15).poll().status == "ok"
    assert google.forms == ["r0"]
    everything = b"".join(path.read_bytes() for path in set_up.folder.iterdir() if path.suffix != ".toml")
    assert not [word for word in (b"access-1", b"hush-secret", b'"r1"') if word in everything]


def test_a_replaced_refresh_token_survives_a_restart(set_up, google):
    set_up.begin().poll()
    assert set_up.begin().later(hours=2).poll().status == "ok"
    assert google.forms == ["r0", "r1"]


def test_the_key_file_is_made_at_the_first_start_for_the_owner_alone(set_up):
    set_up.begin()
    key = set_up.folder / "repmon.db.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_text()
    set_up.begin()
    assert key.read_text() == before


def test_a_key_from_the_environment_needs_no_file(set_up, google):
    path = set_up.begin().folder / "config.toml"
    (set_up.folder / "repmon.db.key").unlink()
    connectors = discover.connectors()
    settings = load(path, environ={"REPMON_KEY": "a long enough text nobody knows"}, connectors=connectors)
    world = World(settings, Database(settings.storage_url()))
    world.enter()
    assert not (set_up.folder / "repmon.db.key").exists()
    world.client.close()


def test_with_another_key_the_token_is_asked_anew_and_that_is_said(set_up, google, caplog):
    set_up.begin().poll()
    (set_up.folder / "repmon.db.key").write_text("another key\n")
    google.turned = 0
    assert set_up.begin().later(minutes=15).poll().status == "ok"
    assert google.forms == ["r0", "r0"]
    assert [record.message for record in caplog.records if "another key" in record.message]


def test_a_consent_taken_back_pauses_the_source_and_is_said_once(set_up, google):
    set_up.begin().poll()
    google.revoked = True
    outcome = set_up.later(hours=2).poll()
    assert (outcome.status, outcome.error.code) == ("refused", "consent_revoked")
    asked = len(google.forms)
    assert set_up.later(minutes=15).poll().status == "paused"
    assert len(google.forms) == asked
    assert set_up.events("source.failing") == 1


def test_a_new_consent_in_the_configuration_is_used_at_once(set_up, google):
    set_up.begin().poll()
    google.revoked = True
    set_up.later(hours=2).poll()
    google.revoked, google.turned = False, 7
    set_up.sources = [each.replace('"r0"', '"r7"') for each in set_up.sources]
    assert set_up.begin().later(hours=1).poll().status == "ok"
    assert google.forms[-1] == "r7"
