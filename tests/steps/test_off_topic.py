"""What dismissed mentions share and kept ones do not, and who fits a rule made of it."""

import pytest

from repmon.steps.off_topic import LEAST, MOST_WORDS, Mark, Rule, fitting, marks_of, propose, shown_reason


def mention(text, *, title="", author="", url=""):
    return marks_of(title, text, author, url)


def found(dismissed, kept=(), names=("Aurora",)):
    proposals = propose(dict(enumerate(dismissed, start=1)), list(kept), names)
    return [(one.mark.kind, one.mark.value, one.mentions) for one in proposals]


LIGHTS = [
    mention("Aurora borealis over Tromso!"),
    mention("The borealis was green, aurora at its best"),
    mention("Tonight: aurora, BOREALIS forecast"),
]


def test_a_word_that_all_dismissed_and_no_kept_mention_has_is_proposed():
    assert found(LIGHTS, [mention("Pasta at Aurora was fine")]) == [("word", "borealis", (1, 2, 3))]


def test_a_word_that_one_kept_mention_has_is_not_proposed():
    assert found(LIGHTS, [mention("Aurora has a cocktail named Borealis")]) == []


def test_two_dismissals_are_too_few():
    assert LEAST == 3
    assert found(LIGHTS[:2]) == []


def test_our_own_names_and_plain_words_are_never_proposed():
    said = [mention(f"I was there with the Trattoria Aurora, number {word}") for word in ("uno", "due", "tre")]
    assert found(said, names=["Trattoria Aurora", "number"]) == []


def test_an_author_is_known_in_any_case_and_kept_as_a_digest():
    said = [
        mention(word, author=author) for word, author in (("uno", "Sky Bot"), ("due", "sky bot"), ("tre", "SKY BOT "))
    ]
    ((kind, value, mentions),) = found(said)
    assert (kind, mentions) == ("author", (1, 2, 3))
    assert "sky" not in value


def test_a_domain_counts_where_a_post_is_and_where_it_links_to_but_not_the_site_of_all():
    links = ["https://www.lights.example/a", "see https://lights.example/b.", "(http://LIGHTS.example/c)"]
    said = [mention(link, url=f"https://talk.example/{n}") for n, link in enumerate(links)]
    assert found(said, [mention("pasta", url="https://talk.example/9")]) == [("domain", "lights.example", (1, 2, 3))]


def test_the_most_telling_words_come_first_and_no_more_than_a_few():
    words = " ".join(f"zorp{chr(97 + n)}" for n in range(MOST_WORDS + 5))
    proposals = found([mention(f"{words} borealis")] * 3 + [mention("borealis")])
    assert proposals[0] == ("word", "borealis", (1, 2, 3, 4))
    assert len(proposals) == MOST_WORDS


@pytest.mark.parametrize("text", ["", "http://[", "https://", "\ud800 \x00", "12345 67890"])
def test_odd_texts_have_marks_or_none(text):
    assert all(mark.kind == "word" and not mark.value.isdecimal() for mark in mention(text))


def test_the_first_rule_that_fits_is_given():
    rules = [Rule(4, 1, Mark("word", "comet"), 9), Rule(5, 1, Mark("word", "borealis"), 9)]
    assert fitting(rules, LIGHTS[0]) == rules[1]
    assert fitting(rules, mention("pasta")) is None


def test_reasons_are_shown_in_words_and_those_of_people_as_they_are():
    assert shown_reason("off_topic") == "off-topic, not about us"
    assert shown_reason("off_topic/3") == "off-topic, by rule 3"
    assert [shown_reason(said) for said in ("off_topic/x", "spam/3", "")] == ["off_topic/x", "spam/3", ""]
