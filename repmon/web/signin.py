"""Signing in and out."""

from starlette.responses import RedirectResponse, Response

from repmon.desk.setting_up import is_set_up
from repmon.desk.signing_in import TooManyTries, sign_in, sign_out
from repmon.errors import DecisionError
from repmon.web import cookies
from repmon.web.addresses import visitor_address
from repmon.web.device import described
from repmon.web.paths import own_path
from repmon.web.routing import does, opens, takes
from repmon.web.visit import Guest, Visit


def _ask(guest: Guest) -> Response:
    onward = own_path(guest.request.query_params.get("next", "/"))
    if guest.who is not None:
        return guest.back(onward)
    if not is_set_up(guest.world):
        return guest.back("/setup")
    return _form(guest, 200, onward)


def _sign_in(guest: Guest) -> Response:
    """A new session whatever the browser brought along; the old one, if it had any, is over."""
    onward, remember = own_path(guest.field("next")), guest.field("remember") == "yes"
    try:
        opened = sign_in(
            guest.world, guest.field("name"), guest.field("password"), address=visitor_address(guest.request),
            device=described(guest.request.headers.get("user-agent", "")), remember=remember,
            instead_of=cookies.read(guest.request, cookies.SESSION),
        )  # fmt: skip
    except TooManyTries as error:
        response = _form(guest, 429, onward, error)
        response.headers["retry-after"] = str(max(1, round((error.until - guest.now).total_seconds())))
        return response
    except DecisionError as error:
        return _form(guest, 401, onward, error)
    response = RedirectResponse(onward, 303)
    seconds = round(opened.lasts.total_seconds()) if opened.remembered else None
    cookies.give(guest.request, response, cookies.SESSION, opened.secret, seconds)
    return response


def _sign_out(visit: Visit) -> Response:
    sign_out(visit.world, visit.session_id, by=visit.visitor.name, user_id=visit.visitor.user_id)
    response = visit.back("/sign-in", "signed_out")
    cookies.take_back(visit.request, response, cookies.SESSION)
    response.headers["clear-site-data"] = '"cache"'
    return response


def _form(guest: Guest, status: int, onward: str, error: DecisionError | None = None) -> Response:
    return guest.page("sign_in.html", status, onward=onward, name=guest.field("name"), error=error,
                      reachable=cookies.come_back(guest.request))  # fmt: skip


ROUTES = (
    opens("/sign-in", _ask),
    takes("/sign-in", _sign_in),
    does("/sign-out", _sign_out, needs="viewer"),
)
