"""The witness sees what it is there to see; without that, its silence would say nothing."""

import pytest
from playwright.sync_api import Error

from tests.browser.people import People
from tests.browser.witness import Witness


@pytest.fixture
def page(desk, browser, address):
    """A page of the desk under a witness whose word this test reads itself."""
    people = People(browser, address, Witness(address))
    page = people.person(desk)
    page.goto("/")
    page.witness = people.witness
    yield page
    people.leave()


@pytest.mark.parametrize(("deed", "seen"), [
    ("setTimeout(() => { throw new Error('stumbled') })", "script error: stumbled"),
    ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">inline</p>')", "Content Security Policy"),
    ("document.body.insertAdjacentHTML('beforeend', '<a href=\"javascript:0\" id=run>x</a>'); run.click()", "Content"),
    ("console.warn('take care')", "take care"),
    ("fetch('/no/such/thing')", "404"),
])  # fmt: skip
def test_it_sees_errors_and_violated_policies(page, deed, seen):
    with page.context.expect_event("console" if "throw" not in deed else "weberror"):
        page.evaluate(f"{{ {deed} }}")
    assert any(seen in each for each in page.witness.seen), page.witness.seen


def test_it_sees_a_visit_to_another_host(page):
    with pytest.raises(Error):
        page.goto("http://127.0.0.1:9/elsewhere")
    assert page.witness.seen[0] == "asked another host: http://127.0.0.1:9/elsewhere"
