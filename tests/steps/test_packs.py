"""The shipped reply packs: complete, varied, and saying nothing a business would regret."""

import re

import pytest

from repmon.steps.drafting.packfile import allowed_in
from repmon.steps.drafting.sandbox import check
from repmon.steps.understanding.topics import topic_names, topics_of
from tests.steps.drafting import CASES, PACKS, business, drafted, review, topics

LANGUAGES = ("en", "de", "fr", "es", "nl", "it", "pt")
TRADES = ("generic", "restaurant", "hotel", "shop", "clinic", "services", "app")
SHIPPED = [("en", trade) for trade in TRADES] + [(language, "generic") for language in LANGUAGES[1:]]
REGRETTED = re.compile(
    r"our fault|our mistake|we failed|liab|compensat|discount|voucher|free of charge|our policy|unfortunately"
    r"|leider|entschädig|gutschein|unsere schuld|malheureusement|dédommag|bon d'achat|notre faute|remise"
    r"|desgraciadamente|lamentablemente|indemniz|descuento|nuestra culpa|helaas|vergoed|korting|onze schuld"
    r"|purtroppo|risarc|sconto|colpa nostra|infelizmente|indeniz|desconto|nossa culpa",
    re.IGNORECASE,
)


@pytest.mark.parametrize(("language", "trade"), SHIPPED)
def test_every_shipped_pack_is_there_and_every_template_is_allowed(language, trade):
    pack = PACKS.find(language, trade)
    assert (pack.language, pack.trade) == (language, trade)
    for variant in pack.variants():
        check(variant.text, allowed_in(variant.key), variant.file, variant.line)
        assert not REGRETTED.search(variant.text), variant.text


@pytest.mark.parametrize(("language", "trade"), SHIPPED)
def test_every_part_has_at_least_three_variants_or_is_left_out_on_purpose(language, trade):
    for key, variants in PACKS.find(language, trade).parts.items():
        assert len(variants) != 1, key
        assert len(variants) != 2, key
        assert len({variant.text for variant in variants}) == len(variants), key


@pytest.mark.parametrize(("language", "trade"), SHIPPED)
def test_a_topic_phrase_is_understood_as_that_topic(language, trade):
    pack = PACKS.find(language, trade)
    for name in topic_names():
        for variant in pack.parts[f"topic.{name}"]:
            found = [topic.name for topic in topics_of(variant.text, language, trade)]
            assert name in found, (name, variant.text, found)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("language", "trade"), SHIPPED)
def test_every_pack_answers_every_case_about_every_topic(language, trade, case):
    given, label = CASES[case]
    by = business(trade)
    used = []
    for name in topic_names():
        about = (*topics(name), *topics("parking", polarity="positive"))
        asked = review(given.text, given.rating, language, "{{ 7*7 }}")
        found = drafted(asked, label, about, by=by, used=used)
        used += found.variants
        assert found.template == f"{language}/{trade}:{case}"
        assert "{{" not in found.text
        assert "49" not in found.text
        assert "  " not in found.text
        assert 60 < len(found.text) < 700
        assert "Giulia, owner" in found.text


@pytest.mark.parametrize(("language", "trade"), SHIPPED)
def test_a_complaint_names_its_topic(language, trade):
    for name in topic_names():
        found = drafted(review(language=language), about=topics(name), by=business(trade))
        assert name in {topic.name for topic in topics_of(found.text, language, trade)}


@pytest.mark.parametrize("trade", ["hotel", "clinic"])
def test_hotels_and_clinics_never_confirm_that_somebody_was_there(trade):
    given_away = re.compile(
        r"your (stay|visit|treatment|appointment|room|booking)\b|staying with us|(as a|our) (guest|patient)"
        r"|you (stayed|visited|were treated)|welcome you again|see you again|welcome back",
        re.IGNORECASE,
    )
    for variant in PACKS.find("en", trade).variants():
        assert not given_away.search(variant.text), variant.text
