"""The desk as one application: its pages, what guards them, and what they share."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import BaseRoute

from repmon.store.keys import ensure_signing_key
from repmon.web import failures, static
from repmon.web.addresses import addresses
from repmon.web.flash import Flash
from repmon.web.guard import Headed, Hosted
from repmon.web.place import Place, Worlds
from repmon.web.render import Pages

MODULES = (
    "signin", "setup", "devices", "people", "audit", "link", "inbox", "review", "review_acts", "drafts",
    "hooks",
    "off_topic", "sources", "deliveries", "deliveries_explain", "places", "places_said",
)  # fmt: skip
LARGEST_FORM = 2**20
AT_ONCE = 8
"""Pages made side by side; each holds a thread and a database connection."""


def create_app(worlds: Worlds) -> Starlette:
    """The desk on whatever world is present at each request. The first call makes the desk's signing key."""
    with worlds.using() as world:
        where = addresses(world.settings)
        with world.database.write() as session:
            key = ensure_signing_key(session, secrets.token_urlsafe(32), world.clock())
    guards = [
        Middleware(Headed, addresses=where),
        Middleware(Hosted, addresses=where),
        Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_FORM),
    ]
    app = Starlette(routes=_routes(), middleware=guards, exception_handlers=failures.HANDLERS, lifespan=_lifespan)
    app.state.place = Place(worlds, Pages(), Flash(key), where, key)
    return app


def _routes() -> list[BaseRoute]:
    found: list[BaseRoute] = list(static.ROUTES)
    for name in MODULES:
        if find_spec(f"repmon.web.{name}") is None:
            continue
        found.extend(import_module(f"repmon.web.{name}").ROUTES)
    return found


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield
