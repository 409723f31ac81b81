"""Topics: which words show what, and how the text speaks of it."""

import time

import pytest

from repmon.review import Reason
from repmon.steps.understanding.topics import topic_names, topics_of


def names(text, language="en", trade="generic", **more):
    return {topic.name: topic for topic in topics_of(text, language, trade, **more)}


def test_a_complaint_about_a_cold_soup_after_a_long_wait_names_wait_and_food():
    found = names("We waited forty minutes for a cold soup.", trade="restaurant")
    assert list(found) == ["wait", "food"]
    assert found["food"].words == ("cold", "soup")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Het personeel was onvriendelijk en het eten koud", {"staff", "food"}),
        ("de", "Das Zimmer war schmutzig und die Wartezeiten lang", {"room", "cleanliness", "wait"}),
        ("fr", "L'attente était interminable et le serveur impoli", {"wait", "staff"}),
        ("es", "La atencion fatal y la habitación sucia", {"service", "room", "cleanliness"}),
        ("it", "Un'ora di attesa, prezzi alti", {"wait", "price"}),
        ("pt", "O atendimento foi péssimo e a comida fria", {"service", "food"}),
        ("pt-BR", "Estacionamento caro", {"parking", "price"}),
    ],
)
def test_each_language_has_its_own_words_with_or_without_accents(language, text, expected):
    assert expected <= names(text, language).keys()


def test_every_language_knows_every_topic():
    for language in ("en", "nl", "de", "fr", "es", "it", "pt"):
        from repmon.steps.understanding.topics import _data  # noqa: PLC0415 - the data behind the promise

        assert set(_data()[language]["topics"]) == set(topic_names()), language


def test_a_word_means_what_it_means_in_the_trade():
    assert "booking" in names("A nice table", trade="restaurant")
    assert "booking" not in names("A nice table", trade="shop")
    assert "cleanliness" in names("There were bugs", trade="hotel")
    assert "app" in names("There were bugs", trade="app")


def test_the_longest_phrase_wins():
    assert set(names("Great value for money")) == {"price"}
    assert set(names("The room service was fine")) == {"service"}


def test_words_of_the_business_itself_are_found_in_any_language():
    found = names("De hondenpension was fijn", "nl", own={"dogs": ["hondenpension"]})
    assert found["dogs"].words == ("hondenpension",)
    assert set(names("Hyvä koira", "fi", own={"dogs": ["koira"]})) == {"dogs"}


def test_a_language_without_words_names_nothing_and_an_unknown_one_is_read_as_english():
    assert topics_of("The staff was rude", "fi", "generic") == ()
    assert "staff" in names("The staff was rude", "")


def test_polarity_comes_from_the_scored_words_of_the_same_clause():
    parts = (Reason("friendly", 2.0), Reason("filthy", -2.5))
    found = names("Friendly waiter but the room was filthy.", parts=parts)
    assert found["staff"].polarity == "positive"
    assert found["room"].polarity == found["cleanliness"].polarity == "negative"


def test_polarity_falls_back_on_the_sentence_and_does_not_cross_it():
    parts = (Reason("awful", -2.0),)
    found = names("The service, I must say, was awful. We had pizza.", parts=parts)
    assert found["service"].polarity == "negative"
    assert found["food"].polarity == "neutral"


def test_praise_and_blame_for_one_topic_is_mixed():
    parts = (Reason("great", 3.0), Reason("horrible", -3.0))
    assert names("Great pizza. Horrible soup.", parts=parts)["food"].polarity == "mixed"


def test_without_scored_words_every_topic_is_neutral():
    assert {topic.polarity for topic in topics_of("Rude staff, great food", "en", "restaurant")} == {"neutral"}


def test_scored_words_that_are_not_in_the_text_are_left_alone():
    assert names("Nice staff", parts=(Reason("[stars]", -3.0),))["staff"].polarity == "neutral"


@pytest.mark.parametrize("text", ["", "🍕🍕🍕", "\x00\ufeff", "....", "{{7*7}}", "ﷺ" * 50, "a" * 16_000])
def test_odd_texts_name_nothing_and_break_nothing(text):
    assert topics_of(text, "en", "restaurant") == ()


def test_a_long_text_takes_time_in_proportion():
    text = "The waiter said value for, value for, front. " * 4_000
    start = time.perf_counter()
    topics_of(text, "en", "restaurant", parts=[Reason("value", 1.0)] * 100)
    assert time.perf_counter() - start < 2
