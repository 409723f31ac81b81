"""One desk with reviews on a server of its own, and browsers to visit it with."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from repmon.daemon.present import Present
from repmon.store import sessions, users
from repmon.store.tables import SessionRow, UserRow
from repmon.turn.world import World
from repmon.web.app import create_app
from repmon.web.cookies import SESSION
from repmon.web.visit import Role
from tests.flow.stage import Stage

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Switch:
    """The application now on stage; one server serves the desks of all tests, one after the other."""

    def __init__(self) -> None:
        self.app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await self.app(scope, receive, send)


@dataclass
class Browser:
    """Somebody's browser: keeps cookies, follows no redirects by itself, knows how to fill in our forms."""

    client: httpx.Client
    base: str

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Open a page."""
        return self.client.get(self.base + path, **more)

    def follow(self, path: str) -> httpx.Response:
        """Open a page and go where it sends us."""
        return self.client.get(self.base + path, follow_redirects=True)

    def token(self, path: str) -> str:
        """The token in the forms of a page."""
        found = _TOKEN.search(self.follow(path).text)
        assert found, f"no form on {path}"
        return found[1]

    def post(self, path: str, fields: dict[str, Any] | None = None, *, page: str = "/", **more: Any) -> httpx.Response:
        """Send a form that was opened on `page`, as a browser would: with its token, Origin and Referer."""
        headers = {"origin": self.base, "referer": self.base + page, **more.pop("headers", {})}
        data = {"csrf": self.token(page), **(fields or {})}
        return self.client.post(self.base + path, data=data, headers=headers, **more)

    def said(self, answer: httpx.Response) -> str:
        """The page an act led to, as text."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"]).text


class Desk:
    """The desk of one test. `owner`, `manager` and `viewer` are signed in; `stranger` is not."""

    def __init__(self, stage: Stage, base: str, switch: Switch) -> None:
        self.stage, self.base, self.switch = stage, base, switch
        self.present = Present(stage.world)
        self._open: list[httpx.Client] = []
        self.restart()

    def restart(self) -> None:
        """A new application on the same database, as after a restart."""
        self.app = create_app(self.present)
        self.switch.app = self.app

    @property
    def world(self) -> World:
        return self.stage.world

    def stranger(self, **headers: str) -> Browser:
        """A browser that has never been here."""
        client = httpx.Client(headers=headers, trust_env=False, timeout=20, verify=False)  # plain http: saves 90 ms
        self._open.append(client)
        return Browser(client, self.base)

    def person(self, name: str, role: Role = "manager", locations: list[str] | None = None, **columns: Any) -> UserRow:
        """Add a person, if not there yet."""
        with self.world.database.write() as session:
            there = users.named(session, name)
            return there or users.add(session, UserRow(
                name=name, role=role, locations=locations, created_at=self.world.clock(), **columns
            ))  # fmt: skip

    def browser(self, name: str, role: Role = "manager", locations: list[str] | None = None) -> Browser:
        """That person's browser, signed in."""
        row, secret, now = self.person(name, role, locations), secrets.token_urlsafe(32), self.world.clock()
        with self.world.database.write() as session:
            sessions.start(session, SessionRow(
                id=sessions.hashed(secret), user_id=row.id or 0, csrf=secrets.token_urlsafe(32), created_at=now,
                last_seen_at=now, expires_at=now + timedelta(hours=12),
            ))  # fmt: skip
        browser = self.stranger()
        browser.client.cookies.set(SESSION, secret)
        return browser

    @property
    def owner(self) -> Browser:
        return self.browser("olga", "owner")

    @property
    def manager(self) -> Browser:
        return self.browser("mila", "manager")

    @property
    def viewer(self) -> Browser:
        return self.browser("vera", "viewer")

    def close(self) -> None:
        for client in self._open:
            client.close()


@contextmanager
def opened(stage: Stage, base: str, switch: Switch) -> Iterator[Desk]:
    """A desk for the time of a test."""
    desk = Desk(stage, base, switch)
    try:
        yield desk
    finally:
        desk.close()
