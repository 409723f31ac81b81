"""Every page, at a desk and on a phone, in the light and in the dark: nothing stands in anybody's way."""

import json

import pytest
from starlette.routing import Route

from repmon.desk import passwords
from tests.browser.axe import violations
from tests.browser.pages import happened, pages
from tests.browser.people import DESKTOP, PHONE
from tests.browser.sizes import too_small, too_wide
from tests.web.linked import PIN

STILL = {"reduced_motion": "reduce"}
"""Colours that are on their way from light to dark have no contrast of their own."""
ANSWERS_WITH_NO_PAGE = {"/static/{name}"}


@pytest.fixture
def busy(linked):
    """A desk on which people have done a little of everything."""
    linked.person("mila", "manager", pin_hash=passwords.hash_pin(PIN))
    happened(linked)
    return linked


def wrong_with(page):
    """What is wrong with a page that is open, at both widths and in both colours."""
    for width, size in (("desk", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        found = violations(page) + too_wide(page) + too_small(page)
        page.emulate_media(color_scheme="dark")
        yield from (f"{width}: {each}" for each in found)
        yield from (f"{width}, dark: {each}" for each in violations(page, "color-contrast"))


def test_no_page_has_a_violation_scrolls_sideways_or_has_things_too_small_for_a_thumb(busy, people):
    names = {"viewer": "vera", "manager": "mila", "owner": "olga"}
    windows = {role: people.person(busy, name, role, **STILL) for role, name in names.items()}
    windows[None] = people.stranger(**STILL)
    wrong = {}
    for each in pages(busy):
        page = windows[each.who]
        page.goto(each.path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        if found := list(wrong_with(page)):
            wrong[each.name] = found
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)


def test_no_page_is_left_out(busy):
    routes = {each.path for each in busy.app.routes if isinstance(each, Route) and "GET" in (each.methods or ())}
    assert routes - ANSWERS_WITH_NO_PAGE - {each.route for each in pages(busy)} <= {"/setup"}


def test_the_first_page_ever_has_no_violation_either(desk, people):
    page = people.stranger(**STILL)
    page.goto("/setup")
    assert list(wrong_with(page)) == []
