"""A channel's own words: they print what is known and can do nothing else."""

import pytest

from repmon.errors import DraftError
from repmon.steps.messages.alert_template import NAMES, check_template
from repmon.steps.messages.message import render
from tests.steps.event import NOW, facts, review, unhappy

DESK = "https://desk.example"


def body(template: str, event=None, family: str = "review", **given) -> str:
    known = {"now": NOW, "desk_url": DESK, "limit": None, **given}
    return render(event or unhappy(), templates={family: template}, **known).body


def test_a_template_says_it_in_its_own_words_and_keeps_the_reference():
    template = "{{ stars | upper }} at {{ place }} ({{ source }}), {{ age }} by {{ author }}\n{{ text }}\n\n{{ link }}"
    assert body(template) == (
        "1 OF 5 STARS at Quillmouth Harbour (harbour-app), 2 hours ago by “Mia P.”\n"
        "> “Waited an hour.\n> The waiter was rude.”\n\nhttps://desk.example/reviews/12\n\nReference RM-ZN0CNK"
    )


def test_every_name_is_known_for_every_event():
    template = "\n".join(f"{name}: {{{{ {name} }}}}" for name in sorted(NAMES))
    check_template(template)
    for event in (unhappy(), facts("source.quiet"), facts("review.removed"), unhappy(understanding=None, draft=None)):
        family = event.kind.partition(".")[0]
        assert "Reference" in body(template, event, family)


def test_a_line_of_which_nothing_is_known_is_left_out():
    assert body("A\nDraft: {{ draft }}\nB", unhappy(draft=None)) == "A\nB\n\nReference RM-ZN0CNK"
    assert body("{{ draft }}\nB", unhappy(draft=None)) == "B\n\nReference RM-ZN0CNK"


def test_inside_a_line_the_text_is_one_short_line():
    said = review(text="word\n" * 400)
    first = body("He wrote {{ text }} today", unhappy(review=said)).split("\n")[0]
    assert first.startswith("He wrote “word word")
    assert len(first) < 230


def test_a_family_without_a_template_is_told_as_always():
    assert "What to do" in body("X", facts("source.quiet"), "review")
    assert body("X", facts("source.quiet"), "source").startswith("X\n\nReference")


def test_what_repmon_would_say_itself_can_be_put_into_a_template_for_news():
    shown = body("Note: {{ headline }}\n{{ text }}", facts("source.recovered"), "source")
    assert shown.startswith("Note: Reading harbour-app again\nharbour-app (app_store, Quillmouth Harbour) can be read")


def test_a_stranger_s_words_are_never_read_as_a_template():
    hostile = review(text="{{ draft }} {% for x in y %}", author="{{ link }}", title="{{ 7*7 }}")
    shown = body("{{ author }} {{ title }}\n{{ text }}", unhappy(review=hostile))
    assert "“{{ link }}” {{ 7*7 }}" in shown
    assert "> {{ draft }} {% for x in y %}”" in shown


def test_the_text_is_cut_to_the_room_there_is():
    said = review(text="long " * 500)
    shown = body("{{ text }}", unhappy(review=said), limit=300)
    assert len(shown) <= 300
    assert shown.endswith("Reference RM-ZN0CNK")


def test_a_link_of_one_s_own_goes_before_the_page_of_the_desk():
    own = f"{DESK}/link/abc"
    assert own in body("{{ link }}", links=lambda _: own)
    shown = render(unhappy(), now=NOW, desk_url=DESK, limit=None, links=lambda _: own).body
    assert f"Read, edit and approve: {own}" in shown
    assert "/reviews/12" not in shown


@pytest.mark.parametrize(
    ("template", "code", "line"),
    [
        ("ok\n{{ secret }}", "template_refused", 2),
        ("{{ text.__class__ }}", "template_refused", 1),
        ("{% for x in text %}{% endfor %}", "template_refused", 1),
        ("a\nb\n{{ text", "template_broken", 3),
        ("{{ text | replace('a','b') }}", "template_refused", 1),
        ("{{ 'a' * 10**9 }}", "template_refused", 1),
        ("x" * 2001, "template_too_long", 1),
    ],
)
def test_anything_else_is_refused_with_its_line(template, code, line):
    with pytest.raises(DraftError) as caught:
        check_template(template)
    assert (caught.value.code, caught.value.values["line"]) == (code, line)
