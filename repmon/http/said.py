"""The short reason in a site's error answer, without anything that could be a secret."""

import re
from typing import Any

from repmon.http.answer import Answer
from repmon.http.strict_json import NotJson, parse

LONGEST = 160

_PLACES = ("error_description", "message", "detail", "description", "title", "error", "errors", "status", "code")
_OPAQUE = re.compile(r"[\w.~+/=%-]{20,}")  # keys, tokens and addresses; words are shorter
_SHORTEST_SECRET = 4
_THROTTLED = (4, 17, 32, 613)
"""Meta's codes for too many requests, https://developers.facebook.com/docs/graph-api/overview/rate-limiting."""
_USED_UP = frozenset(("dailyLimitExceeded", "quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded"))
"""Google's reasons, https://developers.google.com/youtube/v3/docs/core_errors."""


def said(answer: Answer, secrets: list[str]) -> str:
    """What the JSON of an error answer says in words; "" for HTML, or when it says nothing.

    Sites echo what they were sent ("API key … is not valid"), so `secrets` and everything long and opaque are hidden.
    """
    try:
        words = _words(parse(answer.text()), depth=4)
    except NotJson:
        return ""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            words = words.replace(secret, "***")
    shown = "".join(char if char.isprintable() else " " for char in _OPAQUE.sub("***", words))
    return shown.strip()[:LONGEST]


def code_of(answer: Answer) -> str:
    """The `error` of a JSON object, where it is a text; "" otherwise."""
    try:
        found = parse(answer.text())
    except NotJson:
        return ""
    error = found.get("error") if isinstance(found, dict) else None
    return error if isinstance(error, str) else ""


def throttled(answer: Answer) -> bool:
    """Whether it is a Graph API's or Google's "too many requests", which has another status than 429."""
    try:
        found = parse(answer.text())
    except NotJson:
        return False
    error = found.get("error") if isinstance(found, dict) else None
    if not isinstance(error, dict):
        return False
    return (error.get("type") == "OAuthException" and error.get("code") in _THROTTLED) or _is_used_up(error)


def _is_used_up(error: dict[str, Any]) -> bool:
    match error:
        case {"errors": [{"reason": str(reason)}, *_]}:
            return reason in _USED_UP
    return False


def _words(found: Any, depth: int) -> str:
    """The first text in the places where APIs put their reason."""
    if isinstance(found, str):
        return found
    if depth == 0:
        return ""
    if isinstance(found, list):
        return _words(found[0], depth - 1) if found else ""
    if isinstance(found, dict):
        texts = (_words(found[place], depth - 1) for place in _PLACES if place in found)
        return next((text for text in texts if text), "")
    return ""
