"""Known phrases in a text: found by looking tokens up, the longest first, none overlapping."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.steps.understanding.phrases import find, fold, index, tokens
from repmon.steps.understanding.spotting import Spotter, by_first

KNOWN = index([
    ("soup", "food"), ("cold soup", "cold"), ("cold soup of the day", "day"), ("café", "place"), ("air con", "room"),
    ("attente", "wait"), ("the bill", "bill"),
])  # fmt: skip


@pytest.fixture
def spotter():
    return Spotter(by_first(KNOWN), frozenset({"but", "however"}))


def names(spotter, text):
    return [(name, words) for _, name, words in spotter.find(text)[0]]


def test_the_longest_phrase_wins_and_none_overlap(spotter):
    assert names(spotter, "Cold soup of the day, cold soup, soup.") == [
        ("day", "cold soup of the day"), ("cold", "cold soup"), ("food", "soup"),
    ]  # fmt: skip


def test_a_phrase_that_breaks_off_leaves_the_shorter_one(spotter):
    assert names(spotter, "cold soup of a week") == [("cold", "cold soup")]
    assert names(spotter, "cold") == []


@pytest.mark.parametrize("text", ["air-con", "AIR CON", "air  con", "(air/con)", "air\ncon"])
def test_marks_capitals_and_spaces_do_not_part_a_phrase(spotter, text):
    assert [name for name, _ in names(spotter, text)] == ["room"]


def test_accents_do_not_matter_and_are_shown(spotter):
    assert names(spotter, "Un Café, deux cafe, l'attente") == [
        ("place", "café"), ("place", "cafe"), ("wait", "attente"),
    ]  # fmt: skip


def test_places_are_those_of_the_text(spotter):
    text = "  Nice.\t\tThe  soup, but THE BILL!"
    hits, turns = spotter.find(text)
    assert [text[at : at + len(words)].lower() for at, _, words in hits] == ["soup", "the bill"]
    assert [text[at : at + 3] for at in turns] == ["but"]


@given(st.lists(st.sampled_from(
    ["cold", "Soup", "soup,", "of", "the", "day", "café", "air-con", "but", "x", "bill", "\u200b", "a/b", "soup/cold"]
), max_size=30).map(" ".join))  # fmt: skip
def test_it_finds_what_going_through_all_words_finds(text):
    spotter = Spotter(by_first(KNOWN), frozenset({"but"}))
    assert [name for _, name, _ in spotter.find(text)[0]] == [name for *_, name in find(tokens(text), KNOWN)]


@given(st.text())
def test_any_text_is_searched_without_an_error(text):
    spotter = Spotter(by_first(KNOWN), frozenset({"but"}))
    hits, _ = spotter.find(text)
    assert all(fold(text)[at:].startswith(fold(words)[:1]) for at, _, words in hits)


def test_a_cache_that_is_full_is_emptied_and_filled_anew(spotter, monkeypatch):
    monkeypatch.setattr("repmon.steps.understanding.spotting._MOST_KEPT", 5)
    spotter.find(" ".join(f"word{n}" for n in range(50)))
    assert len(spotter) <= 5
    assert names(spotter, "soup") == [("food", "soup")]


def test_long_texts_take_time_in_proportion(spotter):
    def took(count):
        text = "cold soup of the night " * count
        start = time.perf_counter()
        spotter.find(text)
        return time.perf_counter() - start

    took(100)
    assert min(took(20_000) for _ in range(3)) < 40 * max(min(took(2_000) for _ in range(3)), 1e-4)
