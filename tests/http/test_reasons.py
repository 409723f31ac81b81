"""A site that says exactly why it says no is understood: scope, service, quota."""

import json

import pytest

from repmon.errors import SourceBusy, SourceRefused
from tests.http.peer import says


def google(code, status, **detail):
    error = {"code": code, "message": "No.", "status": status, "details": [{"@type": "ErrorInfo", **detail}]}
    return json.dumps({"error": error})


CASES = [
    (403, google(403, "PERMISSION_DENIED", reason="SERVICE_DISABLED"), "service_disabled"),
    (403, google(403, "PERMISSION_DENIED", reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT"), "scope_missing"),
    (403, '{"error": {"errors": [{"reason": "accessNotConfigured"}]}}', "service_disabled"),
    (429, google(429, "RESOURCE_EXHAUSTED", metadata={"quota_limit_value": "0"}), "quota_zero"),
    (403, google(403, "PERMISSION_DENIED", reason="USER_BLOCKED"), "access_refused"),
    (403, '{"error": {"details": [1, null], "errors": "x"}}', "access_refused"),
    (403, "[]", "access_refused"),
    (404, "{}", "not_there"),
]


@pytest.mark.parametrize(("status", "body", "code"), CASES)
def test_the_reason_is_named(site, read, status, body, code):
    peer = site(lambda _asked, _socket: says(body, status))
    with pytest.raises(SourceRefused) as caught:
        read.get(peer.url)
    assert caught.value.code == code


def test_a_scope_is_missing_by_the_standard_too(site, read):
    head = b'HTTP/1.1 403 No\r\nwww-authenticate: Bearer error="insufficient_scope"\r\ncontent-length: 0\r\n\r\n'
    peer = site(lambda _asked, _socket: head)
    with pytest.raises(SourceRefused) as caught:
        read.get(peer.url)
    assert caught.value.code == "scope_missing"


def test_a_limit_that_is_merely_reached_is_waited_for(site, read):
    body = google(429, "RESOURCE_EXHAUSTED", metadata={"quota_limit_value": "300"})
    peer = site(lambda _asked, _socket: says(body, 429, retry_after="900"))
    with pytest.raises(SourceBusy):
        read.get(peer.url)
