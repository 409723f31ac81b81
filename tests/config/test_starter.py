"""The first configuration is right whatever was answered, and the example shows every setting."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pydantic import BaseModel

from repmon.config import Answers, Settings, load, starter
from repmon.config.channels import Channel
from repmon.config.model import Location
from repmon.config.rules import Rule, When
from repmon.config.sources import SourceKeys
from repmon.discover import Found
from tests.config.files import settings

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.toml"
SWITCHED_OFF = re.compile(r"^#(?=\S)", re.MULTILINE)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def test_the_shortest_answers_make_a_configuration_that_loads(tmp_path):
    found = settings(tmp_path, starter(Answers()))
    assert (found.sources, found.channels) == ((), {})


def test_full_answers_are_found_again(tmp_path):
    answers = Answers(
        name='Aurora "by the sea"',
        timezone="Europe/Amsterdam",
        trade="restaurant",
        languages=("en", "nl"),
        sources=[{"id": "plaza", "connector": "board", "board": "1", "pages": 2}],
        channel_urls=("env:OWNER",),
        quiet_hours="22:00-07:00",
    )
    found = settings(tmp_path, starter(answers), {"OWNER": "json://127.0.0.1/x"})
    assert (found.business.name, found.business.languages) == (answers.name, answers.languages)
    assert (found.sources[0].settings.board, found.sources[0].settings.pages) == ("1", 2)
    assert found.channels["owner"].quiet_hours == "22:00-07:00"


@effort(deadline=None)
@given(TEXTS, TEXTS, st.dictionaries(TEXTS, st.one_of(TEXTS, st.booleans(), st.integers(), st.lists(TEXTS))))
def test_any_text_may_be_an_answer(name, signature, table):
    read = tomllib.loads(starter(Answers(name=name, signature=signature, sources=[table], channel_urls=(name,))))
    assert (read["business"]["name"], read["business"]["signature"]) == (name, signature)
    assert read["sources"] == [table]
    assert read["channels"]["owner"]["urls"] == [name]


def test_what_the_starter_leaves_as_comment_is_right_too(tmp_path):
    text = starter(Answers(channel_urls=("json://127.0.0.1/x",)))
    rule = re.sub(r"^# (?=\[\[rules|name =|when =|notify =|urgency =)", "", text, flags=re.MULTILINE)
    assert settings(tmp_path, rule).rules[0].name == "unhappy"


@pytest.fixture(scope="module")
def connectors():
    """The built-in connectors, found without entry points."""
    names = {
        "app_store": "AppStore",
        "feed": "Feed",
        "file": "File",
        "google_business_profile": "GoogleBusinessProfile",
    }
    modules = {name: pytest.importorskip(f"repmon_connectors.{name}") for name in names}
    return {name: Found(name, getattr(module, names[name])) for name, module in modules.items()}


@pytest.fixture
def everything(tmp_path, connectors):
    """The example with every setting switched on."""
    text = SWITCHED_OFF.sub("", EXAMPLE.read_text(encoding="utf-8")).replace('url = "sqlite:///repmon.db"', "", 1)
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "google-refresh-token").write_text("refresh-me\n")
    environ = dict.fromkeys(re.findall(r"env:(\w+)", text), "http://127.0.0.1/x")
    environ["DATABASE_URL"] = "postgresql://db.example/repmon"
    return load(path, environ=environ, connectors=connectors)


def test_the_example_loads_as_it_is(connectors):
    found = load(EXAMPLE, environ={}, connectors=connectors)
    assert [source.connector for source in found.sources] == ["file"]


def test_the_example_shows_every_setting(everything):
    assert unset(everything) - {"path", "literal_secrets"} == set()
    assert {source.connector for source in everything.sources} == {
        "app_store", "feed", "file", "google_business_profile",
    }  # fmt: skip
    for shown, model in (
        (everything.locations, Location), (everything.channels.values(), Channel), (everything.rules, Rule),
        ([rule.when for rule in everything.rules], When),
        ([everything.sources[0], everything.sources[-1]], SourceKeys),
    ):  # fmt: skip
        assert set().union(*(one.model_fields_set for one in shown)) >= model.model_fields.keys()
    for source in everything.sources:
        assert source.settings.model_fields_set == type(source.settings).model_fields.keys()


def unset(settings: Settings) -> set[str]:
    """The settings of single tables that the file leaves out."""
    tables = {name: value for name, value in settings if isinstance(value, BaseModel)}
    return {
        f"{name}.{key}"
        for name, value in tables.items()
        for key in type(value).model_fields.keys() - value.model_fields_set
    }
