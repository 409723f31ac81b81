"""Patience that a site asks for inside a good answer: kept by the next request, and by nothing else."""

import pytest

from repmon.errors import SourceBusy
from tests.http.peer import in_turn, says


def test_the_next_request_waits_and_the_read_goes_on(site, read, hands):
    peer = site(in_turn(says()))
    read.get(peer.url)
    read.rest(41)
    assert sum(hands.slept) < 1
    read.get(peer.url)
    assert 40 <= sum(hands.slept) <= 42
    read.get(peer.url)
    assert sum(hands.slept) <= 43


def test_a_long_rest_ends_the_read_at_the_next_request_and_the_source_waits(site, read, hands):
    peer = site(in_turn(says()))
    read.get(peer.url)
    read.rest(600)
    with pytest.raises(SourceBusy) as caught:
        read.get(peer.url)
    assert caught.value.retry_after == 600
    assert len(peer.asked) == 1
    assert sum(hands.slept) < 1
