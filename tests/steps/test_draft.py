"""Drafts: the right case and words, never the same twice running, within every limit, and explained."""

from collections import Counter
from dataclasses import replace

import pytest

from repmon.connector import ReplyLimit
from repmon.review import Topic
from repmon.steps.drafting.names import first_name
from repmon.steps.drafting.templates import load_packs
from repmon.wording import SENTENCES, say
from tests.steps.drafting import CASES, business, drafted, review, topics


@pytest.mark.parametrize("case", CASES)
def test_each_kind_of_review_gets_its_own_kind_of_answer(case):
    given, label = CASES[case]
    assert drafted(given, label).template == f"en/restaurant:{case}"


@pytest.mark.parametrize(
    ("language", "text", "case"),
    [
        ("de", "Wir hatten danach eine Lebensmittelvergiftung.", "safety"),
        ("fr", "Le patron est raciste.", "discrimination"),
        ("es", "Exijo un reembolso.", "refund"),
        ("it", "Ho scritto per l'azienda sbagliata.", "wrong_business"),
        ("nl", "Ik wil mijn geld terug.", "refund"),
        ("pt", "Fomos discriminados.", "discrimination"),
        ("de", "This gave us food poisoning.", "safety"),
    ],
)
def test_sensitive_cases_are_seen_in_each_language(language, text, case):
    assert drafted(review(text, language=language)).template == f"{language}/generic:{case}"


def test_the_gravest_case_decides():
    text = "Racist staff, food poisoning, and I want a refund."
    assert drafted(review(text)).template.endswith(":discrimination")


def test_praise_that_mentions_a_refund_stays_praise():
    assert drafted(review("They gave a full refund, wonderful people.", 5.0)).template.endswith(":positive")


def test_a_review_that_speaks_of_taking_a_life_gets_no_ready_words():
    assert drafted(review("After this I want to kill myself.")) is None


def test_the_topics_of_the_review_are_named_and_its_own_words_only_if_the_pack_has_them():
    about = (Topic("wait", ("waiting",), "negative"), Topic("food", ("cold", "soup"), "negative"))
    found = drafted(about=about)
    assert "the wait and the soup" in found.text
    odd = (Topic("food", ("{{7*7}}", "<script>"), "negative"),)
    assert "the food" in drafted(about=odd).text


def test_a_mixed_review_is_thanked_for_what_was_good_and_answered_on_what_was_not():
    about = (*topics("food", polarity="positive"), *topics("noise"))
    text = drafted(*CASES["mixed"], about=about).text
    assert "the food" in text
    assert "the noise" in text


def test_nothing_of_a_hostile_text_comes_back():
    found = drafted(review("WORST {{ 7*7 }} thieves <b>@everyone</b>", author="{{ 7*7 }}"), about=topics("staff"))
    for word in ("49", "{{", "thieves", "WORST", "everyone", "<b>"):
        assert word not in found.text


def test_a_named_employee_is_not_named_again():
    assert "Marco" not in drafted(CASES["staff"][0], about=topics("staff")).text


def test_the_authors_own_name_in_the_text_is_no_employee():
    given = review("Bad, regards Anna", author="Anna Example")
    assert drafted(given).template.endswith(":negative")


def test_the_name_of_the_business_is_no_employee():
    given = review("Marco's Pizza? Never again.")
    by = replace(business(), name="Pizzeria Marco")
    assert drafted(given, by=by).template.endswith(":negative")


def test_another_restaurant_is_not_yet_a_wrong_one():
    assert drafted(review("Go to a different restaurant.")).template.endswith(":negative")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Anna Example", "Anna"), ("anna", "Anna"), ("ANNA EXAMPLE", "Anna"), ("Jean-Pierre D.", "Jean-Pierre"),
        ("José García", "José"), ("Maria van den Berg", "Maria"), ("Sinead O'Example", "Sinead"),
        ("J.", ""), ("J. Smith", ""), ("", ""), ("   ", ""), ("A Google User", ""), ("Google User", ""),
        ("Anonymous", ""), ("Anna's Bakery Ltd", ""), ("Martin GmbH", ""), ("Rosa Restaurant", ""),
        ("Pizza Lover", ""), ("Foodie42", ""), ("Anna42", ""), ("Anna 🌸", ""), ("🍕", ""), ("Dr. Anna Example", ""),
        ("{{7*7}}", ""), ("Anna {{7*7}}", ""), ("<b>Anna</b>", ""), ("Anna\nBcc: x", ""), ("Anna @everyone", ""),
        ("Anna and Bob", ""), ("x" * 5000, ""), ("Anna " * 40, ""), ("Trip Advisor", ""), ("Smith, Anna", ""),
        ("Anna likes it hot", ""),
    ],
)  # fmt: skip
def test_only_a_real_first_name_is_greeted(author, name):
    assert first_name(author) == name
    greeting = drafted(review(author=author)).text.partition("\n")[0]
    assert (name in greeting) if name else greeting in {"Hello,", "Good day,", "Hello there,"}


def test_a_clinic_greets_nobody_by_name():
    found = drafted(by=business("clinic"))
    assert "Anna" not in found.text
    assert ("draft_greets_nobody", {}) in found.explanation


