"""Every mistake is one line that names the file, the line, the key and the mend; all of them at once."""

import pytest

from repmon.config import load
from repmon.errors import ConfigError
from tests.config.files import BOARD, CHANNEL, problems, settings


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path):
    text = """\
        [busines]
        name = "Aurora"
        [business]
        timezone = "Europe/Amsterdm"
        trade = "resturant"
        [[sources]]
        id = "plaza"
        connector = "bord"
        evry = "15m"
        every = "soon"
        location = "centrm"
        [[sources]]
        id = "plaza"
        connector = "board"
        bord = 1
        every = "1m"
        [[locations]]
        id = "centrum"
        [[rules]]
        name = "all"
        when = { evnts = [], stars = 9 }
        notify = ["owner"]
        """
    assert problems(tmp_path, text) == [
        "config.toml:1: busines: there is no such setting (did you mean 'business'?)",
        (
            "config.toml:4: business.timezone: 'Europe/Amsterdm' is not a time zone, like Europe/Amsterdam"
            " (did you mean 'Europe/Amsterdam'?)"
        ),
        (
            "config.toml:5: business.trade: should be one of restaurant, hotel, shop, clinic, services, app, generic"
            " (did you mean 'restaurant'?)"
        ),
        (
            "config.toml:8: sources.plaza.connector: there is no connector 'bord' (did you mean 'board'?);"
            " installed: absent, board, broken, chain, greedy"
        ),
        'config.toml:10: sources.plaza.every: \'soon\' is not a length of time, like "90s", "15m", "2h", "1d" or "2y"',
        "config.toml:11: sources.plaza.location: there is no 'centrm' under [[locations]] (did you mean 'centrum'?)",
        "config.toml:12: sources.plaza: board is missing",
        "config.toml:13: sources.plaza.id: 'plaza' stands already on line 7",
        "config.toml:15: sources.plaza.bord: there is no such setting (did you mean 'board'?)",
        "config.toml:16: sources.plaza.every: board may be asked every 10m at most; a longer time is fine",
        'config.toml:21: rules.all.when.stars: \'9\' are not stars from 0 to 5, like "<=2", "4", "1-3" or ">=4"',
        "config.toml:21: rules.all.when.evnts: there is no such setting (did you mean 'events'?)",
        "config.toml:22: rules.all.notify[1]: there is no [channels.owner]",
    ]


ONE_LINE = [
    ("[web]\nlisten = true", "2: web.listen: True is not an address to listen on"),
    ("[web]\nlisten = '8080'", "2: web.listen: '8080' is not an address to listen on"),
    ("[web]\nurl = 'desk.example'", "2: web.url: should be an address like https://desk.example"),
    ("[web]\nlinks = 'yes'", "2: web.links: should be true or false"),
    ("[web]\nlinks = 1", "2: web.links: should be true or false"),
    ("web = 3", "1: web: should be a table of settings"),
    ("[http]\nallow = ['localhost']", "2: http.allow[1]: 'localhost' is not an address or a range"),
    (
        "[storage]\nurl = 'postgres://db.example/x'",
        "2: storage.url: should begin with sqlite:/// or postgresql:// (did",
    ),
    ("[storage]\nurl = 'sqlite:///:memory:'", "2: storage.url: a database in memory forgets everything"),
    ("[storage]\nurl = 'sqlite://x.db'", "2: storage.url: needs three slashes"),
    ("[alerts]\nper_hour = -1", "2: alerts.per_hour: should be at least 0"),
    ("[alerts]\nper_hour = 2.5", "2: alerts.per_hour: should be a whole number"),
    ("[alerts]\nsystem = []", "2: alerts.system: should name at least one"),
    ("[alerts]\nsystem = 'ownr'", "2: alerts.system: there is no [channels.ownr]"),
    ("[business]\nname = ' '", "2: business.name: should not be empty"),
    ("[business]\nname = 3", '2: business.name: should be text in quotes, like "a"'),
    ("[business]\nlanguages = ['en', 'Dutch']", "2: business.languages[2]: 'Dutch' is not a language code"),
    ("[business]\ntimezone = '../etc'", "2: business.timezone: '../etc' is not a time zone"),
    ("[business]\ntimezone = 'Europe'", "2: business.timezone: 'Europe' is not a time zone"),
    ("[[locations]]\nname = 'x'", "1: locations.x: id is missing"),
    ("[[locations]]\nid = 'a b'", "2: locations.a b.id: 'a b' should be 1 to 64 plain letters"),
    ("[locations]\nid = 'a'", "1: locations: should be written with two brackets, [[locations]]"),
    ("sources = [3]", "1: sources[1]: should be a table of settings"),
    ("[replies]\npacks = 'nowhere'", "2: replies.packs: there is no folder 'nowhere'"),
    ("[topics]\nwait = []", "2: topics.wait: should name at least one"),
    ("[topics]\nwait = [\n'slow',\n3]", '2: topics.wait: should be text in quotes, like "a"'),
    ("[channels]\nowner = 'x'", "2: channels.owner: should be a table of settings"),
    ("[channels.owner]", "1: channels.owner: urls is missing"),
    (
        "[channels.owner]\nurls = 'json://h'\nid = 'x'",
        "3: channels.owner.id: a channel has no id but its name, 'owner'",
    ),
    ("[channels.owner]\nurls = 'hunter22'", "2: channels.owner.urls: is not an Apprise address"),
    ("[channels.owner]\nurls = 'json://h'\nquiet_hours = '9-5'", "3: channels.owner.quiet_hours: '9-5' are not two"),
    ("[channels.owner]\nurls = 'json://h'\nlocations = 'x'", "3: channels.owner.locations: there is no 'x' under"),
    ("[[rules]]\nname = 'a'\nnotify = []", "3: rules.a.notify: should name at least one"),
    (
        CHANNEL + "[[rules]]\nname = 'a'\nnotify = 'owner'\nwhen = {events = 'review.nw'}",
        "7: rules.a.when.events: shoul",
    ),
    (
        CHANNEL + "[[rules]]\nname = 'a'\nnotify = 'owner'\n[rules.when]\nsources = 'x'",
        "8: rules.a.when.sources: there",
    ),
    (BOARD + "connector2 = 1", "6: sources.plaza.connector2: there is no such setting (did you mean 'connector'?)"),
    (BOARD + "pages = 'many'", "6: sources.plaza.pages: should be a whole number"),
    (BOARD + "history = 'ever'", "6: sources.plaza.history: 'ever' is not a length of time"),
    (BOARD + "role = 'rival'", "6: sources.plaza.role: should be one of own, competitor"),
    (BOARD + "locations = { a = 'x' }", "6: sources.plaza.locations.a: there is no 'x' under [[locations]]"),
    ("[[sources]]\nid = 'a'\nboard = '1'", "1: sources.a: connector is missing"),
    (
        "[[sources]]\nid = 'a'\nconnector = 'absent'",
        "3: sources.a.connector: the connector 'absent' does not work: abs",
    ),
    (
        "[[sources]]\nid = 'a'\nconnector = 'greedy'",
        "3: sources.a.connector: the connector 'greedy' uses names that be",
    ),
    (
        "[[sources]]\nid = 'a'\nconnector = 'broken'\nboard = 'hunter2'",
        "1: sources.a: the connector's own check of thes",
    ),
]


