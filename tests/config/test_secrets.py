"""Secrets come from the environment or from files, and show up nowhere."""

import os

import pytest

from repmon.config import secrets_of, warnings
from repmon.discover import Found
from tests.config.files import BOARD, CHANNEL, CONNECTORS, Board, problems, settings

SECRET = "correct-horse-battery"
ENVIRON = {"TOKEN": SECRET, "URL": f"slack://{SECRET}/second-token/third-token", "EMPTY": " ", "NUMBER": "12"}


def test_a_secret_is_read_from_the_environment(tmp_path):
    source = settings(tmp_path, BOARD + "token = 'env:TOKEN'\ntokens = ['env:TOKEN', 'plain']", ENVIRON).sources[0]
    assert source.settings.token.get_secret_value() == SECRET
    assert [token.get_secret_value() for token in source.settings.tokens] == [SECRET, "plain"]


def test_a_secret_file_lies_beside_the_configuration_and_loses_its_last_line_end(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "token").write_bytes(b"\xef\xbb\xbffirst\nsecond\r\n")
    source = settings(tmp_path, BOARD + "token = 'file:keys/token'").sources[0]
    assert source.settings.token.get_secret_value() == "first\nsecond"


def test_a_connectors_plain_settings_may_come_from_the_environment_too(tmp_path):
    text = BOARD.replace('board = "1"', "board = 'env:NUMBER'")
    assert settings(tmp_path, text, ENVIRON).sources[0].settings.board == "12"


def test_addresses_that_hold_passwords_may_come_from_outside(tmp_path):
    environ = {"DB": f"postgresql://u:{SECRET}@db.example/x", "PROXY": f"http://u:{SECRET}@proxy.example:3128"}
    found = settings(tmp_path, "[storage]\nurl = 'env:DB'\n[http]\nproxy = 'env:PROXY'", environ)
    assert (found.storage_url(), found.http.proxy) == (environ["DB"], environ["PROXY"])
    assert SECRET not in repr(found) + found.model_dump_json()
    assert {SECRET, *environ.values()} <= secrets_of(found)


UNREADABLE = [
    ("env:NOPE", "the environment variable NOPE is not set"),
    ("env:EMPTY", "the environment variable EMPTY is empty"),
    ("env:", "env: should be followed by the name of an environment variable"),
    ("file:", "file: should be followed by the path of a file"),
    ("file:nope", "there is no secret file 'nope'; the path starts at the configuration file's folder"),
    ("file:empty", "the secret file 'empty' is empty"),
    ("file:binary", "the secret file 'binary' is not UTF-8 text"),
    ("file:.", "the secret file '.' is not a plain file of at most 64 kB"),
    ("file:large", "the secret file 'large' is not a plain file of at most 64 kB"),
    ("file:/dev/zero", "the secret file '/dev/zero' is not a plain file of at most 64 kB"),
    ("file:a\\u0000b", "there is no secret file 'a\\x00b'; the path starts at the configuration file's folder"),
]


@pytest.mark.parametrize(("given", "sentence"), UNREADABLE, ids=[given for given, _ in UNREADABLE])
def test_a_secret_that_cannot_be_read_is_named_never_shown(tmp_path, given, sentence):
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00secret")
    (tmp_path / "large").write_text("x" * 70_000)
    where = {
        f'[channels.owner]\nurls = ["{given}"]': "2: channels.owner.urls[1]",
        f'[http]\nproxy = "{given}"': "2: http.proxy",
        f'[storage]\nurl = "{given}"': "2: storage.url",
        f'{BOARD}token = "{given}"': "6: sources.plaza.token",
    }
    for text, key in where.items():
        assert problems(tmp_path, text, ENVIRON) == [f"config.toml:{key}: {sentence}"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_secret_file_of_somebody_else_is_named(tmp_path):
    (tmp_path / "token").write_text(SECRET)
    (tmp_path / "token").chmod(0)
    assert "'token' cannot be read: " in problems(tmp_path, BOARD + "token = 'file:token'")[0]


@pytest.mark.parametrize(
    "wrong", ["role = 'x'", "pages = 'env:TOKEN'", "token2 = 'env:TOKEN'", "location = 'env:TOKEN'"]
)
def test_no_error_shows_a_secret(tmp_path, wrong):
    text = f"{BOARD}token = 'env:TOKEN'\n{wrong}\n[channels.owner]\nurls = ['env:TOKEN', '{SECRET}']"
    assert SECRET not in "\n".join(problems(tmp_path, text, ENVIRON))


def test_a_number_for_a_secret_is_refused_without_showing_it(tmp_path):
    assert problems(tmp_path, BOARD + "token = 987654321") == [
        'config.toml:6: sources.plaza.token: should be text in quotes, like "a"',
    ]


def test_a_connectors_complaint_has_its_secrets_masked(tmp_path, monkeypatch):
    def refuse(self, _):
        raise ValueError(f"{self.token.get_secret_value()} is no good")

    class Chatty(Board):
        model_post_init = refuse

    monkeypatch.setitem(CONNECTORS, "board", Found("board", Chatty))
    assert problems(tmp_path, BOARD + "token = 'env:TOKEN'", ENVIRON) == [
        "config.toml:2: sources.plaza: *** is no good"
    ]


def test_settings_show_no_secret(tmp_path):
    text = f"{BOARD}token = 'env:TOKEN'\ntokens = ['{SECRET}']\n[channels.owner]\nurls = ['env:URL']"
    found = settings(tmp_path, text, ENVIRON)
    shown = f"{found!r} {found} {found.model_dump()} {found.model_dump_json()} {found.channels} {found.sources}"
    assert SECRET not in shown
    assert "second-token" not in shown


def test_every_secret_is_known_to_the_redactor_in_every_form_it_may_be_logged(tmp_path):
    mail = "mailto://giulia:p%40ssword@mail.example/?key=query-token"
    text = f"{BOARD}token = 'env:TOKEN'\n[channels.owner]\nurls = ['env:URL', '{mail}', 'json://localhost:8080/hooks']"
    found = secrets_of(settings(tmp_path, text, ENVIRON))
    assert found >= {
        SECRET, ENVIRON["URL"], "second-token", "third-token", mail, "p%40ssword", "p@ssword", "query-token",
        "json://localhost:8080/hooks",
    }  # fmt: skip
    assert not found & {"localhost:8080", "mail.example", "hooks", "giulia", ""}


@pytest.mark.parametrize(("mode", "told"), [(0o600, False), (0o640, True), (0o604, True)])
def test_a_readable_file_with_secrets_in_it_is_warned_of(tmp_path, mode, told):
    found = settings(tmp_path, f"{BOARD}token = '{SECRET}'{CHANNEL}")
    found.path.chmod(mode)
    assert [SECRET in line for line in warnings(found)] == [False] * told
    assert all("6: sources.plaza.token" in line for line in warnings(found))


def test_a_readable_file_without_secrets_is_fine(tmp_path):
    found = settings(tmp_path, BOARD + "token = 'env:TOKEN'\n[channels.owner]\nurls = 'env:URL'", ENVIRON)
    found.path.chmod(0o644)
    assert warnings(found) == []


def test_a_setup_that_tells_nobody_is_warned_of(tmp_path):
    assert warnings(settings(tmp_path, BOARD)) == [
        "There are sources but no [channels.…]: nobody will be told of anything.",
    ]


def test_a_desk_and_a_health_page_on_one_port_are_warned_of(tmp_path):
    assert "both listen" in warnings(settings(tmp_path, "[health]\nlisten = '127.0.0.1:8080'"))[0]
