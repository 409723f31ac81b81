"""Stars and words that disagree: both sides are there to be shown."""

from repmon.review import Review, Sentiment
from repmon.steps.understanding.contradiction import against
from repmon.steps.understanding.score import score


def read(text, rating):
    return score(Review("", "", text=text, rating=rating, language="en"))


def test_five_stars_with_angry_words_show_the_strongest_of_them():
    found = read("Rude staff, cold soup, dull wine, never going back! The bread was nice.", 5.0)
    assert found.reasons[0].text == "★ 5"
    assert [reason.text for reason in against(found)] == ["never going back", "Rude", "cold soup"]


def test_one_star_with_praise_shows_the_praise():
    found = read("Wonderful, loved every minute!", 1.0)
    assert {reason.text for reason in against(found)} == {"Wonderful", "loved"}


def test_where_stars_and_words_agree_nothing_is_against_them():
    assert against(read("Wonderful, loved every minute!", 5.0)) == ()
    assert against(read("Rude staff.", None)) == ()


def test_a_reading_whose_reasons_were_erased_has_nothing_to_show():
    assert against(Sentiment("positive", conflict=True)) == ()