@pytest.mark.parametrize(("text", "line"), ONE_LINE, ids=[line.split(":")[1].strip() for _, line in ONE_LINE])
def test_a_mistake_names_its_line_and_its_key(tmp_path, text, line):
    found = [problem for problem in problems(tmp_path, text) if problem.startswith(f"config.toml:{line}")]
    assert len(found) == 1, problems(tmp_path, text)
    assert "hunter2" not in found[0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", "config.toml:2: not TOML from here on: Invalid value"),
        ("[web]\n[web]\n", "config.toml:2: not TOML from here on: Cannot declare ('web',) twice"),
        ('a = """open\n\n', "config.toml:2: not TOML from here on: Unterminated string"),
        (f"a = {'[' * 5000}{']' * 5000}", "config.toml:1: lists or tables are nested too deeply"),
        (f"a = {'9' * 5000}", "config.toml:1: not TOML from here on: "),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(tmp_path, text, line):
    found = problems(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(line)


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes("[business]\n\nname = 'Café'\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=rf"^{path}:3: not UTF-8"):
        load(path, environ={})


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["missing", "folder"])
def test_a_file_that_cannot_be_read_is_told_plainly(tmp_path, make):
    path = tmp_path / "config.toml"
    make(path)
    with pytest.raises(ConfigError) as caught:
        load(path, environ={})
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(f"{path}: ")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf[business]\r\nname = 'Aurora'\r\n")
    assert load(path, environ={}).business.name == "Aurora"


def test_control_characters_in_a_key_do_not_reach_the_terminal(tmp_path):
    assert "\x1b" not in problems(tmp_path, '"\\u001b[31m" = 1')[0]


def test_an_empty_file_is_a_configuration(tmp_path):
    assert settings(tmp_path, "").business.name == "My business"


def test_a_pattern_that_cannot_be_used_is_told_with_its_line_and_place(tmp_path):
    text = f"""{CHANNEL}
[[rules]]
name = "money"
when = {{ pattern = "refund|(money" }}
notify = ["owner"]
"""
    [said] = problems(tmp_path, text)
    line = text[: text.index("when")].count("\n") + 1
    assert (
        said == f"config.toml:{line}: rules.money.when.pattern: this pattern cannot be used, at character 14: missing )"
    )


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ stars }}\n{{ sorce }}", "line 2 of this template: {{ sorce }} is not allowed; it may only print age, "),
        ("{{ stars", "line 1 of this template cannot be read: "),
        ("x" * 2001, "this template, or a line of it, is longer than 2000 characters"),
        (" ", "should not be empty"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_line(tmp_path, template, problem):
    text = f"""{CHANNEL}
[channels.owner.templates]
review = '''{template}'''
"""
    [said] = problems(tmp_path, text)
    line = text[: text.index("review =")].count("\n") + 1
    assert said.startswith(f"config.toml:{line}: channels.owner.templates.review: {problem}")


def test_a_template_for_no_family_is_told_with_the_nearest(tmp_path):
    [said] = problems(tmp_path, f"{CHANNEL}\n[channels.owner.templates]\nreviews = 'x'\n")
    assert "there is no such setting (did you mean 'review'?)" in said
