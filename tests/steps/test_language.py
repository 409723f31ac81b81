"""Language by the site's field, the script, plain words, and the bundled model."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.steps.understanding.language import language_code, language_of
from tests.shared import dataset


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The food was good and the staff very friendly", "en"),
        ("Never again.", "en"),
        ("Delicious!", "en"),
        ("Het eten was koud en de bediening traag", "nl"),
        ("Das Essen war kalt und die Bedienung unfreundlich", "de"),
        ("Très bon accueil, nous reviendrons", "fr"),
        ("La comida estaba muy buena y el trato excelente", "es"),
        ("Cibo ottimo e personale gentile", "it"),
        ("A comida é muito boa e o atendimento ótimo", "pt"),
        ("Очень вкусно, всем рекомендую", "ru"),
        ("음식이 맛있어요", "ko"),
        ("とても美味しいです", "ja"),
        ("很好吃", "zh"),
        ("الطعام لذيذ جدا", "ar"),
        ("האוכל היה טעים", "he"),
    ],
)
def test_a_language_is_told_from_the_text(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "12345", "\U0001f60d\U0001f60d", "!!!", "\ud800", "   ", "5 / 5"])
def test_a_text_without_words_has_no_language(text):
    assert language_of(text, prior=("en",)) == ""


def test_what_the_site_says_holds_where_the_text_does_not_clearly_differ():
    assert language_of("Top", "nl-NL") == "nl"
    assert language_of("Super service", "fr") == "fr"
    assert language_of("Das Essen war kalt und die Bedienung unfreundlich", "en") == "de"
    assert language_of("음식이 맛있어요", "en-US") == "ko"


def test_the_languages_of_the_business_settle_short_texts():
    assert language_of("Top", prior=("nl",)) == "nl"
    assert language_of("Top") == ""


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-US", "en"),
        ("pt_BR", "pt"),
        ("EN", "en"),
        ("iw", "he"),
        ("nb-NO", "no"),
        ("eng", "en"),
        ("und", ""),
        ("", ""),
    ],
)
def test_language_tags_become_two_letters(tag, code):
    assert language_code(tag) == code


@given(st.text(st.characters(codec=None)))
def test_any_text_has_a_language_or_none(text):
    assert len(language_of(text)) in {0, 2, 3}


def share(rows, right):
    rows = list(rows)
    return sum(right(row) for row in rows) / len(rows)


def test_real_english_reviews_are_read_and_foreign_ones_are_not_taken_for_english():
    rows = [row for row in islice(dataset("tripadvisor_barcelona"), None, None, 2) if len(row["text"]) > 40]
    english = [row for row in rows if row["lang"] == "en"]
    foreign = [row for row in rows if row["lang"] != "en"]
    assert share(english, lambda row: language_of(row["text"]) == "en") > 0.97
    assert share(foreign, lambda row: language_of(row["text"]) == "en") < 0.01


def test_short_english_reviews_are_mostly_read():
    rows = list(islice(dataset("google_maps_amsterdam"), 8_000))
    short = [row["text"] for row in rows if 16 <= len(row.get("text", "")) <= 30]
    assert share(short, lambda text: language_of(text, prior=("en", "nl")) == "en") > 0.95
