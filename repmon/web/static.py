"""The desk's own files: style, script, htmx. Each name carries a hash of what is in it, so it may be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"
SHOWN = 12
"""Hexadecimal digits of the hash that are put into a name."""


@cache
def path_of(name: str) -> str:
    """Where a browser finds a file: `/static/desk.0123456789ab.css`. KeyError when there is none of that name."""
    stem, dot, kind = name.rpartition(".")
    digest = hashlib.sha256(_files()[name]).hexdigest()[:SHOWN]
    return f"/static/{stem}.{digest}{dot}{kind}"


async def _serve(request: Request) -> Response:
    name = _names().get(request.url.path)
    if name is None:
        return Response("Not found\n", 404, media_type="text/plain")
    return Response(_files()[name], headers={"cache-control": FOREVER}, media_type=TYPES[Path(name).suffix])


@cache
def _files() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in FOLDER.iterdir() if file.suffix in TYPES}


@cache
def _names() -> dict[str, str]:
    return {path_of(name): name for name in _files()}


ROUTES = (Route("/static/{name}", _serve, methods=["GET"]),)
