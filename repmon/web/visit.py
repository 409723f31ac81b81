"""One request and the person behind it: what every page's handler is given, and how it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from repmon.errors import RepmonError
from repmon.turn.world import World
from repmon.web.flash import Said
from repmon.web.paths import own_path
from repmon.web.place import Place, place_of

Role = Literal["owner", "manager", "viewer"]
ROLES: tuple[Role, ...] = ("viewer", "manager", "owner")
"""From the one who may least to the one who may most."""
Form = Mapping[str, str | list[str]]


class NotFound(Exception):
    """There is no such thing, or it is not for this person to see; both look the same."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person. `locations` None means every place."""

    user_id: int
    name: str
    role: Role
    locations: tuple[str, ...] | None = None

    def may(self, role: Role) -> bool:
        """Tell whether this person may do what takes `role`: an owner may all, a viewer only look."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def sees(self, location: str | None) -> bool:
        """Tell whether a review of this place is shown; one without a place only to those without a limit."""
        return self.locations is None or (location is not None and location in self.locations)


@dataclass(frozen=True)
class Guest:
    """One request of somebody who has not signed in (or need not). `csrf` is the token for this page's forms."""

    request: Request
    world: World
    form: Form
    csrf: str

    @property
    def now(self) -> datetime:
        """The moment, by the clock of the world."""
        return self.world.clock()

    @property
    def place(self) -> Place:
        """The desk itself: its templates, its key, its addresses."""
        return place_of(self.request)

    @property
    def htmx(self) -> bool:
        """Whether only a part of the page is asked for."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def who(self) -> Visitor | None:
        """The person, if signed in."""
        return None

    def field(self, name: str) -> str:
        """One field of the form, "" where it was not sent; the last where it was sent more than once."""
        given = self.form.get(name, "")
        return given if isinstance(given, str) else given[-1]

    def fields(self, name: str) -> list[str]:
        """Every value of a field that may come more than once (ticked boxes)."""
        given = self.form.get(name, [])
        return [given] if isinstance(given, str) else list(given)

    def page(self, template: str, /, status: int = 200, **values: object) -> Response:
        """A whole page, with the message that waits to be said."""
        said = self.place.flash.take(self.request)
        html = self.place.pages.render(template, self, said=said, **values)
        response = HTMLResponse(html, status)
        if said is not None:
            self.place.flash.clear(response)
        return response

    def part(self, template: str, /, status: int = 200, **values: object) -> Response:
        """A fragment, for htmx to put in its place."""
        return HTMLResponse(self.place.pages.render(template, self, said=None, **values), status)

    def back(self, url: str, said: str = "", /, **values: object) -> Response:
        """Go on to a path of our own, and say there once what was done: a code of `repmon.wording` and its values."""
        return self._on(url, Said(said, values) if said else None)

    def refused(self, error: RepmonError, url: str) -> Response:
        """Go on to a path of our own, and say there what stood in the way."""
        return self._on(url, Said(error.code, error.values, wrong=True))

    def missing(self) -> Response:
        """The page for what is not there."""
        return self.page("failed.html", 404, code="web_not_found", number="")

    def came_from(self, otherwise: str = "/") -> str:
        """The page of ours a form was sent from."""
        parts = urlsplit(self.request.headers.get("referer", ""))
        if parts.netloc != self.request.headers.get("host") or not parts.path:
            return otherwise
        return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path, otherwise)

    def _on(self, url: str, said: Said | None) -> Response:
        response = RedirectResponse(own_path(url), 303)
        if said is not None:
            self.place.flash.put(response, said)
        return response


@dataclass(frozen=True)
class Visit(Guest):
    """One request of a signed-in person; `session_id` names the device."""

    visitor: Visitor
    session_id: str = ""

    @property
    def who(self) -> Visitor:
        """The person."""
        return self.visitor
