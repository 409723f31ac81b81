"""What an alert says as configured: links that open the draft, a channel's own words, what is masked."""

import re
from datetime import timedelta

import pytest

from repmon.steps.messages.link import read_token
from repmon.store.keys import signing_key
from tests.flow.site import many, written
from tests.flow.stage import HEAD, NOW

DESK = '[web]\nlisten = false\nurl = "https://desk.example"\n'
OWN_WORDS = '[channels.owner.templates]\nreview = """Look: {{ place }} got {{ stars }}."""'


@pytest.fixture
def told(stage, board, sink):
    """Give the one message of a fresh unhappy review, under a head and with lines of the channel."""

    def tell(more: str = "", lines: str = "", text: str = "The soup was cold and the waiter rude.") -> str:
        stage.head = HEAD + more
        board.show(*many(2, NOW - timedelta(days=3)))
        stage.channel("owner", f"json://127.0.0.1:{sink.port}/a", lines=lines)
        stage.source("shop", "changed", board).begin().turn()
        sink.messages.clear()
        board.show(written("bad", NOW, text))
        stage.later(minutes=15).turn()
        (message,) = sink.messages
        return str(message)

    return tell


def test_the_link_of_an_alert_names_exactly_the_draft(told, stage):
    address = re.search(r"https://desk\.example/d/([\w.-]+)", told(DESK))
    assert address
    with stage.world.database.read() as session:
        key = signing_key(session)
    pointer = read_token(key, address[1])
    assert (pointer.draft_id, pointer.version) == (stage.one("SELECT id FROM draft"), 1)


def test_without_a_desk_the_alert_names_the_command(told):
    assert "repmon approve" in told()


def test_a_channel_speaks_in_its_own_words(told):
    assert "Look: " in told(lines=OWN_WORDS)


def test_phone_numbers_are_masked_unless_the_owner_wants_them(told):
    assert "020 555 01 42" not in told(text="Rude. Call me: 020 555 01 42.")


def test_an_owner_may_want_them(told):
    assert "020 555 01 42" in told("mask = false\n", text="Rude. Call me: 020 555 01 42.")
