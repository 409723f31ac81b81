"""Every key of a TOML text is found on its line, however it is written."""

import json
import tomllib
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from repmon.config.lines import index, known_part

BY_HAND = '''\
title = "a # b" # one
"quoted \\u0041" = 'x = 1'
a.b."c.d" = 1
[ server . "x.y" ]
list = [ # open
  1, "two]",
  { k = 3, "l m" = [4,
    5] },
]
text = """
[not.a.table]
key = "no"
\\""" still """"
after = 1979-05-27 07:32:00
raw = \'\'\'
]] ' \'\'\'\'
[[item]]
name = 1
[item.more]
deep.er = true
[[item.sub]]
x = 1
[[item.sub]]
x = 2

[[item]]
[[item.sub]]
x = 3
[item.sub.leaf]
'''


def test_every_way_to_write_a_key_is_found_on_its_line():
    lines = index(BY_HAND)
    expected = {
        ("title",): 1, ("quoted A",): 2, ("a",): 3, ("a", "b"): 3, ("a", "b", "c.d"): 3,
        ("server",): 4, ("server", "x.y"): 4, ("server", "x.y", "list"): 5, ("server", "x.y", "list", 0): 6,
        ("server", "x.y", "list", 1): 6, ("server", "x.y", "list", 2): 7, ("server", "x.y", "list", 2, "k"): 7,
        ("server", "x.y", "list", 2, "l m"): 7, ("server", "x.y", "list", 2, "l m", 0): 7,
        ("server", "x.y", "list", 2, "l m", 1): 8, ("server", "x.y", "text"): 10, ("server", "x.y", "after"): 14,
        ("server", "x.y", "raw"): 15, ("item",): 17, ("item", 0): 17, ("item", 0, "name"): 18,
        ("item", 0, "more"): 19, ("item", 0, "more", "deep"): 20, ("item", 0, "more", "deep", "er"): 20,
        ("item", 0, "sub"): 21, ("item", 0, "sub", 0): 21, ("item", 0, "sub", 0, "x"): 22,
        ("item", 0, "sub", 1): 23, ("item", 0, "sub", 1, "x"): 24, ("item", 1): 26, ("item", 1, "sub"): 27,
        ("item", 1, "sub", 0): 27, ("item", 1, "sub", 0, "x"): 28, ("item", 1, "sub", 0, "leaf"): 29,
    }  # fmt: skip
    assert lines == expected
    assert set(lines) == set(paths(tomllib.loads(BY_HAND)))


def test_windows_line_ends_count_once():
    assert index("a = 1\r\n[b]\r\nc = '''\r\n\r\n'''\r\nd = 2\r\n")[("b", "d")] == 6


def test_the_nearest_known_place_of_a_missing_key_is_its_table():
    lines = index("[[a]]\nb = 1\n")
    assert known_part(lines, ("a", 0, "c", "d")) == ("a", 0)
    assert known_part(lines, ("z",)) == ()


def test_a_key_before_its_own_table_is_the_tables_line():
    assert index("[a.b]\n[a]\n")[("a",)] == 2


@pytest.mark.parametrize("text", ["", "\n\n", "# only this", "a=1", "a = []\nb = {}\n[c]\n"])
def test_small_texts_are_read_whole(text):
    assert set(index(text)) == set(paths(tomllib.loads(text)))


def paths(node, path=()):
    """Every path into what `tomllib` read."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from paths(child, (*path, key))


@dataclass
class Writer:
    """Writes a tree as TOML in ways drawn by chance; every scalar holds a number that occurs once."""

    draw: object
    lines: list[str] = field(default_factory=list)
    numbers: object = field(default_factory=count)

    def pick(self, *ways):
        return self.draw(st.sampled_from(ways))

    def key(self, name):
        plain = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
        ways = ([name] if plain else []) + [quoted(name)]
        ways += [f"'{name}'"] if "'" not in name and name.isprintable() else []
        return self.pick(*ways)

    def scalar(self):
        mark = f"mark{next(self.numbers)}"
        long = (f'"""{mark} "" \n[x]\ny = 1\\""" """""', f"'''{mark}\n]]'''''")
        return self.pick(f'"{mark} # ] \\" }}"', f"'{mark} [ = '", *long)

    def inline(self, node):
        if isinstance(node, dict):
            return "{ " + ", ".join(f"{self.key(key)} = {self.inline(child)}" for key, child in node.items()) + " }"
        if isinstance(node, list):
            gap = self.pick(" ", "\n", " # , ]\n  ")
            return "[" + "".join(f"{gap}{self.inline(child)}{gap}," for child in node) + gap + "]"
        return self.scalar()

    def table(self, node, header):
        """Pairs first, then the tables that are written with headers of their own."""
        later = []
        for key, child in node.items():
            name = self.key(key)
            if isinstance(child, dict) and self.pick(True, False):
                later.append(("[{}]", name, child))
            elif (
                isinstance(child, list) and child and all(isinstance(c, dict) for c in child) and self.pick(True, False)
            ):
                later += [("[[{}]]", name, each) for each in child]
            else:
                self.lines.append(self.pick("", "  ") + f"{name} = {self.inline(child)}" + self.pick("", " # [x] = 1"))
            self.lines += self.pick([], [""], ["# a = 1", "\t"])
        for brackets, name, child in later:
            path = f"{header} . {name}" if header else name
            self.lines.append(brackets.format(path) + self.pick("", "  # ]]"))
            self.table(child, path)


def quoted(name):
    return json.dumps(name).replace("\x7f", "\\u007f")


KEYS = st.one_of(st.sampled_from(["a", "b-c", "_", "1", "x.y", "", "é"]), st.text("ab.\"' =[]#\n\\", max_size=4))
TREES = st.recursive(
    st.just(None),
    lambda below: st.one_of(
        st.dictionaries(KEYS, below, max_size=4),
        st.lists(below, max_size=3),
        st.lists(st.dictionaries(KEYS, below, max_size=3), min_size=1, max_size=3),
    ),
    max_leaves=14,
)


@effort(deadline=None)
@given(st.data(), st.dictionaries(KEYS, TREES, max_size=5))
def test_whatever_tomllib_reads_has_its_line(data, tree):
    writer = Writer(data.draw)
    writer.table(tree, "")
    text = "\n".join(writer.lines)
    read = tomllib.loads(text)
    lines = index(text)
    assert set(lines) == set(paths(read))
    numbered = text.split("\n")
    for path, line in lines.items():
        value = read
        for key in path:
            value = value[key]
        if isinstance(value, str):
            assert value.split()[0] in numbered[line - 1]


@effort(deadline=None)
@given(st.text("ab=.[]{}\"'#\n ,1\\", max_size=40))
def test_what_tomllib_accepts_never_fails_here(text):
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(index(text)) == set(paths(read))
