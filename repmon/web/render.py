"""Templates into HTML: escaped always, strict about names, with the words and figures pages need."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from repmon.steps.messages import figures
from repmon.steps.off_topic import shown_reason
from repmon.store.waiting import MOST, waiting
from repmon.web.flash import Said
from repmon.web.static import path_of
from repmon.wording import _, count, say

if TYPE_CHECKING:
    from repmon.web.visit import Guest

FOLDER = Path(__file__).with_name("templates")


class Pages:
    """The compiled templates of the desk."""

    def render(self, template: str, guest: "Guest", *, said: Said | None, **values: object) -> str:
        """One template for one request. Every template has `guest`, `visitor` (None before sign-in), and `now`."""
        return _environment().get_template(template).render(
            guest=guest, visitor=guest.who, business=guest.world.settings.business.name, now=guest.now,
            here=guest.request.url.path, said=said, waiting=partial(_waiting, guest), csrf_field=partial(_csrf, guest),
            moment=_moment(guest), age=partial(_age, guest), **values,
        )  # fmt: skip

    def names(self) -> list[str]:
        """Every template there is."""
        return _environment().list_templates(["html"])


@cache
def _environment() -> Environment:
    """The templates in the package do not change while it runs: each is compiled once a process."""
    made = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, auto_reload=False,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(_=_, count=count, say=say, static=path_of)
    made.filters.update(stars=figures.stars, say=say, shown_reason=shown_reason)
    return made


def _csrf(guest: "Guest") -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(guest.csrf)


def _waiting(guest: "Guest") -> str:
    """The figure beside Inbox, "" when nothing waits."""
    if guest.who is None:
        return ""
    with guest.world.database.read() as session:
        number = waiting(session, guest.who.locations, guest.now)
    return f"{MOST - 1}+" if number >= MOST else str(number or "")


def _moment(guest: "Guest") -> Callable[[datetime], str]:
    return partial(figures.moment, timezone=guest.world.settings.business.timezone)


def _age(guest: "Guest", at: datetime) -> str:
    return figures.age(at, guest.now)
