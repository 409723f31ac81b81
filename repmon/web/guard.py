"""What holds for every request and every answer: known hosts, believed proxies, small bodies, careful headers."""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from repmon.web.addresses import Addresses
from repmon.wording import say

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}
"""`same-origin` and not `no-referrer`: with the latter browsers send `Origin: null` along with our own forms."""
TRANSPORT = "max-age=31536000"


class Headed:
    """Puts the careful headers on every answer; pages are kept by nobody."""

    def __init__(self, app: ASGIApp, *, addresses: Addresses) -> None:
        self.app = app
        self.headers = dict(HEADERS)
        if addresses.public_is_secure:
            self.headers["strict-transport-security"] = TRANSPORT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to the head of its answer."""

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                headers.setdefault("vary", "Cookie, HX-Request")
            await send(message)

        await self.app(scope, receive, headed)


class Hosted:
    """Answers only to our own names: a page of another site that resolves to this address learns nothing.

    Behind a proxy named in `[web] trusted_proxies`, the visitor's address and whether it came over https are what the
    nearest of them says (`X-Forwarded-For`, `X-Forwarded-Proto`); from anybody else these headers mean nothing.
    """

    def __init__(self, app: ASGIApp, *, addresses: Addresses) -> None:
        self.app, self.addresses = app, addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a foreign host; else pass the request on with the visitor's own address."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or not self.addresses.knows(headers["host"]):
            await PlainTextResponse(say("web_unknown_host") + "\n", 400)(scope, receive, send)
            return
        peer = scope["client"][0] if scope.get("client") else ""
        if self.addresses.trusts(peer):
            hops = [hop.strip() for hop in ",".join(headers.getlist("x-forwarded-for")).split(",") if hop.strip()]
            scope["client"] = (self._visitor(hops, peer), 0)
            if headers.get("x-forwarded-proto") in {"http", "https"}:
                scope["scheme"] = headers["x-forwarded-proto"]
        await self.app(scope, receive, send)

    def _visitor(self, hops: Iterable[str], peer: str) -> str:
        """The last hop that is not a proxy of ours: what stands before it was written by the visitor."""
        return next((hop for hop in reversed(list(hops)) if not self.addresses.trusts(hop)), peer)
