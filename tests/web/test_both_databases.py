"""Each page of the desk, and what a manager does there, on either database."""

import re
from collections.abc import Iterator

import pytest

from repmon.pipeline import process
from tests import postgres
from tests.flow.stage import Stage
from tests.web.conftest import PLACES

pytestmark = pytest.mark.slow
LINK = re.compile(r'href="(/[^"#]*)"')


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(request, tmp_path, migrated) -> Iterator[Stage]:
    url = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_url")
        url = postgres.copy_of(server, "template_repmon", f"w_{abs(hash(request.node.nodeid))}")
    made = Stage(tmp_path, migrated, url)
    made.more = PLACES
    yield made
    made.end()


def test_every_page_that_can_be_reached_opens(desk):
    browser, seen, found = desk.owner, {}, ["/", "/?q=soup", "/?q=s%C3%B6up+rude&tab=all"]
    while found and len(seen) < 200:
        path = found.pop().replace("&amp;", "&")
        if path in seen or path.startswith("/static"):
            continue
        page = browser.follow(path)
        seen[path] = page.status_code
        found += LINK.findall(page.text) if "html" in page.headers["content-type"] else []
    assert {path: status for path, status in seen.items() if status != 200} == {}
    assert {"/sources", "/deliveries", "/places", "/people", "/audit", "/reviews/1", "/reviews/1/explain"} <= set(seen)


def test_a_manager_s_acts_are_kept(desk):
    browser = desk.manager
    page = "/reviews/2"
    for act, fields in (
        ("seen", {}),
        ("assign", {"to": "mila", "until": "4h"}),
        ("snooze", {"until": "4h"}),
        ("snooze", {"until": "wake"}),
        ("dismiss", {"reason": "Spam"}),
        ("reopen", {}),
    ):
        answer = browser.post(f"{page}/{act}", fields, page=page)
        assert answer.status_code in {200, 303}, (act, answer.text)
    process(desk.world)
    assert desk.stage.one("SELECT state FROM review WHERE id = 2") in {"open", "drafted"}
    assert desk.stage.one("SELECT acknowledged_by FROM review WHERE id = 2") == "mila"
