"""From a path to a handler: who it is, whether they may, whether the form is ours; and what is said when not."""

import logging
import secrets
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from repmon.errors import DecisionError, StoreError
from repmon.turn.world import World
from repmon.web import admission, origin
from repmon.web.place import place_of
from repmon.web.visit import Form, Guest, NotFound, Role, Visit

__all__ = ["NotFound", "does", "opens", "shows", "takes"]

FIELDS = 2000
Answer = Callable[[Request, World, Form], Response]

log = logging.getLogger("repmon")


def shows(path: str, handler: Callable[[Visit], Response], needs: Role = "viewer") -> Route:
    """A page for signed-in people of this role. GET and HEAD only; it changes nothing."""
    return Route(path, _endpoint(partial(_signed_in, handler, needs)), methods=["GET"])


def does(path: str, handler: Callable[[Visit], Response], needs: Role = "manager") -> Route:
    """An act of signed-in people of this role. POST; its form must come from a page of ours, made for this session.

    DecisionError goes back to the page the form was on, and is said there.
    """
    return Route(path, _endpoint(partial(_signed_in, handler, needs)), methods=["POST"])


def opens(path: str, handler: Callable[[Guest], Response]) -> Route:
    """A page for everybody (signing in, a link in an alert). GET and HEAD only; it changes nothing."""
    return Route(path, _endpoint(partial(_anybody, handler)), methods=["GET"])


def takes(path: str, handler: Callable[[Guest], Response]) -> Route:
    """A form for everybody. POST; it must come from a page of ours, made for this browser."""
    return Route(path, _endpoint(partial(_anybody, handler)), methods=["POST"])


def _endpoint(answer: Answer) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        form = await _read(request) if request.method == "POST" else {}
        return await run_in_threadpool(_safely, request, form, answer)

    return endpoint


async def _read(request: Request) -> Form:
    """The form, text fields only: the desk takes no files."""
    async with request.form(max_files=0, max_fields=FIELDS) as given:
        form: dict[str, str | list[str]] = {}
        for name in given:
            values = [value for value in given.getlist(name) if isinstance(value, str)]
            form[name] = values[0] if len(values) == 1 else values
        return form


def _safely(request: Request, form: Form, answer: Answer) -> Response:
    with place_of(request).worlds.using() as world:
        try:
            return answer(request, world, form)
        except StoreError as error:
            log.warning("page not shown: the database refuses", extra={"code": error.code, "problem": str(error)})
            return _failed(request, world, 503, "web_store_refuses")
        except Exception:  # the last door: nothing of what went wrong may reach a browser
            number = secrets.token_hex(4)
            log.exception("page stumbled", extra={"number": number, "route": _route(request)})
            return _failed(request, world, 500, "web_stumbled", number)


def _route(request: Request) -> str:
    """The pattern of the path, not the path itself: that may hold a link that opens something."""
    route = request.scope.get("route")
    return route.path if isinstance(route, Route) else ""


def _failed(request: Request, world: World, status: int, code: str, number: str = "") -> Response:
    return Guest(request, world, {}, "").page("failed.html", status, code=code, number=number)


def _signed_in(
    handler: Callable[[Visit], Response], needs: Role, request: Request, world: World, form: Form
) -> Response:
    visit = admission.visit(request, world, form)
    if visit is None:
        return _to_sign_in(request)
    if request.method == "POST" and (wrong := origin.refusal(request, form, visit.csrf)):
        return visit.page("failed.html", 403, code=wrong, number="")
    if not visit.visitor.may(needs):
        return visit.page("failed.html", 403, code="web_not_yours", number="")
    return _handled(handler, visit)


def _anybody(handler: Callable[[Guest], Response], request: Request, world: World, form: Form) -> Response:
    guest, fresh = admission.guest(request, world, form)
    if request.method == "POST" and (wrong := origin.refusal(request, form, guest.csrf)):
        return guest.page("failed.html", 403, code=wrong, number="")
    response = _handled(handler, guest)
    if fresh:
        admission.remember_browser(request, response, fresh)
    return response


def _handled(handler: Callable[..., Response], guest: Guest) -> Response:
    try:
        return handler(guest)
    except NotFound:
        return guest.missing()
    except DecisionError as error:
        return guest.refused(error, guest.came_from())


def _to_sign_in(request: Request) -> Response:
    """Where to go on after signing in is kept; what a form held is not: it would have to be sent again anyway."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    url = "/sign-in" if request.method == "POST" or path == "/" else f"/sign-in?{urlencode({'next': path})}"
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"hx-redirect": "/sign-in"})
    return RedirectResponse(url, 303)
