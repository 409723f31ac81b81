"""The scene's reviews and drafts by what they are about."""

from playwright.sync_api import Locator, Page

from tests.web.desk import Desk

OFFER = "Ben, we will pay you 50 euro if you remove your review. The soup was cold, and that was our mistake."
KIND = "Dear Ben, thank you for telling us about the long wait and the cold soup. Please write to us. The team"
SITE_PAGE = "<!doctype html><title>The site</title><p>A review site"


def review(desk: Desk, name: str) -> str:
    """The path of the page of one of the scene's reviews."""
    return f"/reviews/{desk.stage.one('SELECT id FROM review WHERE external_id = ?', name)}"


def states(desk: Desk, name: str) -> list[tuple[str, str | None]]:
    """State and decider of each draft for a review, oldest first."""
    return desk.stage.rows(
        "SELECT d.state, d.decided_by FROM draft d JOIN review r ON r.id = d.review_id "
        "WHERE r.external_id = ? ORDER BY d.id", name,
    )  # fmt: skip


def words(page: Page) -> Locator:
    """The field with the reply."""
    return page.get_by_label("Your reply")


def button(page: Page, name: str) -> Locator:
    """A button of the reply."""
    return page.locator("#reply").get_by_role("button", name=name, exact=True)


def said(page: Page) -> Locator:
    """What the desk says at the top of a page."""
    return page.locator(".messages")


def serve_the_site(page: Page) -> None:
    """Let the review site be there, though there is no network."""
    page.context.route(
        "https://reviews.example/**", lambda route: route.fulfill(body=SITE_PAGE, content_type="text/html")
    )
