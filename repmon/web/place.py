"""What the pages share while the desk is open: the world in use now, the templates, the key, and our own addresses."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from starlette.requests import Request

from repmon.turn.world import World
from repmon.web.addresses import Addresses
from repmon.web.flash import Flash

if TYPE_CHECKING:
    from repmon.web.render import Pages


class Worlds(Protocol):
    """Hands out the world in use now; it may be another one at the next request (the configuration is reloaded)."""

    def using(self) -> AbstractContextManager[World]:
        """Work with the present world."""


@dataclass(frozen=True)
class Place:
    """The desk."""

    worlds: Worlds
    pages: "Pages"
    flash: Flash
    addresses: Addresses
    key: str


def place_of(request: Request) -> Place:
    """The desk a request came to."""
    return cast("Place", request.app.state.place)
