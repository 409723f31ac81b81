"""Reply packs of one's own: what a template may do, and how a mistake is named."""

import pytest

from repmon.errors import DraftError
from repmon.steps.drafting.packfile import Variant
from repmon.steps.drafting.templates import load_packs, render


def write(folder, text, name="en/restaurant.toml"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def refused(folder, template):
    write(folder, f'# mine\n[thanks]\nnegative = [\n  "Thank you.",\n  {template},\n]\n')
    with pytest.raises(DraftError) as caught:
        load_packs(folder)
    return caught.value


@pytest.mark.parametrize(
    "template",
    [
        "\"{{ 'a' * 1000000000 }}\"",
        '"{% for x in business %}{{ x }}{% endfor %}"',
        '"{{ business() }}"',
        '"{{ business.upper() }}"',
        '"{{ business.__class__ }}"',
        '"{{ business[0] }}"',
        "\"{% include 'secrets' %}\"",
        "\"{% import 'os' as os %}\"",
        '"{% set x = 1 %}{{ x }}"',
        '"{% if business %}x{% endif %}"',
        '"{% macro a() %}{% endmacro %}"',
        '"{{ 7 }}"',
        '"{{ 1 + 1 }}"',
        '"{{ business ~ business }}"',
        '"{{ [business] }}"',
        '"{{ business is string }}"',
        "\"{{ business|attr('x') }}\"",
        "\"{{ business|replace('a', 'b') }}\"",
        '"{{ business|pprint }}"',
        '"{{ contact }}"',
        '"{{ review }}"',
        '"{{ self }}"',
        '"{{ range }}"',
        "\"{{ 'x' if business else 'y' }}\"",
    ],
)
def test_a_template_may_only_print_the_names_of_its_part_and_the_line_is_named(tmp_path, template):
    error = refused(tmp_path, template)
    assert error.code == "template_refused"
    assert error.values["line"] == 5
    assert str(error).startswith(f"{tmp_path / 'en' / 'restaurant.toml'}:5: ")
    assert "business" in str(error)


@pytest.mark.parametrize(
    "template", ['"{{ business"', '"{% foo %}"', '"{{ business|nosuch }}"', '"' + "{{ " + "(" * 400 + '"']
)
def test_a_template_that_cannot_be_read_names_the_line(tmp_path, template):
    error = refused(tmp_path, template)
    assert error.code in {"template_broken", "template_refused"}
    assert error.values["line"] == 5


def test_a_template_may_not_be_endless(tmp_path):
    assert refused(tmp_path, '"' + "a" * 1001 + '"').code == "template_too_long"


def test_the_line_of_a_mistake_inside_a_multi_line_text_is_named(tmp_path):
    error = refused(tmp_path, '"""Thank you,\nyou are kind,\n{{ 7 * 7 }}"""')
    assert error.values["line"] == 7


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("[thanks]\nnegative = [\n", 3, "pack_broken"),
        ("\n[thank]\nnegative = ['Thank you.']\n", 2, "pack_key_unknown"),
        ("[thanks]\nmixed = []\nnegative = 'Thank you.'\n", 3, "pack_list_expected"),
        ("[thanks]\nnegative = ['Thank you.', ' ']\n", 2, "pack_list_expected"),
        ("thanks = 'Thank you.'\n", 1, "pack_table_expected"),
        ("[named]\nsoup = 1\n", 2, "pack_text_expected"),
        ("[list]\nor = ' or '\n", 2, "pack_key_unknown"),
    ],
)
def test_a_file_that_is_no_pack_names_the_line(tmp_path, text, line, code):
    with pytest.raises(DraftError) as caught:
        load_packs(write(tmp_path, text))
    assert (caught.value.code, caught.value.values["line"]) == (code, line)
    assert f"restaurant.toml:{line}: " in str(caught.value)


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "generic.toml").write_bytes(b"[thanks]\nnegative = ['caf\xe9']")
    with pytest.raises(DraftError, match="UTF-8"):
        load_packs(tmp_path)


def test_a_missing_folder_is_said():
    with pytest.raises(DraftError, match="no such folder"):
        load_packs(__import__("pathlib").Path("/nowhere/at/all"))


def test_a_value_is_never_read_as_a_template():
    variant = Variant("x", "greeting.named", "Hello {{ name }},", "x.toml", 1, own=True)
    assert render(variant, {"name": "{{7*7}}", "business": "b"}) == "Hello {{7*7}},"


def test_harmless_filters_are_allowed(tmp_path):
    write(tmp_path, "[thanks]\nnegative = ['{{ business|upper }} thanks you.']\n")
    variant = load_packs(tmp_path).find("en", "restaurant").parts["thanks.negative"][0]
    assert render(variant, {"business": "Aurora"}) == "AURORA thanks you."


def test_own_words_go_before_shipped_ones_for_every_trade(tmp_path):
    write(tmp_path, "[thanks]\npositive = ['Ours.']\n", "en/generic.toml")
    packs = load_packs(tmp_path)
    for trade in ("restaurant", "hotel", "generic", "made up"):
        pack = packs.find("en", trade)
        assert [variant.text for variant in pack.parts["thanks.positive"]] == ["Ours."]
        assert len(pack.parts["thanks.negative"]) >= 3


def test_own_words_for_the_trade_go_before_own_generic_ones(tmp_path):
    write(tmp_path, "[thanks]\npositive = ['Ours.']\n", "en/generic.toml")
    write(tmp_path, "[thanks]\npositive = ['Ours at the table.']\n", "en/restaurant.toml")
    packs = load_packs(tmp_path)
    assert packs.find("en", "restaurant").parts["thanks.positive"][0].text == "Ours at the table."
    assert packs.find("en", "hotel").parts["thanks.positive"][0].text == "Ours."


def test_a_language_of_ones_own_is_found(tmp_path):
    packs = load_packs(write(tmp_path, "[sign]\nplain = ['{{ signature }}']\n", "sv/generic.toml"))
    assert "sv" in packs.languages
    assert packs.find("sv", "restaurant").trade == "generic"
    assert packs.find("fi", "restaurant") is None
