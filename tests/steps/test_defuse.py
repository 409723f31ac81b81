"""Nothing in a message pings, hides a link, draws HTML or adds a header, whichever service shows it."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.steps.messages.defuse import defuse
from repmon.steps.messages.message import Message, render
from tests.steps.event import NOW, review, unhappy

CHATS = ("slack", "discord", "tgram", "mmost", "mmosts", "gchat", "rocket", "matrix", "workflows", "ntfy", "pover",
         "gotify", "zulip", "revolt", "mastodon", "some_new_chat")  # fmt: skip
AS_WRITTEN = ("mailto", "mailtos", "json", "jsons", "xml", "form")

PINGS = (
    "@everyone", "@here", "@channel", "@all", "@Everyone!", "x@everyone", "hey@here.", "@\u200beveryone",
    "@\u200d\u200ceveryone", "@every\u200done", "@\ufeffhere", "\uff20everyone", "<@U012AB3CD>",
    "<@!80351110224678912>", "<@&165511591545143296>", "<!channel>",
    "<!here|here>", "<!subteam^S012AB3CD>", "<#C024BE7LR>", "<users/all>",
    "@room", "@giulia", "@**all**", "@_**giulia**", "<at>Giulia</at>", "<\u200d!channel>", "@&165511591545143296",
)  # fmt: skip
LINKS = (
    "[your invoice](https://evil.example)", "[a\n](https://evil.example)", "[a][b]\n\n[b]: https://evil.example",
    "![x](https://evil.example/p.png)", "<https://evil.example|your invoice>", "[x](<https://evil.example>)",
    "[a]\u200b(https://evil.example)", "[a](tg://user?id=1)", "[`a`](javascript:alert(1))",
)  # fmt: skip
MARKUP = (
    "<b>x</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- x -->",
    "<a href='https://evil.example'>x</a>",
)  # fmt: skip
ACTS_UNSEEN = "\x00\x07\x08\x1b[31m\x7f\x85\u202e\u202d\u2066\u2069\u200b\u2060\ufeff\u00ad\U000e0041\u2028\u2029\ud800"

LIVE = re.compile(
    r"@[\u200c\u200d]*(?:everyone|here|channel|all|room|giulia|\*\*|_\*\*|&\d)|\uff20\w|<[@!#&]|<users/|<at>|\]\(|\]\[|\]:|"
    r"<[a-zA-Z/!]|```|~~~|\|\|",
    re.IGNORECASE,
)


def message(words: str, title: str = "Unhappy review") -> Message:
    return Message(title, f"> “{words}”\n\nRead on: https://desk.example/reviews/12\nReference RM-ZN0CNK", "RM-ZN0CNK")


@pytest.mark.parametrize("schema", CHATS)
def test_chats_get_nothing_that_acts(schema):
    for words in (*PINGS, *LINKS, *MARKUP, "||hidden||", "```\ncode", "~~~"):
        safe = defuse(message(words, title=f"Review {words}"), schema)
        assert not LIVE.search(safe.body), safe.body
        assert not LIVE.search(safe.title), safe.title


@pytest.mark.parametrize("schema", [*CHATS, *AS_WRITTEN])
def test_our_own_link_and_reference_are_left_alone(schema):
    for words in (*PINGS, *LINKS, *MARKUP, ACTS_UNSEEN):
        safe = defuse(message(words), schema)
        assert safe.body.endswith("\n\nRead on: https://desk.example/reviews/12\nReference RM-ZN0CNK"), words
        assert safe.reference == "RM-ZN0CNK"


@pytest.mark.parametrize("schema", [*CHATS, *AS_WRITTEN])
def test_no_service_gets_characters_that_act_unseen(schema):
    safe = defuse(message(f"a{ACTS_UNSEEN}b", title=f"t{ACTS_UNSEEN}u"), schema)
    for shown in (safe.title, safe.body):
        assert not [c for c in shown if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
        shown.encode()


@pytest.mark.parametrize("schema", [*CHATS, *AS_WRITTEN])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\x1c"])
def test_a_title_cannot_begin_another_header(schema, end):
    title = defuse(message("x", title=f"Hello{end}Bcc: victim@evil.example{end}{end}body"), schema).title
    assert title.splitlines() == [title]
    assert len(defuse(message("x", title="y" * 999), schema).title) <= 200


@pytest.mark.parametrize("schema", AS_WRITTEN)
@pytest.mark.parametrize("words", ["@everyone", "[a](https://b.example)", "<b>x</b>", "2 < 3 & 4 > 1"])
def test_mail_and_programs_get_the_words_as_they_were_written(schema, words):
    assert words in defuse(message(words), schema).body


@pytest.mark.parametrize("schema", CHATS)
@pytest.mark.parametrize(
    "words",
    ["mail hello@aurora.example", "2 < 3 and I <3 this", "5/5 (really) [sic]", "a | b", "it's `fine`", "80% @ 5 euro",
     "naïve café — “ok”", "می‌خواهم", "👩‍🍳 👍🏽 🇳🇱", "שלום\u200f!"],
)  # fmt: skip
def test_honest_writing_is_not_touched(schema, words):
    assert f"“{words}”" in defuse(message(words), schema).body


@given(st.text(alphabet="@<>[]()|`~!#:&/* \u200b\u200c\u200d\u202e\r\neEveryonhracl1", max_size=60))
def test_no_mixture_of_active_characters_comes_to_life(words):
    body = defuse(message(words), "discord").body
    assert not re.search(r"@(everyone|here|channel|all)", re.sub("[\u200b-\u200d]", "", body), re.IGNORECASE)
    assert not LIVE.search(body)


@given(st.text(max_size=200))
def test_making_safe_twice_changes_nothing_more(words):
    once = defuse(message(words), "mmost")
    assert defuse(once, "mmost") == once


def test_a_whole_alert_about_a_hostile_review_is_inert():
    hostile = "\n".join([*PINGS, *LINKS, *MARKUP])
    said = review(text=hostile, title=hostile, author=hostile)
    event = unhappy(review=said, location_name="Quillmouth <b>Harbour</b>")
    safe = defuse(render(event, now=NOW, desk_url="https://desk.example", limit=None), "discord")
    assert not LIVE.search(f"{safe.title}\n{safe.body}")


@pytest.mark.parametrize("schema", CHATS)
def test_an_address_in_a_stranger_s_words_is_not_one_tap_away(schema):
    for words in ("https://evil.example/x", "HTTP://evil.example", "www.evil.example", "ftp://evil.example"):
        shown = defuse(message(words), schema)
        assert words not in shown.body
        assert words.partition("evil")[0] + " evil.example" in shown.body
    named = Message("t", "Written by “https://evil.example”\nRead on: https://desk.example/reviews/1", "RM-1")
    safe = defuse(named, schema).body
    assert safe == "Written by “https:// evil.example”\nRead on: https://desk.example/reviews/1"
