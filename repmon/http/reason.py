"""Why a site says no, where it says so exactly: a consent that does not cover it, a service that is not switched on.

Google: https://cloud.google.com/apis/design/errors#error_info. All others: RFC 6750 §3.1.
"""

from typing import Any

from repmon.http.answer import Answer
from repmon.http.strict_json import NotJson, parse

_FORBIDDEN, _TOO_MANY = 403, 429
_SCOPE = ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficient_scope")
_DISABLED = ("SERVICE_DISABLED", "accessNotConfigured")


def reason_of(answer: Answer) -> str:
    """`scope_missing`, `service_disabled` or `quota_zero`; "" where the answer says nothing of the kind."""
    if answer.status == _FORBIDDEN:
        given = {*_reasons(answer), _challenge(answer)}
        return "scope_missing" if given & {*_SCOPE} else "service_disabled" if given & {*_DISABLED} else ""
    if answer.status == _TOO_MANY and any(_limit(each) == "0" for each in _details(answer)):
        return "quota_zero"
    return ""


def _challenge(answer: Answer) -> str:
    return "insufficient_scope" if "insufficient_scope" in answer.headers.get("www-authenticate", "") else ""


def _reasons(answer: Answer) -> set[str]:
    return {str(each.get("reason", "")) for each in _details(answer)}


def _details(answer: Answer) -> list[dict[str, Any]]:
    """The objects in which Google explains an error: `details` of the new form, `errors` of the old one."""
    try:
        found = parse(answer.text())
    except NotJson:
        return []
    error = found.get("error") if isinstance(found, dict) else None
    if not isinstance(error, dict):
        return []
    lists = [error.get(name) for name in ("details", "errors")]
    return [each for some in lists if isinstance(some, list) for each in some if isinstance(each, dict)]


def _limit(detail: dict[str, Any]) -> str | None:
    metadata = detail.get("metadata")
    return str(metadata.get("quota_limit_value")) if isinstance(metadata, dict) else None
