"""A link that was used, has expired, was forged or is about other words says so and changes nothing."""

import pytest

from repmon import desk as acts
from repmon.wording import say
from tests.web.linked import PIN, decide, harbour, link


def test_a_used_link_says_who_decided(links):
    path = link(links)
    decide(links, path)
    answer = links.stranger().get(path)
    assert answer.status_code == 410
    assert "was approved by mila" in answer.text
    assert "This link is over" in decide_again(links, path).text


def decide_again(desk, path):
    """A form that was opened before the decision."""
    browser = desk.stranger()
    return browser.client.post(desk.base + path, headers={"origin": desk.base}, data={
        "csrf": browser.token("/sign-in"), "name": "mila", "pin": PIN, "decision": "reject", "reason": "late",
    })  # fmt: skip


def test_an_edit_voids_the_link(links):
    path = link(links)
    new = acts.edit_draft(links.world, harbour(links)[0], "We are sorry about the wait. Ada", by="noor")
    answer = links.stranger().get(path)
    assert answer.status_code == 410
    assert f"was edited by noor on 2026-03-02 13:00 UTC; draft {new} is the one" in answer.text


def test_an_edited_review_voids_the_link(links, board):
    path = link(links)
    review = harbour(links)[1]
    name = links.stage.one("SELECT external_id FROM review WHERE id = ?", review)
    links.stage.later(hours=1)
    board.change(name, text="It was even worse than I said before.", edited=links.stage.now.isoformat())
    links.stage.turn(send=False)
    answer = links.stranger().get(path)
    assert answer.status_code == 410
    assert "was changed after draft" in answer.text


def test_a_link_is_good_for_seven_days(links):
    path = link(links)
    links.stage.later(days=6, hours=23)
    assert links.stranger().get(path).status_code == 200
    links.stage.later(hours=2)
    answer = links.stranger().get(path)
    assert answer.status_code == 410
    assert say("link_expired") in answer.text
    review = harbour(links)[1]
    assert links.manager.get(path).headers["location"].startswith(f"/reviews/{review}")


@pytest.mark.parametrize("forge", [
    lambda path: path[:-1], lambda path: path + "A", lambda path: path.replace("/d/", "/d/x"), lambda _path: "/d/x",
    lambda path: path.rpartition(".")[0], lambda _path: "/d/" + "A" * 5000, lambda _path: "/d/%00",
])  # fmt: skip
def test_a_forged_link_opens_nothing(links, forge):
    for browser in (links.stranger(), links.owner):
        answer = browser.get(forge(link(links)))
        assert answer.status_code == 410
        assert "not complete" in answer.text


def test_a_link_signed_with_another_key_or_for_another_purpose_opens_nothing(links):
    assert links.stranger().get(link(links, key="another key")).status_code == 410
    flash = links.app.state.place.flash._signer.dumps([1, 1, "x", 2_000_000_000])
    assert links.stranger().get(f"/d/{flash}").status_code == 410


def test_a_link_for_other_words_is_refused(links):
    assert say("link_other_words") in links.stranger().get(link(links, sha256="0" * 64)).text
    assert say("link_other_words") in links.stranger().get(link(links, version=9)).text
