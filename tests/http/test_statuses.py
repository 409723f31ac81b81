"""Which answer is a no, which may pass, and how long we wait."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from repmon.errors import SourceBusy, SourceChanged, SourceDown, SourceRefused
from repmon.http.retry import retry_after
from tests.http.conftest import NOW
from tests.http.peer import in_turn, says


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 407, 410, 451])
def test_a_no_is_refused_at_once(site, read, status):
    peer = site(in_turn(says("no", status)))
    with pytest.raises(SourceRefused) as caught:
        read.get(peer.url)
    assert caught.value.values["status"] == status
    assert len(peer.asked) == 1


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 504, 599])
def test_an_ill_site_is_asked_four_times_and_then_down(site, read, hands, status):
    peer = site(in_turn(says("ill", status)))
    with pytest.raises(SourceDown, match=str(status)):
        read.get(peer.url)
    assert len(peer.asked) == read.requests == 4
    assert sum(hands.slept) <= 1 + 2 + 4 + 0.1


@pytest.mark.parametrize("status", [206, 226, 300, 304, 406, 409, 418, 600, 999])
def test_a_status_nobody_expects_is_a_change(site, read, status):
    peer = site(in_turn(says("odd", status)))
    with pytest.raises(SourceChanged):
        read.get(peer.url)


def test_a_site_that_recovers_between_tries_is_read(site, read):
    peer = site(in_turn(says("", 500), says("", 502), says('{"n": 1}')))
    assert read.get(peer.url).json() == {"n": 1}
    assert read.requests == 3


def test_a_short_retry_after_is_waited_for(site, read, hands):
    peer = site(in_turn(says("", 429, retry_after="7"), says()))
    read.get(peer.url)
    assert 7.0 <= sum(hands.slept) <= 8.1


def test_a_long_retry_after_ends_the_read_at_once(site, read, hands):
    peer = site(in_turn(says("", 429, retry_after="3600")))
    with pytest.raises(SourceBusy) as caught:
        read.get(peer.url)
    assert caught.value.retry_after == 3600.0
    assert len(peer.asked) == 1
    assert sum(hands.slept) < 0.1


def test_a_closed_site_that_names_a_time_is_busy_and_not_down(site, read):
    peer = site(in_turn(says("", 503, retry_after="600")))
    with pytest.raises(SourceBusy) as caught:
        read.get(peer.url)
    assert caught.value.retry_after == 600.0


def test_too_many_requests_without_a_time_backs_off_and_is_busy(site, read, hands):
    peer = site(in_turn(says("", 429)))
    with pytest.raises(SourceBusy) as caught:
        read.get(peer.url)
    assert caught.value.retry_after is None
    assert len(peer.asked) == 4
    assert 0 < sum(hands.slept) <= 7.1


def test_other_reads_of_the_host_wait_too(site, make_client, hands):
    client = make_client()
    peer = site(in_turn(says("", 429, retry_after="19"), says("", 404), says()))
    with pytest.raises(SourceRefused):
        client.read(calls_per_second=1000.0).get(peer.url)
    assert 19 <= sum(hands.slept) <= 20.1


def test_a_refused_later_page_is_down_since_its_token_may_have_run_out(site, read):
    peer = site(in_turn(says(), says("", 400)))
    read.get(peer.url)
    with pytest.raises(SourceDown, match="later page"):
        read.get(peer.url)


def test_the_reason_a_site_gives_is_passed_on(site, read):
    said = '{"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}}'
    peer = site(in_turn(says(said, 403)))
    with pytest.raises(SourceRefused, match="The caller does not have permission"):
        read.get(peer.url)


def test_a_refusal_whose_body_never_ends_is_still_a_refusal(site, read):
    def script(_, connection):
        connection.sendall(b"HTTP/1.1 403 No\r\ncontent-length: 500\r\n\r\nsome")

    with pytest.raises(SourceRefused):
        read.get(site(script).url)


def at(seconds: float) -> str:
    return format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("0", 0.0),
        ("5", 5.0),
        (" 5 ", 5.0),
        ("1.5", 1.5),
        ("99999999", 21600.0),
        ("9" * 400, 21600.0),
        (at(30), 31.0),
        (at(-30), 0.0),
        (at(10**6), 21600.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0.0),
        ("-1", None),
        ("inf", None),
        ("nan", None),
        ("1e3", None),
        ("1_000", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("Mon, 99 Foo 2026 99:99:99 GMT", None),
        ("Mon, 04 May 99999 12:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_every_form_and_garbage_is_no_answer(given, seconds):
    assert retry_after(given, None, NOW) == seconds


def test_a_date_counts_from_the_sites_own_clock():
    theirs = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)
    then = format_datetime(theirs + timedelta(seconds=10), usegmt=True)
    assert retry_after(then, format_datetime(theirs, usegmt=True), NOW) == 11.0
