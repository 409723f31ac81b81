"""Asking only for what changed: ETag and Last-Modified (RFC 9110 §13), kept for the next read of the same thing."""

import hashlib
from collections.abc import Mapping

from repmon.connector import Auth
from repmon.http.answer import Answer
from repmon.http.call import Call
from repmon.http.grants import name_of

_SENT_AS = {"etag": "if-none-match", "last_modified": "if-modified-since"}


def mark(call: Call, auth: Auth | None) -> str:
    """What was asked, as a fingerprint: an address may hold a key, and who asks decides what the answer is.

    Without the access token, which is another one every hour.
    """
    who = (name_of(auth),) if auth else ()
    asked = (str(call.url), *sorted(f"{name.lower()}: {value}" for name, value in call.headers.items()), *who)
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()


def conditions(validators: Mapping[str, str], asked: str) -> dict[str, str]:
    """The headers that make a request conditional, if the validators are for the same thing."""
    if validators.get("url") != asked:
        return {}
    return {header: validators[name] for name, header in _SENT_AS.items() if validators.get(name)}


def validators_of(answer: Answer, asked: str) -> dict[str, str]:
    """What the site gave to ask with next time: {"url", "etag", "last_modified"}, {} when it gave nothing."""
    given = {"etag": answer.headers.get("etag"), "last_modified": answer.headers.get("last-modified")}
    kept = {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}
    return {"url": asked, **kept} if kept else {}
