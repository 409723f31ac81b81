"""Addresses as text: what may be said of one without its secrets, and where a redirect may lead."""

import re
from collections.abc import Mapping

from repmon.errors import SourceChanged
from repmon.http.lean import httpx

_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
_LONGEST = 200
_KEPT_ELSEWHERE = ("accept", "user-agent")
_OPEN = ("http", "https")


def parsed(url: object, params: Mapping[str, str | int] | None = None) -> httpx.URL:
    """An absolute http(s) address with `params` added to its query; SourceChanged for anything else.

    The text often comes from the site (`next` links), so it may be no address at all.
    """
    try:
        made = httpx.URL(url)  # type: ignore[arg-type]  # TypeError is caught
        made = made.copy_merge_params(params) if params else made
    except (httpx.InvalidURL, TypeError, ValueError):
        raise SourceChanged("url_unusable", url=_bare(url)) from None
    if made.scheme not in _OPEN or not made.host:
        raise SourceChanged("url_unusable", url=spoken(made))
    return made


def spoken(url: httpx.URL) -> str:
    """The address without user, query and fragment, where secrets live; printable and short."""
    bare = str(url.copy_with(username=None, password=None, query=None, fragment=None))
    return _UNPRINTABLE.sub("?", bare)[:_LONGEST]


def _bare(text: object) -> str:
    """The same for a text that is no address."""
    start = str(text).partition("?")[0].partition("#")[0].rpartition("@")[2]
    return _UNPRINTABLE.sub("?", start)[:_LONGEST]


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port: who gets to see credentials (RFC 6454 §4)."""
    return url.scheme, url.host, url.port


def redirected(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads; SourceChanged when it leaves HTTP, leaves TLS, or brings a login along."""
    try:
        target = url.join(location)
    except (httpx.InvalidURL, ValueError):
        raise SourceChanged("redirect_refused", url=spoken(url), target=_bare(location)) from None
    open_to = ("https",) if url.scheme == "https" else _OPEN
    if target.scheme not in open_to or not target.host or target.userinfo:
        raise SourceChanged("redirect_refused", url=spoken(url), target=spoken(target))
    return target


def for_target(headers: Mapping[str, str], url: httpx.URL, target: httpx.URL) -> dict[str, str]:
    """The caller's headers that may go along: all on the same origin, none that could be a credential on another."""
    if origin(url) == origin(target):
        return dict(headers)
    return {name: value for name, value in headers.items() if name.lower() in _KEPT_ELSEWHERE}
