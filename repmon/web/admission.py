"""Who a request is from: a signed-in person by the session's cookie, else a browser we can tell from others."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from repmon.store import sessions
from repmon.store.tables import UserRow
from repmon.turn.world import World
from repmon.web import cookies
from repmon.web.place import place_of
from repmon.web.visit import Form, Guest, Role, Visit, Visitor

SEEN_EVERY = timedelta(minutes=5)
"""A session's last use is written down no more often than this: looking at pages should not write."""


def visit(request: Request, world: World, form: Form) -> Visit | None:
    """The signed-in person's request; None when the cookie names no live session."""
    secret = cookies.read(request, cookies.SESSION)
    if not secret:
        return None
    now = world.clock()
    with world.database.read() as session:
        found = sessions.find(session, secret, now)
    if found is None:
        return None
    row, user = found
    if now - row.last_seen_at >= SEEN_EVERY:
        with world.database.write() as session:
            sessions.seen(session, row.id, now)
    return Visit(request, world, form, row.csrf, _visitor(user), row.id)


def guest(request: Request, world: World, form: Form) -> tuple[Guest, str]:
    """Anybody's request, signed in or not, and the secret its browser is to remember ("" when it has one)."""
    known = visit(request, world, form)
    if known is not None:
        return known, ""
    secret = cookies.read(request, cookies.BROWSER)
    fresh = "" if secret or request.method == "POST" else secrets.token_urlsafe(32)
    return Guest(request, world, form, _token(request, secret or fresh)), fresh


def remember_browser(request: Request, response: Response, secret: str) -> None:
    """Let this browser's forms be told from another site's before anybody has signed in."""
    cookies.give(request, response, cookies.BROWSER, secret, None)


def _token(request: Request, secret: str) -> str:
    """Made from the cookie with our key: who plants a cookie still cannot make the token for it."""
    if not secret:
        return ""
    key = place_of(request).key.encode()
    return hmac.new(key, b"form before sign-in:" + secret.encode(), hashlib.sha256).hexdigest()


def _visitor(user: UserRow) -> Visitor:
    places = None if user.locations is None else tuple(str(each) for each in user.locations)
    return Visitor(user.id or 0, user.name, cast("Role", user.role), places)
