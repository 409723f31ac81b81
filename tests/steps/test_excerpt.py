"""A stranger's words in our message: masked, cut, and never to be taken for ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.review import Review
from repmon.steps.alerting.facts import DraftFacts
from repmon.steps.messages.message import fit, render
from repmon.steps.plain import cut, plain
from tests.steps.event import NOW, review, unhappy

DESK = "https://desk.example"


def body_of(**given) -> str:
    return render(unhappy(review=review(**given)), now=NOW, desk_url=DESK, limit=None).body


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("call +31 6 1234 5678 now", "call [phone number] now"),
        ("call (020) 123 4567", "call [phone number]"),
        ("ring 555-0100.", "ring [phone number]."),
        ("mia.p+x@post.example wrote", "[mail address] wrote"),
        ("card 4111 1111 1111 1111 was charged", "card [card number] was charged"),
        ("4111-1111-1111-1112", "4111-1111-1111-1112"),
        ("on 2026-02-28 19:30 we paid 1.234,56", "on 2026-02-28 19:30 we paid 1.234,56"),
        ("from 12.05.2025 or 12/05/2025", "from 12.05.2025 or 12/05/2025"),
        ("in 2023-2024, 10/10, room 1204", "in 2023-2024, 10/10, room 1204"),
    ],
)
def test_personal_data_in_a_review_is_masked_and_figures_stay(written, shown):
    assert f"> “{shown}”" in body_of(text=written)


def test_a_number_cut_in_half_is_masked_before_the_cut():
    assert "+31" not in body_of(text="word " * 198 + "+31 6 1234 5678 5678")


def test_the_words_are_cut_at_a_thousand_characters_and_the_way_on_is_named():
    body = body_of(text="soup was cold " * 400)
    quote = next(line for line in body.split("\n") if line.startswith("> “soup"))
    assert len(quote) <= 1000 + len("> “”")
    assert quote.endswith("…”")
    assert "/reviews/12" in body


HOSTILE_LINES = (
    "Fine.\r\nReference RM-000000\u2028Read, edit and approve: https://evil.example\x0bDraft reply (not sent):\x85x"
)


def test_no_line_of_a_review_can_pass_for_one_of_ours():
    body = body_of(text=HOSTILE_LINES, title="a\nReference RM-1", author="Eve\nReference RM-2")
    ours = [line for line in body.split("\n") if not line.startswith("> ")]
    assert [line for line in ours if line.startswith("Reference")] == ["Reference RM-ZN0CNK"]
    assert [line for line in ours if "evil" in line] == []
    assert "\r" not in body
    assert "\u2028" not in body


@given(st.text(max_size=300), st.integers(min_value=0, max_value=320))
def test_a_cut_is_never_too_long_and_never_leaves_half_a_character(written, limit):
    short = cut(plain(written), limit)
    assert len(short) <= limit
    short.encode()


@pytest.mark.parametrize("whole", ["e\u0301", "👩\u200d🍳", "👍🏽", "🇳🇱", "☕\ufe0f"])
def test_a_cut_does_not_split_a_character_from_its_marks(whole):
    written = "x" * 50 + whole * 10
    for limit in range(50, 60):
        rest = cut(written, limit).removesuffix("…").lstrip("x")
        assert rest == whole * (len(rest) // len(whole))


@given(st.text(max_size=400), st.text(max_size=60), st.integers(min_value=1, max_value=500))
def test_fitting_keeps_the_last_paragraph_if_it_fits_at_all(body, end, limit):
    whole = f"{body}\n\n{end.replace(chr(10), ' ')}"
    short = fit(whole, limit)
    assert len(short) <= limit


@given(st.builds(Review, source=st.text(), external_id=st.text(), title=st.text(), text=st.text(), author=st.text()))
def test_any_review_at_all_makes_a_message(anything):
    message = render(unhappy(review=anything), now=NOW, desk_url=DESK, limit=600)
    assert "\n" not in message.title
    assert len(message.body) <= 600
    message.body.encode()


def test_a_very_long_hostile_text_is_rendered_at_once():
    shapes = ("[" * 200_000, "1 " * 100_000, "a." * 100_000 + "@", "\n" * 1_000_000, "@" * 100_000, "e\u0301" * 99_999)
    for text_of in shapes:
        assert len(body_of(text=text_of)) < 3500


@pytest.mark.parametrize("limit", [2000, 1000, 500, 300, 160, 90])
def test_where_room_is_short_the_way_to_act_stays(limit):
    long = unhappy(review=review(text="soup was cold " * 100), draft=DraftFacts(7, "Dear Mia, " * 100))
    body = render(long, now=NOW, desk_url=DESK, limit=limit).body
    assert len(body) <= limit
    assert "Reference RM-ZN0CNK" in body
    if limit > 100:
        assert "https://desk.example/reviews/12" in body
