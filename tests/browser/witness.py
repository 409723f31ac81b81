"""Looks over every page's shoulder: errors, violated policies, and requests that leave the desk."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

_STATUS = "Failed to load resource"
"""What Chromium says of every answer from 400 on; for a page that is one of the answers a desk gives."""


@dataclass
class Witness:
    """What went wrong in the browsers it watches. `base` is the desk; `outside` are addresses a person may go to."""

    base: str
    outside: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    _pages: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        """Watch all pages of a context."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._pages.add(request.url)
        if not request.url.startswith((f"{self.base}/", *self.outside)):
            self.seen.append(f"asked another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if message.text.startswith(_STATUS) and message.location["url"] in self._pages:
            return
        self.seen.append(f"{message.type} on {message.location['url']}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.seen.append(f"script error: {error.error.message}")
