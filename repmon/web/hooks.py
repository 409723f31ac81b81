"""The door for what others send to us: an event is checked, committed as it came, and answered; work comes later."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from secrets import token_urlsafe

from pydantic import SecretStr
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from repmon.config import Source
from repmon.connector import Connector, Proof
from repmon.errors import StoreError
from repmon.http.pushed import is_readable
from repmon.steps.proof import event_digest, unproven
from repmon.store import pushed
from repmon.turn.world import World
from repmon.web.addresses import visitor_address
from repmon.web.place import place_of
from repmon.web.rate import Rate

EVENTS_A_MINUTE = 600
"""What one source may send: more than any shop has reviews, less than fills a disk unseen."""
FAILURES_A_MINUTE = 60
"""How often one address is told that it is wrong, and the log with it; who is right is always let in."""
KEPT_HEADERS = ("content-type", "x-wc-webhook-topic")
"""What of the headers may matter to a connector; signatures and addresses are not kept."""
NOBODY = Proof(secrets=(SecretStr(token_urlsafe(32)),))
"""Asked for where there is no such source: that answer takes as long as a wrong signature does."""

log = logging.getLogger("repmon")


async def _hook(request: Request) -> Response:
    try:
        body = await request.body()
    except HTTPException as error:  # larger than the desk takes
        return _said(error.status_code)
    return await run_in_threadpool(_taken, request, body)


def _taken(request: Request, body: bytes) -> Response:
    with place_of(request).worlds.using() as world:
        try:
            return _answer(request, world, body)
        except StoreError as error:
            log.warning("event not kept: the database refuses", extra={"code": error.code, "problem": str(error)})
            return _said(503)


def _answer(request: Request, world: World, body: bytes) -> Response:
    now = world.clock()
    events, failures = _rates(request)
    name = request.path_params["source_id"]
    source = next((each for each in world.settings.sources if each.id == name and _takes_events(each)), None)
    proof = source.settings.proof() if source else NOBODY
    wrong = unproven(proof, body, request.headers, request.query_params.get("key", ""), now)
    if source is None or wrong:
        if wait := failures.wait(visitor_address(request), now):
            return _said(429, wait)
        log.warning("event refused", extra={"source": source.id if source else "unknown", "code": wrong})
        return _said(401 if source else 404)
    if wait := events.wait(source.id, now):
        return _said(429, wait)
    kind = request.headers.get("content-type", "")
    if not is_readable(body, kind):
        return _said(400 if is_readable(b"{}", kind) else 415)
    return _kept(world, source, event_digest(proof, body, request.headers), body, request.headers)


def _kept(world: World, source: Source, digest: str, body: bytes, headers: Mapping[str, str]) -> Response:
    """Commit the event, then say so; one that came before is thanked for again."""
    some = {name: headers[name] for name in KEPT_HEADERS if name in headers}
    with world.database.write() as session:
        number = pushed.row_of(session, source.id)
        if number is None:  # in the configuration, but not yet taken up by the daemon
            return _said(503)
        new = pushed.receive(session, number, digest, body, some, world.clock())
    log.info("event kept" if new else "event known", extra={"source": source.id, "size": len(body)})
    if new:
        world.ask_soon(source.id)
    return _said(202 if new else 200)


def _takes_events(source: Source) -> bool:
    """A connector that does not say how its events prove themselves gets none."""
    return source.settings.door == "push" and type(source.settings).proof is not Connector.proof


def _rates(request: Request) -> tuple[Rate, Rate]:
    """For events and for failures, as long as the desk is open."""
    state = request.app.state
    if not hasattr(state, "hook_rates"):
        state.hook_rates = Rate(EVENTS_A_MINUTE, 60), Rate(FAILURES_A_MINUTE, 60)
    rates: tuple[Rate, Rate] = state.hook_rates
    return rates


def _said(status: int, wait: float = 0.0) -> Response:
    """Answer a machine: the status and its name, nothing else."""
    headers = {"retry-after": str(ceil(wait))} if wait else None
    return JSONResponse({"status": HTTPStatus(status).phrase}, status, headers)


ROUTES = [Route("/hooks/{source_id}", _hook, methods=["POST"])]
