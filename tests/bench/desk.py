"""How fast the desk answers with 100,000 reviews stored, over loopback, beside a bare page asked in the same way."""

import gzip
import http.client
import re
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from urllib.parse import quote_plus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from repmon import discover
from repmon.config import load
from repmon.daemon.present import Present
from repmon.store import desk_views, sessions, users
from repmon.store.database import Database
from repmon.store.desk_views import Wanted
from repmon.store.migrate import ensure_schema
from repmon.store.tables import SessionRow, UserRow
from repmon.turn.world import World
from repmon.web.app import create_app
from repmon.web.cookies import SESSION
from repmon.web.server import DeskServer
from tests.bench.filled import NOW, PLACES, fill

NUMBER = 100_000
TIMES = 60
SEARCHES = ("soup", "cold", "friendly staff", "Chlo", "refund weeks", "976", "zzz", "the", "björn soup")
KEEP_WEIGHT = 120


def rows() -> Iterable[tuple[str, str, str, str]]:
    """The 95th of a hundred answers of each kind, and what the first page weighs."""
    with tempfile.TemporaryDirectory() as folder, _desk(Path(folder)) as (address, cookie, numbers):
        browser = Browser(address, cookie)
        empty = browser.timed(["/bare"] * TIMES)
        for what, paths, aim in (
            ("inbox", [*["/"] * (TIMES // 2), *_inboxes()], "< 30 ms"),
            ("review page", [f"/reviews/{each}" for each in numbers], "< 20 ms"),
            ("search", [f"/?tab=all&q={quote_plus(each)}" for each in SEARCHES for _ in range(6)], "< 60 ms"),
        ):
            browser.timed(paths[:3])
            taken = browser.timed(paths)
            yield (f"{what}, p95 of {len(paths)}, ratio {_p95(taken) / _p95(empty):.1f}", f"{_p95(taken):.1f} ms",
                   f"bare page {_p95(empty):.1f} ms", aim)  # fmt: skip
        plain, packed = browser.weight("/")
        yield "first page with style and scripts", f"{plain:.0f} kB", f"gzip {packed:.0f} kB", f"< {KEEP_WEIGHT} kB"


class Browser:
    """One kept connection, as a browser has it."""

    def __init__(self, address: tuple[str, int], cookie: str) -> None:
        self._connection = http.client.HTTPConnection(*address)
        self._headers = {"cookie": cookie}

    def get(self, path: str) -> bytes:
        """Open a page; anything but 200 ends the benchmark."""
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body

    def timed(self, paths: Sequence[str]) -> list[float]:
        """Milliseconds of each."""
        taken = []
        for path in paths:
            began = time.perf_counter()
            self.get(path)
            taken.append((time.perf_counter() - began) * 1000)
        return taken

    def weight(self, path: str) -> tuple[float, float]:
        """Kilobytes of a page with all it loads, as they are and as a proxy would pack them."""
        page = self.get(path)
        files = [page, *(self.get(each) for each in re.findall(r'"(/static/[^"]+)"', page.decode()))]
        return sum(map(len, files)) / 1000, sum(len(gzip.compress(each)) for each in files) / 1000


def _inboxes() -> list[str]:
    tabs = [f"/?tab={tab}" for tab in desk_views.TABS]
    return [*tabs, *(f"/?tab=all&location={place}" for place in PLACES), "/?tab=older&label=negative"] * 2


def _p95(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


@contextmanager
def _desk(folder: Path) -> Iterator[tuple[tuple[str, int], str, list[int]]]:
    """A desk on a full database: its address, an owner's cookie, and reviews to look at."""
    database = Database(f"sqlite:///{folder / 'repmon.db'}")
    ensure_schema(database)
    fill(database, NUMBER)
    database.checkpoint()
    config = folder / "config.toml"
    config.write_text("".join(f'[[locations]]\nid = "{place}"\nname = "{place}"\n' for place in PLACES))
    settings = load(config, environ={}, connectors=discover.connectors())
    world = World(settings, database, clock=lambda: NOW, rng=Random(1))
    server = DeskServer(("127.0.0.1", 0))
    server.start(_with_a_bare_page(create_app(Present(world))))
    with database.read() as session:
        wanted = [desk_views.page(session, Wanted(tab=tab), NOW, after=None, limit=30) for tab in ("needs", "all")]
    try:
        yield server.address, f"{SESSION}={_signed_in(world)}", [row.id for rows in wanted for row in rows]
    finally:
        server.stop()
        database.close()


def _with_a_bare_page(app: Starlette) -> Starlette:
    """The same guards around a page with nothing in it: what is left is ours."""
    app.router.routes.append(Route("/bare", _bare))
    return app


def _bare(_request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>Bare</title>")


def _signed_in(world: World) -> str:
    secret = secrets.token_urlsafe(32)
    with world.database.write() as session:
        owner = users.add(session, UserRow(name="olga", role="owner", created_at=NOW))
        sessions.start(session, SessionRow(
            id=sessions.hashed(secret), user_id=owner.id or 0, csrf="x", created_at=NOW, last_seen_at=NOW,
            expires_at=NOW + timedelta(hours=12),
        ))  # fmt: skip
    return secret
