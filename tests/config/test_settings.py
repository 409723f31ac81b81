"""What a right configuration means."""

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from tests.config.files import BOARD, CHANNEL, Board, problems, settings

if TYPE_CHECKING:
    from repmon.steps.alerting.rules import RuleLike


def test_every_key_of_the_stable_core_loads_with_its_meaning(tmp_path):
    text = """
        [business]
        name = "Aurora"
        timezone = "Europe/Amsterdam"
        trade = "restaurant"
        languages = ["en", "nl"]
        contact = "hello@aurora.example"
        signature = "Giulia, owner"
        [storage]
        url = "sqlite:///data/repmon.db?timeout=5"
        [http]
        allow = ["127.0.0.1"]
        [web]
        listen = "127.0.0.1:8080"
        url = "https://desk.example/"
        [health]
        listen = false
        [[locations]]
        id = "centrum"
        name = "Aurora Centrum"
        [[sources]]
        id = "centrum-board"
        location = "centrum"
        connector = "board"
        every = "20m"
        history = "2y"
        role = "competitor"
        board = "1"
        base_url = "https://board.example/v2"
        [channels.owner]
        urls = ["env:OWNER", "json://127.0.0.1:9910/x"]
        quiet_hours = "22:00-07:00"
        person = "giulia"
        [alerts]
        system = ["owner"]
        group = false
        per_hour = 0
        incidents = false
        [[rules]]
        name = "unhappy"
        when = { events = ["review.new", "review.edited"], unhappy = true, stars = "<=2" }
        notify = ["owner"]
        urgency = "urgent"
        """
    found = settings(tmp_path, text, {"OWNER": "slack://token/token/token"})
    assert found.storage_url() == f"sqlite:///{tmp_path}/data/repmon.db?timeout=5"
    assert (found.web.address, found.web.url, found.health.address) == (
        ("127.0.0.1", 8080),
        "https://desk.example",
        None,
    )
    source = found.sources[0]
    assert (source.id, source.location, source.role, source.reach) == (
        "centrum-board", "centrum", "competitor", "board.example",
    )  # fmt: skip
    assert (source.every, source.history) == (timedelta(minutes=20), timedelta(days=730))
    assert isinstance(source.settings, Board)
    owner = found.channels["owner"]
    assert [url.get_secret_value() for url in owner.urls] == ["slack://token/token/token", "json://127.0.0.1:9910/x"]
    assert (owner.quiet, owner.person) == ((time(22), time(7)), "giulia")
    assert (found.alerts.group, found.alerts.per_hour, found.alerts.incidents) == (False, 0, False)
    rule: RuleLike = found.rules[0]
    assert (rule.when.events, rule.when.star_range, rule.urgency) == (("review.new", "review.edited"), (0, 2), "urgent")


def test_a_location_overrides_what_it_names_and_no_more(tmp_path):
    found = settings(
        tmp_path,
        """
        [business]
        name = "Aurora"
        contact = "hello@aurora.example"
        signature = "Giulia"
        [[locations]]
        id = "haven"
        name = "Aurora Haven"
        contact = ""
        trade = "hotel"
        """,
    )
    haven = found.business_of("haven")
    assert (haven.name, haven.contact, haven.trade, haven.signature) == ("Aurora Haven", "", "hotel", "Giulia")
    assert found.business_of(None) == found.business_of("elsewhere") == found.business


def test_a_single_value_will_do_where_a_list_is_meant(tmp_path):
    found = settings(tmp_path, CHANNEL + "[[rules]]\nname='a'\nnotify='owner'\nwhen={events='digest', languages='nl'}")
    assert (found.rules[0].notify, found.rules[0].when.events) == (("owner",), ("digest",))


def test_stars_may_be_a_number(tmp_path):
    found = settings(tmp_path, CHANNEL + "[[rules]]\nname='a'\nnotify='owner'\nwhen={stars=4}")
    assert found.rules[0].when.star_range == (4, 4)


def test_without_rules_every_channel_hears_of_unhappy_reviews(tmp_path):
    found = settings(tmp_path, CHANNEL + "[channels.second]\nurls='json://127.0.0.1/y'")
    unhappy = found.rules_or_defaults()[0]
    assert (unhappy.when.unhappy, unhappy.notify, unhappy.urgency) == (True, ("owner", "second"), "urgent")
    assert found.system_channels() == ("owner",)


def test_without_channels_there_are_no_rules(tmp_path):
    found = settings(tmp_path, BOARD)
    assert (found.rules_or_defaults(), found.system_channels()) == ((), ())


