"""The pages for what the router itself refuses: no such page, wrong method, a form that is too large."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from repmon.web import admission
from repmon.web.place import place_of

CODES: Mapping[int, str] = {404: "web_not_found", 405: "web_not_found", 413: "web_too_large"}


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    headers = getattr(error, "headers", None)
    return await run_in_threadpool(_page, request, status, headers)


def _page(request: Request, status: int, headers: Mapping[str, str] | None) -> Response:
    with place_of(request).worlds.using() as world:
        guest, _fresh = admission.guest(request, world, {})
        response = guest.page("failed.html", status, code=CODES.get(status, "web_not_understood"), number="")
    response.headers.update(headers or {})
    return response


HANDLERS: Mapping[Any, Callable[[Request, Exception], Any]] = {HTTPException: _refused}
