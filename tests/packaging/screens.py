"""Take a picture of every page of the desk at both widths: `python -m tests.packaging.screens OUTDIR`.

Without OUTDIR only the README's picture is made, docs/pictures/desk.png: the inbox on a desktop beside a review on a
phone. The reviews are those of the demo.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from playwright.sync_api import Browser, Page

from repmon.config import load
from repmon.demo.desk import Key, served
from repmon.demo.run import run_demo
from repmon.store.database import Database
from tests.browser import chromium
from tests.browser.people import DESKTOP, PHONE

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "desk.png"
PAGES = ("", "?tab=all&unhappy=1", "places", "places/said", "sources", "sources/guestbook", "deliveries", "people",
         "people/1", "audit", "devices", "no/such/page")  # fmt: skip
HEIGHT = 760
FRAME = """<!doctype html><style>
  body {{ margin: 0; padding: 24px; display: flex; gap: 24px; background: #dfe5e6; width: max-content }}
  img {{ display: block; height: 570px; border-radius: 10px; box-shadow: 0 6px 24px rgb(0 0 0 / 25%) }}
</style><img src="{desktop}"><img src="{phone}">"""


def main(arguments: list[str]) -> None:
    """Play the demo, open its desk, and look."""
    executable = chromium.found()
    if executable is None:
        sys.exit(chromium.MISSING)
    with demo() as key, chromium.launched(executable) as browser:
        if arguments:
            everything(browser, key, Path(arguments[0]))
        else:
            picture(browser, key)


@contextmanager
def demo() -> Iterator[Key]:
    """The demo's desk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with redirect_stdout(StringIO()):
            run_demo(folder, once=True)
        settings = load(folder / "config.toml", environ={})
        database = Database(settings.storage_url())
        try:
            with served(settings, database) as key:
                yield key
        finally:
            database.close()


def everything(browser: Browser, key: Key, folder: Path) -> None:
    """Every page, whole, at both widths, in the light and in the dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page = browser.new_page(viewport=size, reduced_motion="reduce", base_url=key.url)
        taken(page, "/sign-in", folder / width)
        sign_in(page, key)
        for path in (*PAGES, *reviews(page)):
            taken(page, f"/{path}", folder / width)


def taken(page: Page, path: str, start: Path) -> None:
    """Open a page and take both pictures of it."""
    page.goto(path)
    name = re.sub(r"\W+", "-", path).strip("-") or "inbox"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=start.with_name(f"{start.name}-{name}-{scheme}.png"), full_page=True)
    page.emulate_media(color_scheme="light")


def picture(browser: Browser, key: Key) -> None:
    """The inbox on a desktop beside a review on a phone."""
    with tempfile.TemporaryDirectory() as name:
        desktop, phone, frame = (Path(name) / each for each in ("desktop.png", "phone.png", "frame.html"))
        page = browser.new_page(viewport={"width": 1100, "height": HEIGHT}, base_url=key.url)
        sign_in(page, key)
        page.screenshot(path=desktop)
        newest = reviews(page)[-1]
        page = browser.new_page(viewport={"width": 390, "height": HEIGHT}, base_url=key.url)
        sign_in(page, key)
        page.goto(f"/{newest}")
        page.locator(".the-review").evaluate("review => review.scrollIntoView()")
        page.screenshot(path=phone)
        frame.write_text(FRAME.format(desktop=desktop.as_uri(), phone=phone.as_uri()), encoding="utf-8")
        page.goto(frame.as_uri())
        page.set_viewport_size({"width": 1300, "height": 700})
        page.locator("body").screenshot(path=PICTURE)


def sign_in(page: Page, key: Key) -> None:
    """Sign in as the demo's owner."""
    page.goto("/sign-in")
    page.get_by_label("Name", exact=True).fill(key.name)
    page.get_by_label("Password").fill(key.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{key.url}/")


def reviews(page: Page) -> list[str]:
    """The reviews of the inbox that is open, as paths."""
    found: list[str] = page.locator(".entry-link").evaluate_all("all => all.map(each => each.pathname.slice(1))")
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
