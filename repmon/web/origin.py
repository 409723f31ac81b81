"""Whether a form comes from a page of ours: its token, and what the browser says of where it was sent from.

The token is the synchroniser token of OWASP's CSRF cheat sheet; the browser's word (`Origin`, `Sec-Fetch-Site`) is the
second lock, for a token that leaked. A browser that says nothing of it is judged by the token alone.
"""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from repmon.web.place import place_of
from repmon.web.visit import Form

FIELD, HEADER = "csrf", "x-csrf-token"


def refusal(request: Request, form: Form, token: str) -> str:
    """Why this form is not taken (a code of `repmon.wording`), "" when it is ours."""
    if not _same_site(request):
        return "web_other_site"
    given = form.get(FIELD) or request.headers.get(HEADER, "")
    if not token or not isinstance(given, str) or not hmac.compare_digest(given.encode(), token.encode()):
        return "web_form_too_old"
    return ""


def _same_site(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    asked = request.headers.get("host", "").lower()
    return host != "" and host in {asked, place_of(request).addresses.public_host}
