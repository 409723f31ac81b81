"""`sources` and `connectors`: how things are, and what there is."""

import re
import tomllib
from importlib.metadata import EntryPoint

from repmon import discover
from tests.faces.command import ROWS, SURVEY

BAD_ROW = "4,when was it?,3,some day,\n"


def test_sources_are_listed_under_the_promised_names_even_before_the_first_read(desk):
    row = desk.json("sources")[0]
    assert row.keys() >= {
        "id", "connector", "location", "state", "last_ok_at", "failing_since", "error", "reviews", "expected_per_week",
        "note",
    }  # fmt: skip
    assert (row["id"], row["state"], row["last_ok_at"], row["reviews"]) == ("survey", "ok", None, 0)


def test_a_read_source_says_how_many_reviews_it_has(polled):
    row = polled.json("sources")[0]
    assert (row["reviews"], row["state"]) == (3, "ok")
    assert row["last_ok_at"].endswith("Z")
    assert "survey" in polled.run("sources").stdout


def test_a_source_gone_from_the_configuration_is_retired(polled):
    polled.configure(SURVEY.replace('"survey"', '"other"'))
    assert {row["id"]: row["state"] for row in polled.json("sources")} == {"survey": "retired", "other": "ok"}


def test_a_source_closely_shows_what_was_set_aside_and_why(desk):
    desk.survey(ROWS + BAD_ROW)
    desk.run("poll")
    found = desk.json("sources", "survey")
    assert (found["set_aside"], found["items"][0]["field"]) == (1, "written_at")
    assert found["items"][0]["raw"]["text"] == "when was it?"
    said = desk.run("sources", "survey").stdout
    assert "written_at" in said
    assert "when was it?" in said


def test_an_unknown_source_is_wrong_usage(desk):
    result = desk.run("sources", "surwey")
    assert result.exit_code == 2
    assert "did you mean 'survey'" in result.stderr


def test_a_renamed_source_keeps_its_reviews(polled):
    result = polled.run("sources", "rename", "survey", "guestbook")
    assert result.exit_code == 0
    assert "configuration" in result.stdout
    polled.configure(SURVEY.replace('"survey"', '"guestbook"'))
    assert {row["source"] for row in polled.json("reviews")} == {"guestbook"}
    assert polled.json("poll")[0]["new"] == 0


def test_renaming_refuses_names_that_are_none_taken_or_unknown(polled):
    assert polled.run("sources", "rename", "survey", "guest book").exit_code == 2
    unknown = polled.run("sources", "rename", "nothing", "something")
    assert unknown.exit_code == 1
    assert unknown.stderr.endswith("repmon: there is no source named nothing; see `repmon sources`\n")


def test_connectors_are_listed_with_what_they_can_do(desk):
    rows = {row["name"]: row for row in desk.json("connectors")}
    assert rows.keys() >= {"app_store", "feed", "file", "google_business_profile"}
    google = rows["google_business_profile"]
    assert (google["order"], google["complete"]) == ("changed", True)
    assert google["reply"] == {"length": 4096, "unit": "bytes"}
    said = desk.run("connectors").stdout
    assert "google_business_profile" in said


def test_a_connector_closely_shows_its_settings_and_lines_that_load(desk):
    said = desk.run("connectors", "file").stdout
    desk.configure(said[said.index("[[sources]]") :].replace('"…"', '"survey.csv"'))
    assert desk.run("poll").exit_code == 0
    settings = {each["name"]: each for each in desk.json("connectors", "file")["settings"]}
    assert settings["path"]["required"]
    assert settings["scale"]["default"] == "stars"
    assert settings["scale"]["type"].startswith("one of")


def test_the_lines_of_every_connector_are_toml_also_with_all_that_is_optional(desk):
    for row in desk.json("connectors"):
        said = desk.run("connectors", row["name"]).stdout
        block = said[said.index("[[sources]]") :]
        assert tomllib.loads(block)["sources"][0]["connector"] == row["name"]
        (everything,) = tomllib.loads(re.sub("^# ", "", block, flags=re.MULTILINE))["sources"]
        assert {each["name"] for each in row["settings"]} <= everything.keys(), row["name"]
        assert f"`repmon connect {row['name']}`" in said


def test_secrets_of_a_connector_are_offered_as_environment_variables(desk):
    said = desk.run("connectors", "google_business_profile").stdout
    assert 'client_secret = "env:GOOGLE_BUSINESS_PROFILE_CLIENT_SECRET"' in said


def test_an_unknown_connector_is_wrong_usage(desk):
    result = desk.run("connectors", "app_stoer")
    assert result.exit_code == 2
    assert "did you mean 'app_store'" in result.stderr


def test_a_broken_connector_is_listed_with_its_reason(desk, monkeypatch):
    entries = [EntryPoint("crooked", "no_such_module:Crooked", discover.GROUP)]
    monkeypatch.setattr(discover, "entry_points", lambda group: entries)
    assert "cannot be imported" in desk.json("connectors")[0]["problem"]
    assert "cannot be" in desk.run("connectors").stdout
    result = desk.run("connectors", "crooked")
    assert result.exit_code == 1
    assert "no_such_module" in result.stderr


def test_connectors_need_no_configuration(desk):
    desk.config.unlink()
    assert desk.run("connectors").exit_code == 0
