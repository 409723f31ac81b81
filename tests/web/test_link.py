"""The link of an alert: it opens exactly its draft, and decides nothing by itself."""

import sqlite3
from datetime import timedelta

from repmon import desk as acts
from repmon.desk.passwords import hash_pin
from repmon.steps.messages.link import draft_link
from repmon.wording import say
from tests.web.linked import PIN, decide, harbour, link, state


def test_a_signed_in_phone_lands_on_the_review(desk):
    draft, review = harbour(desk)
    answer = desk.manager.get(link(desk))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/reviews/{review}#draft-{draft}")


def test_without_links_a_stranger_signs_in_first_and_then_goes_on(desk):
    path = link(desk)
    answer = desk.stranger().get(path)
    assert answer.headers["location"] == f"/sign-in?next=%2Fd%2F{path.removeprefix('/d/')}"
    assert desk.owner.get(answer.headers["location"]).headers["location"] == path


def test_without_links_no_pin_decides(desk):
    desk.person("mila", "manager", pin_hash=hash_pin(PIN))
    path = link(desk)
    browser = desk.stranger()
    token = browser.token("/sign-in")
    answer = browser.client.post(desk.base + path, headers={"origin": desk.base}, data={
        "csrf": token, "name": "mila", "pin": PIN, "decision": "approve",
    })  # fmt: skip
    assert answer.status_code == 404
    assert state(desk) == ("pending", None)


def test_a_stranger_with_the_link_sees_that_draft_and_its_review_only(links):
    page = links.stranger().get(link(links)).text
    draft, _review = harbour(links)
    assert links.stage.one("SELECT text FROM draft WHERE id = ?", draft).split("\n")[0] in page.replace("&#39;", "'")
    assert 'name="pin"' in page
    for path in ("/", "/people", "/audit", f"/reviews/{_review}"):
        assert links.stranger().get(path).status_code == 303


def test_the_pin_approves_as_that_person(links):
    answer = decide(links, link(links))
    assert answer.status_code == 200
    assert "Decided by mila" in answer.text
    assert state(links) == ("approved", "mila")
    assert links.stage.rows("SELECT action, actor FROM audit") == [("draft.approved", "mila"), ("link.used", "mila")]
    assert "repmon_session" not in answer.headers.get("set-cookie", "")


def test_rejecting_takes_a_reason(links):
    path = link(links)
    assert "needs a reason" in decide(links, path, decision="reject").text
    assert decide(links, path, decision="reject", reason="not our guest").status_code == 200
    assert state(links) == ("rejected", "mila")


def test_what_is_approved_is_what_was_shown(links):
    answer = decide(links, link(links), sha256="0" * 64)
    assert answer.status_code == 409
    assert say("link_other_words") in answer.text
    assert state(links) == ("pending", None)


def test_a_viewer_and_a_manager_of_another_place_decide_nothing(links):
    for name in ("vera", "hugo"):
        answer = decide(links, link(links), name)
        assert answer.status_code == 409
        assert "may not decide" in answer.text
    assert state(links) == ("pending", None)
    mill = links.stage.one("SELECT d.id FROM draft d JOIN review r ON r.id = d.review_id WHERE r.location = 'mill'")
    assert decide(links, link(links, mill), "hugo", of=mill).status_code == 200


def test_a_manager_of_another_place_does_not_get_to_the_review(desk):
    assert desk.browser("hugo", "manager", ["mill"]).get(link(desk)).status_code == 404
    assert desk.browser("hanna", "manager", ["harbour"]).get(link(desk)).status_code == 303


def test_five_wrong_pins_and_the_right_one_has_to_wait(links):
    path = link(links)
    for _ in range(5):
        assert decide(links, path, pin="000111").status_code == 401
    answer = decide(links, path)
    assert answer.status_code == 429
    assert "Try again after 2026-03-02 13:15 UTC" in answer.text
    links.restart()
    assert decide(links, path).status_code == 429
    assert state(links) == ("pending", None)
    links.stage.later(minutes=16)
    assert decide(links, path).status_code == 200


def test_visits_of_scanners_change_nothing(links):
    path = link(links)
    scanner = links.stranger(**{"user-agent": "link scanner"})
    before = links.stage.file.with_name("repmon.db-wal").stat().st_size
    for _ in range(20):
        assert scanner.get(path).status_code == 200
        assert scanner.client.head(links.base + path).status_code == 200
    for data in ({}, {"decision": "approve"}, {"csrf": "x", "decision": "approve", "name": "mila", "pin": PIN}):
        assert scanner.client.post(links.base + path, data=data).status_code == 403
    token = scanner.token(path)
    blind = scanner.client.post(links.base + path, data={"csrf": token, "decision": "approve"})
    assert blind.status_code == 409
    assert state(links) == ("pending", None)
    assert links.stage.file.with_name("repmon.db-wal").stat().st_size == before


def test_a_pin_typed_on_another_site_is_not_taken(links):
    path = link(links)
    assert decide(links, path, headers={"origin": "https://evil.example"}).status_code == 403


def test_what_blocks_a_reply_blocks_it_by_link_too(links):
    new = acts.edit_draft(links.world, harbour(links)[0], "You are lying and we will sue you.", by="noor")
    answer = decide(links, link(links, new), of=new)
    assert answer.status_code == 409
    assert "was not approved" in answer.text


def test_the_review_is_shown_as_text(links):
    said = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7*7 }}"
    with sqlite3.connect(links.stage.file) as connection:
        connection.execute("UPDATE review SET text = ?, author = '<b>Eve</b>'", (said,))
    page = links.stranger().get(link(links)).text
    assert not any(each in page for each in ("<script>alert", "<img", "<b>Eve"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt; {{ 7*7 }}" in page


def test_a_link_names_numbers_and_a_fingerprint_only(desk):
    whole = draft_link("https://desk.example/", "key", 7, 2, "ab" * 32, desk.stage.now)
    assert whole.startswith("https://desk.example/d/")
    assert len(whole) < 120
    later = draft_link("https://desk.example/", "key", 7, 2, "ab" * 32, desk.stage.now + timedelta(minutes=1))
    assert later != whole
