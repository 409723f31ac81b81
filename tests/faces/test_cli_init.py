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
    result = blank.run("init", given=_answers(
        'Kettle & "Crumb"', "restaurant", "", "en, pt", "hello@kettle.example", "", "file", "survey.csv", "n", url,
        "22:00-07:00", "y",
    ))  # fmt: skip
    assert result.exit_code == 0
    assert sink.count('Test message of repmon for Kettle & "Crumb"') == 1
    settings = load(blank.config, environ={})
    assert settings.business.name == 'Kettle & "Crumb"'
    assert settings.business.signature == 'Kettle & "Crumb"'
    assert settings.business.languages == ("en", "pt")
    assert settings.channels["owner"].quiet_hours == "22:00-07:00"
    blank.survey(ROWS)
    assert blank.json("poll")[0]["new"] == 3


def test_wrong_answers_are_explained_and_asked_for_again(blank):
    result = blank.run("init", given=_answers(
        "", "bakery", "shop", "Europe/Lisboa", "Europe/Lisbon", "english!", "en", "", "", "app_store", "no digits", "y",
        "nl, be", "12345", "nonsense://x", "", "",
    ))  # fmt: skip
    assert result.exit_code == 0
    for complaint in ("'bakery' is not one of", "did you mean 'Europe/Lisbon'", "not a language code", "app_id: ",
                      "Apprise cannot read this nonsense:// address"):  # fmt: skip
        assert complaint in result.output
    source = load(blank.config, environ={}).sources[0]
    assert source.settings.model_dump()["countries"] == ["nl", "be"]


def test_a_secret_is_offered_as_an_environment_variable_and_loads_once_that_is_set(blank):
    result = blank.run("init", given=_answers("", "", "", "", "", "", "feed", "", "n", "env:OWNER_URL", "", ""))
    assert result.exit_code == 0
    assert "FEED_URL is not set" in result.stderr
    settings = load(blank.config, environ={"FEED_URL": "https://feed.example/x", "OWNER_URL": "json://127.0.0.1"})
    assert settings.literal_secrets == ()
    assert settings.sources[0].connector == "feed"


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


def test_an_end_in_the_middle_of_the_questions_leaves_nothing_behind(blank):
    result = blank.run("init", given="Kettle\n")
    assert result.exit_code == 1
    assert not blank.config.exists()


def test_there_must_be_a_folder_to_write_to(blank):
    blank.config = blank.folder / "nowhere" / "config.toml"
    assert blank.run("init", "--yes").exit_code == 2
