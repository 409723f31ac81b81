"""The way to a next page: links on the same site only, for our secrets are sent along; tokens that lead on."""

from urllib.parse import urljoin, urlsplit

from repmon.connector import SourceChanged

_PORTS = {"http": 80, "https": 443}


def next_link(url: str, link: str) -> str:
    """The address a page's link leads to; SourceChanged where that is another site, or less protected."""
    found = urljoin(url, link)
    if _origin(found) != _origin(url):
        raise SourceChanged("next_elsewhere", host=urlsplit(found).hostname or "")
    return found


def once(token: str, seen: set[str]) -> str:
    """The token of the next page, remembered; SourceChanged where it was given before: that way leads in circles."""
    if token in seen:
        raise SourceChanged("page_token_repeats")
    seen.add(token)
    return token


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
