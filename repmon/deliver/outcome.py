"""What became of an attempt, read from Apprise's result: nothing, or a DeliveryError that names the reason.

Apprise keeps status codes and exceptions only in the log lines of its result; these are read for known shapes, and
no line is passed on as it is: they hold addresses with tokens, and servers that echo the message.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from repmon.errors import DeliveryError
from repmon.steps.plain import one_line

if TYPE_CHECKING:
    from apprise import AppriseResult

_STATUS = re.compile(r"error=(\d{3})\b")
_MAIL_ANSWER = re.compile(r"\((\d{3}), b(['\"])(.*?)\2[,)]", re.DOTALL)
_ANSWER_WORD = re.compile(r'"(?:error|code|error_code)"\s*:\s*"([a-z][a-z_]{2,39})"')
_SECRET_PARTS = re.compile(r"[/:@?&=,;+]+")

_TRY_AGAIN = frozenset({408, 423, 425, 429})
_REFUSALS = frozenset({
    "account_inactive", "channel_not_found", "invalid_auth", "is_archived", "missing_scope", "no_permission",
    "not_authed", "not_in_channel", "org_login_required", "restricted_action", "token_expired", "token_revoked",
})  # fmt: skip
"""Slack answers 200 to these (https://docs.slack.dev/reference/methods/chat.postMessage, "Errors")."""

_I = re.IGNORECASE
_CONNECTION = (
    ("delivery_dns", re.compile(r"NameResolution|Name or service not known|getaddrinfo|nodename nor|Errno -[235]\b")),
    ("delivery_proxy", re.compile(r"ProxyError|Tunnel connection failed")),
    ("delivery_tls", re.compile(r"SSLError|SSLCert|CERTIFICATE_VERIFY|certificate verify|WRONG_VERSION_NUMBER")),
    ("delivery_timeout", re.compile(r"timed out|Timeout", _I)),
    ("delivery_cut", re.compile(r"reset by|Disconnected|aborted|unexpectedly closed|IncompleteRead|broken pipe", _I)),
    ("delivery_unreachable", re.compile(r"NewConnectionError|refused|unreachable|No route", _I)),
)  # fmt: skip

_ECHO = 16
"""So many characters of the message in a row are taken for an echo of it."""


def why_not(result: "AppriseResult", url: str, message: str, timeout: float) -> DeliveryError | None:
    """Return None when the message was taken, else the reason it was not, free of the address and of the message."""
    with result:
        if result:
            return None
        timed_out = any(one.status.name == "TIMEOUT" for one in result)
        entries = [(entry.level, entry.message) for entry in result.logs()]
    if timed_out:
        return DeliveryError("delivery_timeout", seconds=f"{timeout:g}")
    lines = "\n".join(text for _, text in entries)

    def clean(text: str) -> str:
        return _without_echo(_without_secrets(text, url), message)

    return _by_mail(lines, clean) or _by_status(lines) or _by_connection(lines, timeout) or _by_word(entries, clean)


def _by_mail(lines: str, clean: Callable[[str], str]) -> DeliveryError | None:
    """A mail server's answer: 5yz is final, 4yz is for now (RFC 5321 §4.2.1)."""
    found = _MAIL_ANSWER.search(lines)
    if not found:
        return None
    status, answer = int(found[1]), one_line(clean(found[3].replace("\\r", "").replace("\\n", " ")), 200)
    permanent = status >= 500  # noqa: PLR2004 - RFC 5321's own figure
    code = "delivery_mail_refused" if permanent else "delivery_mail_busy"
    return DeliveryError(code, permanent=permanent, status=status, answer=answer)


def _by_status(lines: str) -> DeliveryError | None:
    """An HTTP status: of 4xx only the ones that ask for patience are worth another attempt (RFC 9110 §15.5)."""
    found = _STATUS.search(lines)
    if not found:
        return None
    status, word = int(found[1]), _ANSWER_WORD.search(lines)
    answer = word[1] if word else ""
    if status < 300:  # noqa: PLR2004 - taken by HTTP, refused inside
        code = "delivery_refused_because" if answer else "delivery_refused"
        return DeliveryError(code, permanent=answer in _REFUSALS, status=status, answer=answer)
    if status < 400:  # noqa: PLR2004 - portals of guest networks answer so, for a while
        return DeliveryError("delivery_redirected", status=status)
    if status >= 500:  # noqa: PLR2004
        return DeliveryError("delivery_ill", status=status)
    if status in _TRY_AGAIN:
        return DeliveryError("delivery_busy", status=status)
    code = "delivery_refused_because" if answer else "delivery_refused"
    return DeliveryError(code, permanent=True, status=status, answer=answer)


def _by_connection(lines: str, timeout: float) -> DeliveryError | None:
    for code, shape in _CONNECTION:
        if shape.search(lines):
            return DeliveryError(code, seconds=f"{timeout:g}") if code == "delivery_timeout" else DeliveryError(code)
    return None


def _by_word(entries: list[tuple[str, str]], clean: Callable[[str], str]) -> DeliveryError:
    """Something only this service does: the last thing Apprise warned of."""
    warned = [text for level, text in entries if level in {"WARNING", "ERROR", "CRITICAL"}]
    reason = one_line(clean(warned[-1]), 160) if warned else ""
    return DeliveryError("delivery_failed", reason=reason) if reason else DeliveryError("delivery_failed_unexplained")


def _without_secrets(text: str, url: str) -> str:
    for secret in sorted({part for part in _SECRET_PARTS.split(url) if len(part) > 3}, key=len, reverse=True):  # noqa: PLR2004
        text = text.replace(secret, "…")
    return text


def _without_echo(text: str, message: str) -> str:
    at = 0
    while at <= len(text) - _ECHO:
        if text[at : at + _ECHO] not in message:
            at += 1
            continue
        end = at + _ECHO
        while end < len(text) and text[at : end + 1] in message:
            end += 1
        text = f"{text[:at]}…{text[end:]}"
        at += 1
    return text