def test_a_source_is_asked_every_quarter_of_an_hour_unless_told_otherwise(tmp_path):
    assert settings(tmp_path, BOARD).sources[0].every == timedelta(minutes=15)


def test_a_slow_connectors_floor_is_its_default(tmp_path, monkeypatch):
    monkeypatch.setattr(Board, "min_every", timedelta(hours=6))
    assert settings(tmp_path, BOARD).sources[0].every == timedelta(hours=6)


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "127.9.9.9", "localhost:1", "[::1]:80", "10.1.2.3"])
def test_a_stand_in_under_allow_may_be_asked_as_often_as_one_likes(tmp_path, host):
    allow = "[http]\nallow = ['127.0.0.0/8', '::1', '10.0.0.0/8']\n"
    found = settings(tmp_path, f"{allow}{BOARD}every = '1s'\nbase_url = 'http://{host}/v1'")
    assert found.sources[0].every == timedelta(seconds=1)


@pytest.mark.parametrize("host", ["11.0.0.1", "board.example", "127.0.0.1.board.example", "[::2]", "[", ""])
def test_any_other_host_keeps_its_floor(tmp_path, host):
    allow = "[http]\nallow = ['127.0.0.0/8', '10.0.0.0/8']\n"
    found = problems(tmp_path, f"{allow}{BOARD}every = '1s'\nbase_url = 'http://{host}/v1'")
    assert found == ["config.toml:8: sources.plaza.every: board may be asked every 10m at most; a longer time is fine"]


@pytest.mark.parametrize("line", ["", "history = 'all'"])
def test_a_first_read_goes_all_the_way_unless_told_otherwise(tmp_path, line):
    assert settings(tmp_path, BOARD + line).sources[0].history is None


@pytest.mark.parametrize(
    ("url", "absolute"),
    [
        ("sqlite:///repmon.db", "sqlite:///{folder}/repmon.db"),
        ("sqlite:////srv/repmon.db", "sqlite:////srv/repmon.db"),
        ("postgresql://db.example/repmon", "postgresql://db.example/repmon"),
    ],
)
def test_a_relative_database_lies_beside_the_file(tmp_path, url, absolute):
    found = settings(tmp_path, f"[storage]\nurl = '{url}'")
    assert found.storage_url() == absolute.format(folder=tmp_path)


def test_reply_packs_lie_beside_the_file(tmp_path):
    (tmp_path / "templates").mkdir()
    assert settings(tmp_path, "[replies]\npacks = 'templates'").replies.packs == tmp_path / "templates"


def test_ones_own_topics_are_lists_of_words(tmp_path):
    assert settings(tmp_path, "[topics]\nterrace = ['terrace', 'terras']\nview = 'view'").topics.own == {
        "terrace": ("terrace", "terras"), "view": ("view",),
    }  # fmt: skip


def test_a_rule_may_name_topics_that_exist_and_no_others(tmp_path):
    text = CHANNEL + "[topics]\nterrace = 'terrace'\n[[rules]]\nname='a'\nnotify='owner'\nwhen={topics=['terrac']}"
    assert problems(tmp_path, text) == [
        (
            "config.toml:9: rules.a.when.topics[1]: there is no topic 'terrac' (did you mean 'terrace'?);"
            " [topics] may add it"
        ),
    ]


def test_settings_cannot_be_changed(tmp_path):
    found = settings(tmp_path, BOARD)
    with pytest.raises(ValidationError):
        found.sources[0].every = timedelta(0)


def test_a_channel_s_templates_words_and_patterns_are_read(tmp_path):
    found = settings(
        tmp_path,
        CHANNEL
        + """
[channels.owner.templates]
review = "{{ stars }}"
[[rules]]
name = "money"
when = { text = ["refund", "money back"], pattern = "chargeback" }
notify = "owner"
[alerts]
mask = false
""",
    )
    assert found.channels["owner"].templates.by_family() == {"review": "{{ stars }}"}
    when = found.rules[0].when
    assert (when.text, when.pattern, found.alerts.mask) == (("refund", "money back"), "chargeback", False)


def test_the_rules_without_any_cover_what_a_small_business_must_not_miss(tmp_path):
    rules = settings(tmp_path, CHANNEL).rules_or_defaults()
    told = {event: rule.urgency for rule in reversed(rules) for event in rule.when.events}
    assert told["incident.opened"] == told["review.new"] == "urgent"
    assert {"review.unanswered", "reply.rejected", "rating.dropped", "incident.closed"} <= set(told)
    assert not [event for event in told if event.startswith(("source.", "delivery.")) or event == "digest"]
