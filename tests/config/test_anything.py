"""Whatever a file says, it is settings or problems, never a traceback, and no problem shows a secret."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from repmon.config import load
from repmon.config.starter import toml
from repmon.errors import ConfigError
from tests.config.files import CONNECTORS
from tests.config.test_starter import EXAMPLE, SWITCHED_OFF

SECRET = "correct-horse-battery"
LINE = re.compile(r"[^\n]*config\.toml:\d+: [^\n]+: [^\n]+")
SCALARS = st.one_of(
    st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from([
        "env:SECRET", "env:NOPE", "file:nope", "owner", "plaza", "centrum", "board", "1s", "<=2", "22:00-07:00", "://",
        "http://[", "http://h:x", "sqlite:///", "postgresql://[", "slack://[", "127.0.0.1:1", "Europe", "review.new",
    ]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(st.sampled_from(["id", "a b", "when"]), below)
    ),
    max_leaves=4,
)
KEYS = sorted({*re.findall(r"^#?(\w+) = ", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE), "board", "token", "id"})
TABLES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5)
SECTIONS = [
    "[business]", "[storage]", "[http]", "[web]", "[health]", "[alerts]", "[replies]", "[topics]", "[channels.owner]",
    "[[locations]]", "[[sources]]", "[[sources]]\nconnector = 'board'", "[[sources]]\nconnector = 'chain'", "[[rules]]",
    "[[rules]]\n[rules.when]", "[channels]", "[anything.else]",
]  # fmt: skip


@effort(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SECTIONS), TABLES), max_size=4, unique_by=lambda section: section[0]))
def test_any_values_of_any_keys_are_settings_or_problems(tmp_path_factory, sections):
    text = "".join(
        header + "\n" + "".join(f"{key} = {toml(value)}\n" for key, value in table.items())
        for header, table in sections
    )
    outcome(tmp_path_factory.getbasetemp() / "config.toml", text)


@effort(deadline=None)
@given(st.data())
def test_any_slip_of_the_pen_is_settings_or_a_problem(tmp_path_factory, data):
    text = SWITCHED_OFF.sub("", EXAMPLE.read_text(encoding="utf-8"))
    place = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 20))
    added = data.draw(st.text("ab1=[]{}\"'.,#\n \\", max_size=4))
    outcome(tmp_path_factory.getbasetemp() / "config.toml", text[:place] + added + text[place + gone :])


def outcome(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    try:
        load(path, environ={"SECRET": SECRET}, connectors=CONNECTORS)
    except ConfigError as error:
        problems = error.problems
    else:
        return
    assert [line for line in problems if not LINE.fullmatch(line) or SECRET in line] == []
