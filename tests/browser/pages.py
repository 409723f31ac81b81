"""Every page of the desk with something on it: who opens it, and where it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from repmon.web.visit import Role
from tests.browser.drafts import KIND, review
from tests.web.desk import Desk
from tests.web.linked import decide, link


@dataclass(frozen=True)
class Opened:
    """A page as somebody meets it; `who` None: a stranger. `route` is the pattern that answers."""

    name: str
    route: str
    path: str
    who: Role | None = "owner"


def happened(desk: Desk) -> None:
    """Let people do a little of everything, so that no page is empty. Draft 1 is approved, 2 rejected."""
    olga, mila = desk.owner, desk.manager
    page = review(desk, "wait")
    mila.post(f"{page}/note", {"text": "Ben comes every week."}, page=page)
    mila.post(f"{page}/assign", {"to": "mila", "until": "4h"}, page=page)
    mila.post("/drafts/1/edit", {"text": KIND}, page=page)
    newest = desk.stage.one("SELECT max(id) FROM draft")
    sha256 = mila.get(page).text.partition('name="sha256" value="')[2].partition('"')[0]
    mila.post(f"/drafts/{newest}/approve", {"sha256": sha256}, page=page)
    mila.post("/drafts/2/reject", {"reason": "We call her."}, page=review(desk, "rude"))
    olga.post("/people", {"name": "hugo", "role": "viewer", "places": "some", "location": "mill",
                          "password": "four tall chimneys"}, page="/people")  # fmt: skip


def pages(desk: Desk) -> Iterator[Opened]:
    """Every page and its most different states."""
    hugo = desk.stage.one("SELECT id FROM user WHERE name = 'hugo'")
    pending, used = link(desk, 3), link(desk, 4)
    decide(desk, used, of=4)
    yield Opened("sign-in", "/sign-in", "/sign-in", None)
    yield Opened("link", "/d/{token}", pending, None)
    yield Opened("link-over", "/d/{token}", used, None)
    yield Opened("inbox", "/", "/")
    yield Opened("inbox-filtered", "/", "/?tab=all&unhappy=1&q=coffee")
    yield Opened("inbox-nothing", "/", "/?location=mill&topic=safety")
    yield Opened("review-draft", "/reviews/{id:int}", review(desk, "stars"), "manager")
    yield Opened("review-approved", "/reviews/{id:int}", review(desk, "wait"))
    yield Opened("review-rejected", "/reviews/{id:int}", review(desk, "rude"))
    yield Opened("review-changed", "/reviews/{id:int}", review(desk, "loud"))
    yield Opened("review-conflict", "/reviews/{id:int}", review(desk, "angry"), "viewer")
    yield Opened("people", "/people", "/people")
    yield Opened("person", "/people/{id:int}", f"/people/{hugo}")
    yield Opened("devices", "/devices", "/devices")
    yield Opened("audit", "/audit", "/audit?verify=1")
    yield Opened("places", "/places", "/places")
    yield Opened("sources", "/sources", "/sources")
    yield Opened("places-said", "/places/said", "/places/said?location=harbour")
    yield Opened("explained", "/reviews/{id:int}/explain", f"{review(desk, 'wait')}/explain")
    yield Opened("source", "/sources/{name}", "/sources/harbour-reviews")
    yield Opened("deliveries", "/deliveries", "/deliveries")
    yield Opened("missing", "", "/there/is/no/such/page")
