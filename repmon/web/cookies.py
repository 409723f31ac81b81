"""The two cookies a browser gets: one names its session, one ties forms to it before anybody has signed in.

Secure unless the desk is asked for on this very machine, and then with the `__Host-` prefix of RFC 6265bis: no other
site, and no page over plain http, can set or change them.
"""

from starlette.requests import Request
from starlette.responses import Response

from repmon.web.addresses import is_loopback
from repmon.web.place import place_of

SESSION, BROWSER = "repmon_session", "repmon_browser"
_PREFIX = "__Host-"


def read(request: Request, name: str) -> str:
    """The value of one of our cookies, "" when it did not come."""
    return request.cookies.get(_full(request, name), "")


def give(request: Request, response: Response, name: str, value: str, seconds: int | None) -> None:
    """Set a cookie for so long; None: until the browser is closed."""
    response.set_cookie(
        _full(request, name), value, max_age=seconds, path="/", secure=is_secure(request), httponly=True,
        samesite="lax",
    )  # fmt: skip


def take_back(request: Request, response: Response, name: str) -> None:
    """Make the browser forget a cookie."""
    response.delete_cookie(
        _full(request, name), path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )  # fmt: skip


def is_secure(request: Request) -> bool:
    """Whether cookies of this request are for https only. Over plain http such a cookie does not come back."""
    return not is_loopback(request.headers.get("host", ""))


def come_back(request: Request) -> bool:
    """Whether the browser will send our cookies back: it is on this machine, or has reached us over https."""
    addresses = place_of(request).addresses
    host = request.headers.get("host", "").lower()
    by_https = request.url.scheme == "https" or (addresses.public_is_secure and host == addresses.public_host)
    return by_https or not is_secure(request)


def _full(request: Request, name: str) -> str:
    return _PREFIX + name if is_secure(request) else name
