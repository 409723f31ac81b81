"""What a message looks like is read from its text: quotes, labels, commands, and links to our desk alone."""

import pytest

from repmon.steps.messages.layout import Run, layout
from repmon.steps.messages.mail_html import mail_html
from repmon.steps.messages.message import message_of, render
from repmon.steps.messages.slack_blocks import slack_blocks
from tests.steps.event import NOW, facts, review, unhappy

DESK = "https://desk.example"


def runs(line: str, desk: str = DESK) -> list[Run]:
    """One line of ours that does not begin a paragraph."""
    [[piece]] = layout(f"x\n{line}", desk)
    return list(piece.lines[1])


def test_quoted_lines_stand_apart_from_ours():
    [[before, quote, after]] = layout(
        "Draft reply (not sent):\n> “Dear Mia,\n> sorry”\nRead on: https://desk.example/r/1", DESK
    )
    assert (before.quote, quote.quote, after.quote) == (False, True, False)
    assert [line[0].text for line in quote.lines] == ["“Dear Mia,", "sorry”"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Why: rude", [Run("Why:", "strong"), Run(" rude")]),
        ("Read on: https://desk.example/reviews/1", [Run("Read on", url="https://desk.example/reviews/1")]),
        ("Run `repmon poll a` now", [Run("Run "), Run("repmon poll a", "code"), Run(" now")]),
        ("See https://desk.example/x.", [Run("See "), Run(f"{DESK}/x", url=f"{DESK}/x"), Run(".")]),
        ("Read on: https://evil.example/1", [Run("Read on:", "strong"), Run(" https://evil.example/1")]),
        ("Go: https://desk.example.evil.example/", [Run("Go:", "strong"), Run(" https://desk.example.evil.example/")]),
        ("by “Why: me”", [Run("by “Why: me”")]),
    ],
)  # fmt: skip
def test_lines_of_ours_read_so(line, shown):
    assert runs(line) == shown


def test_without_a_desk_nothing_is_a_link():
    assert not [run for run in runs("Read on: https://desk.example/reviews/1", desk="") if run.url]


def test_a_quote_is_never_read_for_links_or_labels():
    [[quote]] = layout("> Why: see https://desk.example/reviews/1 and `rm`", DESK)
    assert quote.lines == ((Run("Why: see https://desk.example/reviews/1 and `rm`"),),)


def test_slack_gets_no_more_blocks_than_it_takes_and_a_header_that_fits():
    body = "\n\n".join(f"{number}. line" for number in range(200))
    blocks = slack_blocks("&" * 200, f"{body}\n\nReference RM-1", DESK, "RM-1")
    assert len(blocks) <= 50
    assert len(blocks[0]["text"]["text"]) <= 150
    assert "199. line" in str(blocks)


def test_a_long_title_without_signs_is_cut_to_the_header_of_slack():
    assert len(slack_blocks("word " * 60, "x")[0]["text"]["text"]) <= 150


def test_slack_gets_no_empty_element_for_an_empty_line():
    body = render(unhappy(review=review(text="a\n\nb")), now=NOW, desk_url=DESK, limit=None).body
    shown = slack_blocks("t", f"> \n> a\n\n{body}", DESK)
    texts = [each["text"] for block in shown if block["type"] == "rich_text"
             for piece in block["elements"] for each in piece["elements"]]  # fmt: skip
    assert all(texts)


def test_the_html_of_a_mail_shows_everything_that_the_text_says():
    message = render(unhappy(), now=NOW, desk_url=DESK, limit=None)
    html = mail_html(message.title, message.body, message.desk)
    for words in ("Waited an hour.", "Mia P.", "we are sorry about the wait.", message.reference, message.title):
        assert words in html
    assert html.count("<a ") == 1
    assert "http" not in html.replace("https://desk.example/reviews/12", "")


def test_a_message_of_one_s_own_paragraphs_looks_like_every_other():
    made = message_of(
        "Two\nthings", ["Why: rain", "", "> “words”"], f"All reviews: {DESK}/reviews", "RM-1", desk=DESK, thread="t"
    )
    assert made.title == "Two things"
    assert made.body == f"Why: rain\n\n> “words”\n\nAll reviews: {DESK}/reviews\nReference RM-1"
    assert (made.desk, made.thread) == (DESK, "t")
    assert mail_html(made.title, made.body, made.desk).count('class="act"') == 1


def test_a_message_of_one_s_own_is_cut_before_its_end():
    made = message_of("T", ["word " * 500], f"All: {DESK}/reviews", "RM-1", limit=300)
    assert len(made.body) <= 300
    assert made.body.endswith(f"…\n\nAll: {DESK}/reviews\nReference RM-1")


def test_messages_about_one_source_are_one_conversation_and_about_nothing_none():
    failing, back = (
        render(facts(kind), now=NOW, desk_url=None, limit=None) for kind in ("source.failing", "source.recovered")
    )
    assert failing.thread == back.thread != ""
    opened, closed = (
        render(facts(f"incident.{what}", key=f"incident.{what}/7"), now=NOW, desk_url=None, limit=None)
        for what in ("opened", "closed")
    )
    assert opened.thread == closed.thread != failing.thread
    assert render(facts("delivery.given_up"), now=NOW, desk_url=None, limit=None).thread == ""
