"""When a site that limits its callers is asked again: by whichever header or words it says so."""

import json

import pytest

from repmon.errors import SourceBusy, SourceRefused
from tests.http.conftest import NOW
from tests.http.peer import in_turn, says

IN_TWO_HOURS = "2026-05-04T14:00:00+00:00"
USED_UP = json.dumps({"error": {"code": "ACCESS_LIMIT_REACHED", "description": "Come back later."}})


def busy(site, read, *answers: bytes) -> SourceBusy:
    peer = site(in_turn(*answers))
    with pytest.raises(SourceBusy) as caught:
        read.get(peer.url)
    assert caught.value.code == "too_many_requests"
    return caught.value


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"ratelimit_resettime": IN_TWO_HOURS, "ratelimit_remaining": "0"}, 7201),
        ({"ratelimit_resettime": IN_TWO_HOURS}, 7201),
        ({"ratelimit_resettime": IN_TWO_HOURS, "ratelimit_remaining": "9", "ratelimit_resourceremaining": "0"}, 7201),
        ({"x_ratelimit_reset": "2026-05-04T14:00:00.374098Z", "x_ratelimit_remaining": "0"}, 7201.4),
        ({"x_ratelimit_reset": "431", "x_ratelimit_remaining": "0.0"}, 431),
        ({"ratelimit_reset": str(int(NOW.timestamp()) + 600), "ratelimit_remaining": "0"}, 600),
        ({"ratelimit_resettime": "2026-05-09T00:00:00Z"}, 6 * 3600),
        ({"retry_after": "900", "ratelimit_resettime": IN_TWO_HOURS}, 900),
    ],
)
def test_an_allowance_that_is_used_up_says_when_it_is_renewed(site, read, headers, seconds):
    assert busy(site, read, says(USED_UP, 429, **headers)).retry_after == pytest.approx(seconds, abs=0.1)


def test_a_renewal_is_no_matter_where_something_is_left_of_the_allowance(site, read, hands):
    """A site that was asked too fast for a second still says when its day ends."""
    peer = site(in_turn(says("", 429, ratelimit_resettime=IN_TWO_HOURS, ratelimit_remaining="187"), says()))
    assert read.get(peer.url).json() == {"ok": True}
    assert sum(hands.slept) < 5


@pytest.mark.parametrize("given", ["soon", "", "-5", "2026-13-45", "9" * 30, "١٢"])
def test_a_time_that_is_none_is_as_good_as_no_time(site, read, given):
    assert busy(site, read, says("", 429, x_ratelimit_reset=given.encode().decode("latin-1"))).retry_after is None


def test_a_pause_spelt_out_in_a_refusal_is_kept(site, read):
    said = {"error_id": 502, "error_name": "throttle_violation",
            "error_message": "too many requests from this IP, more requests available in 4321 seconds"}  # fmt: skip
    assert busy(site, read, says(json.dumps(said), 400)).retry_after == 4322


def test_another_refusal_of_the_same_site_stays_one(site, read):
    peer = site(in_turn(says(json.dumps({"error_id": 400, "error_name": "bad_parameter"}), 400)))
    with pytest.raises(SourceRefused):
        read.get(peer.url)


def test_a_day_that_ends_is_no_reason_to_wait_where_the_answer_is_good(site, read):
    peer = site(in_turn(says(ratelimit_resettime=IN_TWO_HOURS, ratelimit_remaining="0")))
    assert read.get(peer.url).json() == {"ok": True}