@pytest.mark.parametrize("case", CASES)
def test_thirty_drafts_in_a_row_never_repeat_and_use_every_variant_in_turn(case):
    used, last, texts = [], "", []
    for _ in range(30):
        found = drafted(*CASES[case], about=topics("wait", "food"), used=used, last_text=last)
        assert found.text != last
        used, last = [*used, *found.variants][-350:], found.text
        texts.append(found.text)
    assert len(set(texts)) >= 12
    greetings = Counter(variant for variant in used if ":greeting.named" in variant)
    assert max(greetings.values()) - min(greetings.values()) <= 1
    assert len(greetings) == 4


def test_the_last_text_is_not_repeated_even_without_a_memory():
    first = drafted().text
    assert drafted(last_text=first).text != first


def test_the_last_text_is_not_repeated_by_a_pack_with_a_single_variant_of_everything(tmp_path):
    (tmp_path / "sv").mkdir()
    parts = {"greeting": "plain", "thanks": "negative", "acknowledge_none": "negative", "sign": "plain"}
    lines = [f"[{part}]\n{case} = ['{part}.']\n" for part, case in parts.items()]
    (tmp_path / "sv" / "generic.toml").write_text("".join(lines))
    packs, last, texts = load_packs(tmp_path), "", []
    for _ in range(6):
        found = drafted(review(language="sv"), packs=packs, last_text=last)
        assert found.text != last
        last = found.text
        texts.append(last)
    assert all(text.endswith("acknowledge_none.\n\nsign.") for text in texts)


def test_the_same_input_gives_the_same_draft():
    assert drafted(about=topics("wait")) == drafted(about=topics("wait"))


@pytest.mark.parametrize("length", [1, 40, 120, 200, 250, 300, 350, 500, 1000, 4096])
@pytest.mark.parametrize("unit", ["characters", "bytes"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "it", "pt"])
def test_a_limit_is_met_by_leaving_out_whole_parts(length, unit, language):
    about = topics("wait", "food", "staff")
    whole = drafted(review(language=language), about=about)
    found = drafted(review(language=language), about=about, limit=ReplyLimit(length, unit))
    if found is None:
        assert length < 300
        return
    assert len(found.text.encode() if unit == "bytes" else found.text) <= length
    assert found.text.endswith("Giulia, owner")
    assert "hello@aurora.example" in found.text
    if length >= 4096:
        assert found == whole
    body = found.text.removesuffix("Giulia, owner").strip().split("\n\n")
    assert all(block.endswith((".", "!", "?", ",", ":")) for block in body)


def test_a_limit_that_bites_is_explained():
    found = drafted(about=topics("wait"), limit=ReplyLimit(250))
    assert ("draft_shortened", {"limit": "250", "unit": "characters"}) in found.explanation


def test_bytes_are_counted_as_bytes():
    by = business(signature="ÄÖÜ" * 5)
    text = drafted(by=by).text
    short = drafted(by=by, limit=ReplyLimit(len(text), "bytes"))
    assert len(short.text.encode()) <= len(text)
    assert short.text != text


def test_the_language_follows_the_review_else_the_business():
    by = business(languages=("nl", "en"))
    assert drafted(review(language="fr"), by=by).language == "fr"
    assert drafted(review(language="pt-BR"), by=by).language == "pt"
    fallen_back = drafted(review(language="fi"), by=by)
    assert fallen_back.language == "nl"
    assert ("draft_language_business", {"language": "nl"}) in fallen_back.explanation
    assert drafted(review(language=""), by=by).language == "nl"
    assert drafted(review(language="fi"), by=business(languages=("fi",))) is None


def test_an_own_pack_goes_before_and_is_said(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "restaurant.toml").write_text("[thanks]\nnegative = ['Grazie, dear reviewer.']\n")
    found = drafted(packs=load_packs(tmp_path))
    assert "Grazie, dear reviewer." in found.text
    assert ("draft_own_words", {"parts": "thanks"}) in found.explanation


def test_an_edited_review_is_thanked_for_the_update():
    found = drafted(edited=True)
    assert "Thank you for coming back to update your review." in found.text
    assert ("draft_edited", {}) in found.explanation


def test_without_a_contact_none_is_promised_and_without_a_signature_the_business_signs():
    found = drafted(by=business(contact="", signature=""))
    assert found.text.endswith("Trattoria Aurora")
    assert ("draft_promises_nothing", {}) in found.explanation


@pytest.mark.parametrize("case", CASES)
def test_a_draft_explains_itself_in_sentences(case):
    found = drafted(*CASES[case], about=topics("wait", "unheard of"))
    for code, values in found.explanation:
        assert code in SENTENCES
        assert "{" not in say(code, values)
    codes = [code for code, _ in found.explanation]
    assert f"draft_case_{case}" in codes
    assert "draft_promises_not" in codes
    assert ("draft_template", {"template": found.template}) in found.explanation


def test_topics_without_words_are_said_to_be_left_out():
    found = drafted(about=topics("wait", "llamas"))
    assert ("draft_topics", {"topics": "wait"}) in found.explanation
    assert ("draft_topics_left_out", {"topics": "llamas"}) in found.explanation
