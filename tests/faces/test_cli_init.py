"""`init`: from a few answers to a configuration that loads."""

import os
import stat

import pytest

from repmon.config import load
from tests.faces.command import ROWS


@pytest.fixture
def blank(desk, monkeypatch):
    """A desk without a configuration, in a known place of the world."""
    desk.config.unlink()
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    monkeypatch.setenv("LC_ALL", "pt_PT.UTF-8")
    return desk


def _answers(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def test_yes_writes_a_file_that_loads_and_only_its_owner_can_read(blank):
    os.umask(0o022)
    result = blank.run("init", "--yes")
    assert result.exit_code == 0
    assert stat.S_IMODE(blank.config.stat().st_mode) == 0o600
    settings = load(blank.config, environ={})
    assert settings.business.timezone == "Europe/Lisbon"
    assert settings.business.languages == ("pt",)
    assert "repmon connectors" in result.stdout
    assert blank.run("check").exit_code == 0


def test_the_answers_become_a_configuration_that_works(blank, sink):
    url = f"json://127.0.0.1:{sink.port}/hook"
    blank.survey(ROWS)
    result = blank.run("init", given=_answers(
        'Kettle & "Crumb"', "restaurant", "", "en, pt", "hello@kettle.example", "", "file", "survey.csv", "n", "n",
        url, "22:00-07:00", "y",
    ))  # fmt: skip
    assert result.exit_code == 0
    assert sink.count('Test message of repmon for Kettle & "Crumb"') == 1
    settings = load(blank.config, environ={})
    assert settings.business.name == 'Kettle & "Crumb"'
    assert settings.business.signature == 'Kettle & "Crumb"'
    assert settings.business.languages == ("en", "pt")
    assert settings.channels["owner"].quiet_hours == "22:00-07:00"
    assert "its first 3 reviews can be read" in result.stdout
    assert blank.json("poll")[0]["new"] == 3


def test_wrong_answers_are_explained_and_asked_for_again(blank):
    closed = "base_url=http://127.0.0.1:1"
    result = blank.run("init", "--source", "app_store", "--set", closed, given=_answers(
        "", "bakery", "shop", "Europe/Lisboa", "Europe/Lisbon", "english!", "en", "", "", "no digits", "12345",
        "y", "nl be", "nl, be", "y", "n", "nonsense://x", "", "",
    ))  # fmt: skip
    assert result.exit_code == 0
    for complaint in (
        "'bakery' is not one of", "did you mean 'Europe/Lisbon'", "not a language code",
        "app_id does not have the form", "countries does not", "under [http] allow",
        "Apprise cannot read this nonsense:// address",
    ):  # fmt: skip
        assert complaint in result.output
    source = load(blank.config, environ={}).sources[0]
    assert source.settings.model_dump()["countries"] == ["nl", "be"]


BUSINESS = ("", "", "", "", "", "")


def test_a_site_nobody_knows_is_asked_for_again_with_the_nearest(blank):
    blank.survey(ROWS)
    result = blank.run("init", given=_answers(*BUSINESS, "fiel", "file", "survey.csv", "", "", ""))
    assert result.exit_code == 0
    assert "did you mean 'file'" in result.output
    assert [each.id for each in load(blank.config, environ={}).sources] == ["file"]


def test_several_sources_are_asked_for_one_after_the_other(blank):
    blank.survey(ROWS)
    file = ("survey.csv", "")
    result = blank.run("init", given=_answers(*BUSINESS, "file", *file, "y", "file", *file, "n", ""))
    assert result.exit_code == 0
    assert [each.id for each in load(blank.config, environ={}).sources] == ["file", "file-2"]


def test_a_source_that_does_not_answer_is_left_out_and_another_one_asked_for(blank):
    blank.survey(ROWS)
    result = blank.run("init", given=_answers(
        *BUSINESS, "file", "nowhere.csv", "", "n", "file", "survey.csv", "", "n", "",
    ))  # fmt: skip
    assert result.exit_code == 0
    assert "Another site instead" in result.stdout
    assert [each.settings.path for each in load(blank.config, environ={}).sources] == ["survey.csv"]


def test_a_secret_is_kept_beside_the_file_and_shown_nowhere(blank):
    key = "a-key-nobody-may-see"
    result = blank.run("init", "--source", "judgeme", "--set", "base_url=http://127.0.0.1:1", given=_answers(
        *BUSINESS, "shop.example", key, "", "y", "n", "",
    ))  # fmt: skip
    assert result.exit_code == 0
    assert key not in result.output + blank.config.read_text()
    (secret,) = blank.folder.glob("*.secret")
    assert secret.read_text().strip() == key
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert not list(blank.folder.glob(".config*"))


def test_a_key_of_several_lines_is_asked_for_as_a_file(blank):
    begin = "-----BEGIN PRIVATE KEY-----"
    (blank.folder / "key.p8").write_text(f"{begin}\nAAAA\n-----END PRIVATE KEY-----\n")
    base = ("--source", "app_store_connect", "--set", "base_url=http://127.0.0.1:1")
    result = blank.run("init", *base, given=_answers(
        *BUSINESS, "123456", "ABCDEFGHIJ", begin, "file:key.p8", "", "y", "n", "",
    ))  # fmt: skip
    assert result.exit_code == 0
    assert "put it into a file" in result.output
    assert 'private_key = "file:key.p8"' in blank.config.read_text()


def test_a_secret_in_a_variable_that_is_not_set_yet_loads_once_it_is(blank):
    result = blank.run("init", given=_answers(*BUSINESS, "feed", "env:FEED_URL", "n", "n", "env:OWNER_URL", "", ""))
    assert result.exit_code == 0
    assert "It cannot be tried yet" in result.output
    assert "FEED_URL is not set" in result.stderr
    settings = load(blank.config, environ={"FEED_URL": "https://feed.example/x", "OWNER_URL": "json://127.0.0.1"})
    assert settings.literal_secrets == ()
    assert settings.sources[0].connector == "feed"


def test_a_variable_that_is_set_is_offered(blank, monkeypatch):
    monkeypatch.setenv("FEED_URL", "http://127.0.0.1:1/feed")
    result = blank.run("init", given=_answers(*BUSINESS, "feed", "", "n", "y", "n", ""))
    assert result.exit_code == 0
    assert 'url = "env:FEED_URL"' in blank.config.read_text()


def test_without_questions_a_source_can_be_named_with_all_it_needs(blank):
    result = blank.run("init", "--yes", "--source", "app_store", "--set", "app_id=123456789")
    assert result.exit_code == 0
    assert load(blank.config, environ={}).sources[0].settings.app_id == "123456789"
    blank.config.unlink()
    result = blank.run("init", "--yes", "--source", "app_store")
    assert result.exit_code == 2
    assert "app_id" in result.stderr
    assert not blank.config.exists()


def test_a_configuration_is_not_overwritten_unless_forced(desk):
    before = desk.config.read_text()
    result = desk.run("init", "--yes")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert desk.config.read_text() == before
    desk.config.chmod(0o644)
    assert desk.run("init", "--yes", "--force").exit_code == 0
    assert desk.config.read_text() != before
    assert stat.S_IMODE(desk.config.stat().st_mode) == 0o600


@pytest.mark.parametrize("answers", [("Kettle",), (*BUSINESS, "judgeme", "shop.example", "a-key-nobody-may-see")])
def test_an_end_in_the_middle_of_the_questions_leaves_nothing_behind_and_says_what_to_do(answers, *, blank):
    before = sorted(blank.folder.iterdir())
    result = blank.run("init", given=_answers(*answers))
    assert result.exit_code in {1, 2}
    assert sorted(blank.folder.iterdir()) == before
    assert "Nothing was written" in result.stderr
    assert "`repmon init --yes`" in result.stderr


def test_there_must_be_a_folder_to_write_to(blank):
    blank.config = blank.folder / "nowhere" / "config.toml"
    assert blank.run("init", "--yes").exit_code == 2
