"""Learning from stars: better where it claims to be, silent where it is not, and reasons that add up."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repmon.review import Review, Sentiment
from repmon.steps.model.calibration import calibrate, probability
from repmon.steps.model.features import spoken
from repmon.steps.model.learned import as_text, chance, from_text, judge, read_with
from repmon.steps.model.learning import LEAST_REVIEWS, border, example, learn
from repmon.steps.model.linear import Corpus, Sample, train
from repmon.steps.understanding.score import score
from repmon.steps.understanding.valence import squash
from tests.shared import dataset
from tests.steps.judged import BLAME, PRAISE, judged


def silent(review):
    return replace(review, rating=None)


def examples(reviews):
    return [example(silent(one), score(silent(one)), negative=one.rating <= 2) for one in reviews]


@pytest.fixture(scope="module")
def learned():
    return learn("en", examples(judged(600)))


@pytest.fixture(scope="module")
def models(learned):
    return {"en": learned.model}


def test_words_that_go_with_few_stars_are_learned(learned, models):
    assert learned.model is not None
    assert learned.learned.macro_f1 > 0.95 > learned.plain.macro_f1
    unseen = judged(300, seed=2)
    called = [read_with(models, silent(one), score(silent(one))).label == "negative" for one in unseen]
    right = sum(was == (one.rating <= 2) for was, one in zip(called, unseen, strict=True))
    assert right / len(unseen) > 0.95


def test_a_language_the_scorer_cannot_read_becomes_readable():
    found = learn("nl", examples(judged(700, dutch=True)))
    review = Review("s", "1", text="De soep kwam lauw op tafel en de kraan lekte.", language="nl")
    plain = score(review)
    assert plain.label == "unknown"
    assert read_with({"nl": found.model}, review, plain).label == "negative"


def test_too_few_reviews_teach_nothing():
    few = learn("en", examples(judged(LEAST_REVIEWS - 1)))
    assert (few.model, few.plain, few.learned) == (None, None, None)
    assert learn("en", examples(judged(900, negative=0.01))).model is None
    assert learn("en", []).reviews == 0


def test_stars_without_a_meaning_in_the_words_are_not_used():
    found = learn("en", examples(judged(600, noise=0.5)))
    assert found.learned is not None
    assert found.model is None


def test_a_text_stored_many_times_counts_once():
    long = judged(400)
    known = learn("en", examples(long)).reviews
    copies = [replace(long[0], text=" ".join(f"word{n}" for n in range(30)) + " and so it went on")] * 50
    assert learn("en", examples([*long, *copies])).reviews == known + 1


def test_the_same_reviews_teach_the_same(learned):
    assert learn("en", examples(judged(600))).model == learned.model


def test_a_model_survives_being_stored(learned):
    stored = as_text(learned.model)
    assert from_text(stored) == learned.model
    assert from_text(json.dumps({**json.loads(stored), "form": 99})) is None
    assert from_text(json.dumps({**json.loads(stored), "manner": [1.0]})) is None


@pytest.mark.parametrize(
    "given", [{"rating": 1.0}, {"rating": 5.0}, {"scale": "nps", "given": 2.0}, {"recommended": True}]
)
def test_stars_and_survey_answers_are_never_overruled(models, given):
    review = Review("s", "1", text="The tap dripped all night and the lift stood still.", language="en", **given)
    plain = score(review)
    assert read_with(models, review, plain) is plain


def test_another_language_is_left_to_the_scorer(models):
    review = Review("s", "1", text="Die Suppe war kalt und niemand kam.", language="de")
    plain = score(review)
    assert read_with(models, review, plain) is plain
    assert read_with({}, review, plain) is plain


def test_the_words_that_were_learned_are_the_reasons(models):
    review = Review("s", "1", text="We came on a Tuesday and the waiter shrugged.", language="en")
    found = read_with(models, review, score(review))
    assert found.label == "negative"
    strongest = min(found.reasons, key=lambda reason: reason.value)
    assert strongest.text in {"shrugged", "waiter"}


def test_a_word_both_know_is_one_reason():
    reviews = [replace(one, text=f"{one.text} {'Nice' if one.rating > 2 else 'Sour'} cup.") for one in judged(400)]
    found = learn("en", examples(reviews))
    review = Review("s", "1", text="NICE cup.", language="en")
    reasons = read_with({"en": found.model}, review, score(review)).reasons
    assert [reason.text.lower() for reason in reasons].count("nice") == 1


def adds_up(found):
    return sum([reason.value for reason in found.reasons]) == found.raw and found.score == squash(found.raw)


SOME_WORDS = [word for phrase in (*BLAME, *PRAISE, "great awful not but ! 😍 never again .") for word in phrase.split()]


@given(st.one_of(st.text(), st.lists(st.sampled_from(SOME_WORDS), max_size=40).map(" ".join)))
@settings(max_examples=200, deadline=None)
def test_reasons_add_up_and_the_label_follows_the_score(models, text):
    review = Review("s", "1", text=text, language="en")
    plain = score(review)
    found = read_with(models, review, plain)
    assert adds_up(found)
    assert found.compound == plain.compound
    if found is not plain:
        assert (found.label == "negative") == (found.score <= -0.05)
        assert found.label != "positive" or found.score >= 0.05


@pytest.mark.parametrize("text", ["", "!!!", "\ud800", "\x00\u200b", "word " * 200_000, "٣٤", "abc" * 100_000])
def test_bad_texts_are_read_without_an_error(models, text):
    review = Review("s", "1", text=text, language="en")
    plain = score(review)
    found = read_with(models, review, plain)
    assert found.label in {"positive", "mixed", "neutral", "negative", "unknown"}
    assert adds_up(found)


def test_a_text_without_a_known_word_stays_as_it_was(models):
    plain = Sentiment("neutral", language="en")
    assert judge(models["en"], "Xyzzy", plain) is plain


def test_probabilities_are_honest():
    reviews = judged(1500, noise=0.2)
    found = learn("en", examples(reviews[:1000]))
    groups = Counter()
    for one in reviews[1000:]:
        plain = score(silent(one))
        groups[chance(found.model, spoken(silent(one), "en")[1], plain) > 0.5, one.rating <= 2] += 1
    share = groups[True, True] / (groups[True, True] + groups[True, False])
    # a fifth of the stars are wrong: among texts of blame (0.2 of all) 0.8, among those of praise 0.2 have one star
    assert 0.65 < share < 0.95


def test_the_border_prefers_calls_that_are_right():
    decisions = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0]
    truth = [True, True, False, True, False, False, True, False, False, False]
    found = border(decisions, truth)
    called = [negative for decision, negative in zip(decisions, truth, strict=True) if decision > found]
    assert sum(called) / len(called) >= 0.75


def test_equal_decisions_are_never_parted():
    assert border([1.0, 1.0, 1.0, 1.0], [True, False, False, False]) < 1.0


def test_calibration_gives_the_shares_that_were_seen():
    decisions = [1.0] * 80 + [-1.0] * 120
    slope, offset = calibrate(decisions, [True] * 60 + [False] * 20 + [True] * 12 + [False] * 108)
    assert probability(slope + offset) == pytest.approx(0.75, abs=0.01)
    assert probability(offset - slope) == pytest.approx(0.1, abs=0.01)


def test_calibration_of_perfect_decisions_stays_finite():
    slope, offset = calibrate([9.0] * 50 + [-9.0] * 50, [True] * 50 + [False] * 50)
    assert 0.9 < probability(9 * slope + offset) < 1.0


def test_training_parts_what_can_be_parted():
    samples = [Sample(("cold",), 1, (0.0,), True), Sample(("warm",), 1, (0.0,), False)] * 20
    weights = train(samples)
    assert weights.decision(samples[0]) > 0 > weights.decision(samples[1])
    assert weights.decision(Sample(("other",), 1, (0.0,), True)) == pytest.approx(weights.bias)


def test_a_selection_of_a_corpus_teaches_what_it_would_alone():
    samples = [one.sample for one in examples(judged(200))]
    members = [at for at in range(200) if at % 3]
    assert Corpus(samples).train(members) == train([samples[at] for at in members])


def test_learning_helps_on_real_reviews_of_other_places():
    rows = [row for row in dataset("google_maps_amsterdam") if row.get("text") and not row.get("translated")]
    rows = [row for row in rows if row["stars"] != 3]
    places = sorted({row["business_id"] for row in rows})
    known, others = set(places[::3]), set(places[1::3])
    train_on, test_on = (
        [row for row in rows if row["business_id"] in known][:3000],
        [row for row in rows if row["business_id"] in others][:3000],
    )
    reviews = [Review("s", "1", text=row["text"], language="en", rating=row["stars"]) for row in train_on]
    found = learn("en", examples(reviews))
    plain_right = learned_right = 0
    for row in test_on:
        review = Review("s", "1", text=row["text"], language="en")
        plain = score(review)
        plain_right += (plain.label == "negative") == (row["stars"] <= 2)
        learned_right += (read_with({"en": found.model}, review, plain).label == "negative") == (row["stars"] <= 2)
    assert learned_right > plain_right
