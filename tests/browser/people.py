"""People with a browser window each: signed in, or strangers; on a phone or at a desk; with or without JavaScript."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from repmon.web.cookies import SESSION
from repmon.web.visit import Role
from tests.browser.chromium import PATIENCE
from tests.browser.witness import Witness
from tests.web.desk import Desk

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@dataclass
class People:
    """Opens windows, watched by a witness, and closes them all."""

    browser: Browser
    base: str
    witness: Witness
    _open: list[BrowserContext] = field(default_factory=list)

    def stranger(self, **options: Any) -> Page:
        """A window of somebody who has never been here. `options` are those of a Playwright context."""
        context = self.browser.new_context(**{"base_url": self.base, "viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE)
        self.witness.watch(context)
        self._open.append(context)
        return context.new_page()

    def person(self, desk: Desk, name: str = "mila", role: Role = "manager", **options: Any) -> Page:
        """A window of somebody who is signed in."""
        page = self.stranger(**options)
        secret = desk.browser(name, role).client.cookies[SESSION]
        page.context.add_cookies([{"name": SESSION, "value": secret, "url": self.base, "httpOnly": True}])
        return page

    def leave(self) -> None:
        """Close every window."""
        for context in self._open:
            context.close()
