"""What we use of a feed's entries, with ids worth keeping and links worth following."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

LONGEST_ID = 512


def plain(entry: Any, home: str) -> dict[str, Any]:
    """One of feedparser's entries in types that JSON knows; relative links are taken from the feed's home page.

    `found` is the address inside a Google Alerts link, else None.
    """
    content = (entry.get("content") or [{"value": entry.get("summary")}])[0]
    link = urljoin(home, entry.get("link") or "")
    found = _inside(link)
    return {
        "guid": entry.get("id") or "",
        "link": _followable(found or link),
        "found": found,
        "title": entry.get("title"),
        "text": content.get("value"),
        "author": entry.get("author") or None,
        "language": content.get("language"),
        "published": _six(dict.get(entry, "published_parsed")),  # feedparser's own `get` gives one for the other
        "updated": _six(dict.get(entry, "updated_parsed")),
    }


def identified(entries: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each entry with an `id`: its own, unless missing or shared; else its link, on the same terms; else a hash.

    Google Alerts list one article again under a new id: of several entries for one article only the oldest counts.
    """
    guids, links = (Counter(entry[key] for entry in entries) for key in ("guid", "link"))
    oldest = {entry["found"]: entry for entry in entries}
    seen = set()
    for entry in entries:
        if entry["found"] and oldest[entry["found"]] is not entry:
            continue
        guid, link = entry["guid"], entry["link"]
        name = guid if guids[guid] == 1 else ""
        name = name or (link if link and links[link] == 1 else "")
        if not name or len(name) > LONGEST_ID:
            name = _hash(name or guid, link or "", entry["title"] or "", "" if name else entry["text"] or "")
        if name not in seen:
            seen.add(name)
            yield {**entry, "id": name}


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _inside(link: str) -> str | None:
    """Find the address that a google.com/url address leads to."""
    parts = urlsplit(link)
    host = parts.hostname or ""
    if parts.path != "/url" or not (host == "google.com" or host.startswith("www.google.")):
        return None
    query = parse_qs(parts.query)
    found = query.get("url") or query.get("q")
    return found[0] if found else None


def _followable(link: str) -> str | None:
    """Drop what is no web address: a feed may carry `javascript:` and `data:` links."""
    return link if link.lower().startswith(("http://", "https://")) else None


def _six(parsed: Any) -> list[int] | None:
    """Year to second, in UTC, as feedparser read them."""
    return list(parsed[:6]) if parsed else None
