"""Cleaning: what is scored, what is kept, and that no text is slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.steps.clean import clean, plain, split_translation

HOSTILE = {
    "angle brackets": "<",
    "openings": "<a ",
    "quotes": '<a "',
    "scripts": "<script>",
    "comments": "<!--",
    "entities": "&amp",
    "long numbers": "&#99999999",
    "bbcode": "[b=",
    "blank lines": "\n \n",
    "joiners": "\u200d",
    "surrogates": "\ud800",
    "envelopes": "(Translated by Google)",
}


def test_ordinary_text_stays_as_it_is():
    text = "price < 10 and > 5, AT&T <3 <foo@bar.example> [sic] don't ?a=1&copy=2"
    assert clean(text) == text
    assert plain(text) == text


def test_typographic_quotes_become_straight_for_scoring_only():
    assert clean("don\u2019t \u201cgo\u201d") == 'don\'t "go"'
    assert plain("don\u2019t") == "don\u2019t"


def test_tags_and_entities_are_resolved_once():
    assert plain("<p>Fish &amp; chips</p><p>nice &lt;b&gt;x&lt;/b&gt;") == "Fish & chips\n\nnice <b>x</b>"
    assert plain("a &amp;lt; b") == "a &lt; b"
    assert plain("one<br>two<BR/>three") == "one\ntwo\nthree"
    assert plain("<a href='x>y' title=\"5>3\">link</a>") == "link"


def test_what_was_escaped_twice_is_still_not_scored():
    text = "good&lt;br /&gt;food &amp;amp; wine [b]bad[/b] [url=http://x.example]y[/url]"
    assert clean(text) == "good food & wine bad y"


def test_scripts_styles_and_comments_go_with_their_content():
    assert plain("a<script>alert('x')</script>b<STYLE>p{}</style >c<!-- d -->e") == "abce"
    assert plain("an <!-- unclosed comment") == "an  unclosed comment"


def test_lines_are_kept_for_the_reader_and_folded_for_the_score():
    assert plain("a\r\nb\n\n\n\nc ") == "a\nb\n\nc"
    assert clean("a\r\nb\n\n\n\nc\u00a0 d ") == "a b c d"


def test_hidden_characters_go_and_emoji_stay_whole():
    assert clean("b\u200bad\x00 \u202eno\u00adise\ufeff") == "bad noise"
    assert clean("\U0001f468\u200d\U0001f469 a\u200db") == "\U0001f468\u200d\U0001f469 ab"


def test_lone_surrogates_become_replacement_characters_and_pairs_their_character():
    assert plain("a\ud800b \ud83d\ude00") == "a\ufffdb \U0001f600"
    assert clean("a\udfffb") == "a\ufffdb"


def test_entities_that_are_no_characters_do_no_harm():
    text = "&#0; &#xD800; &#99999999; &nosuch; &#" + "9" * 5000 + ";"
    assert plain(text).startswith("\ufffd \ufffd \ufffd &nosuch; &#999")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("(Translated by Google) Good\n\n(Original)\nGoed", ("Goed", "Good")),
        ("Goed\n\n(Translated by Google)\nGood", ("Goed", "Good")),
        ("(Translated by Google) Good", ("Good", "Good")),
        ("Goed", ("Goed", None)),
        ("(Translated by Google)", ("(Translated by Google)", None)),
        ("", ("", None)),
    ],
)
def test_the_translation_envelope_is_parted_in_both_orders(text, parts):
    assert split_translation(text) == parts


def test_the_translation_is_what_is_scored():
    assert clean("(Translated by Google) Good\n\n(Original)\nGoed") == "Good"


@given(st.text(st.characters(codec=None)))
def test_any_text_is_cleaned_to_something_storable(text):
    for step in (clean, plain):
        step(text).encode("utf-8")
    assert not any(character in plain(text) for character in "\x00\x0b\r\x7f\ud800")


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("step", [clean, plain])
def test_a_megabyte_of_anything_is_cleaned_in_linear_time(step, name):
    text = HOSTILE[name] * (1_000_000 // len(HOSTILE[name]))
    start = time.process_time()
    step(text)
    assert time.process_time() - start < 5
