"""Links of drafts, and people who decide by them, in tests."""

from repmon.steps.messages.link import draft_link
from repmon.store.decisions import sha256_of
from tests.web.desk import Desk

PIN = "493817"


def harbour(desk):
    """The first draft of the harbour, and the review it answers."""
    return desk.stage.rows("SELECT d.id, d.review_id FROM draft d JOIN review r ON r.id = d.review_id "
                           "WHERE r.location = 'harbour' ORDER BY d.id")[0]  # fmt: skip


def link(desk: Desk, draft_id=None, key=None, **other) -> str:
    """The link of a draft as it is now, as a path."""
    draft_id = draft_id or harbour(desk)[0]
    version, text = desk.stage.rows("SELECT version, text FROM draft WHERE id = ?", draft_id)[0]
    given = {"version": version, "sha256": sha256_of(text), "now": desk.stage.now, **other}
    return draft_link("", key or desk.app.state.place.key, draft_id, **given)


def decide(desk, path, name="mila", pin=PIN, decision="approve", browser=None, **more):
    browser = browser or desk.stranger()
    draft_id, headers = more.pop("of", harbour(desk)[0]), more.pop("headers", {})
    fields = {"name": name, "pin": pin, "decision": decision, "reason": "",
              "sha256": sha256_of(desk.stage.one("SELECT text FROM draft WHERE id = ?", draft_id)), **more}  # fmt: skip
    return browser.post(path, fields, page=path, headers=headers)


def state(desk):
    return desk.stage.rows("SELECT state, decided_by FROM draft WHERE id = ?", harbour(desk)[0])[0]
