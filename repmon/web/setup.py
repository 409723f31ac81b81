"""The first visit: with the code from the log, the owner makes the first account."""

from starlette.responses import RedirectResponse, Response

from repmon.desk.passwords import SHORTEST
from repmon.desk.setting_up import is_set_up, set_up
from repmon.desk.signing_in import TooManyTries, open_session
from repmon.errors import DecisionError
from repmon.web import cookies
from repmon.web.addresses import visitor_address
from repmon.web.device import described
from repmon.web.routing import opens, takes
from repmon.web.visit import Guest


def _ask(guest: Guest) -> Response:
    if is_set_up(guest.world):
        return guest.back("/sign-in", "setup_done")
    return _form(guest, 200)


def _set_up(guest: Guest) -> Response:
    if is_set_up(guest.world):
        return guest.back("/sign-in", "setup_done")
    if guest.field("password") != guest.field("again"):
        return _form(guest, 422, DecisionError("password_differs"))
    address = visitor_address(guest.request)
    try:
        user = set_up(guest.world, guest.field("code"), guest.field("name"), guest.field("password"), address=address)
    except TooManyTries as error:
        return _form(guest, 429, error)
    except DecisionError as error:
        return _form(guest, 422, error)
    opened = open_session(guest.world, user, address=address, remember=False,
                          device=described(guest.request.headers.get("user-agent", "")))  # fmt: skip
    response = RedirectResponse("/", 303)
    cookies.give(guest.request, response, cookies.SESSION, opened.secret, None)
    return response


def _form(guest: Guest, status: int, error: DecisionError | None = None) -> Response:
    return guest.page("set_up.html", status, error=error, code=guest.field("code"), name=guest.field("name"),
                      shortest=SHORTEST, reachable=cookies.come_back(guest.request))  # fmt: skip


ROUTES = (opens("/setup", _ask), takes("/setup", _set_up))
