"""A site is asked only for what changed, and 304 means: known, unchanged."""

import pytest

from repmon.errors import SourceChanged
from repmon.http import Unchanged
from tests.http.peer import in_turn, says

MODIFIED = "Mon, 04 May 2026 10:00:00 GMT"


def first_validators(make_client, url, **headers):
    read = make_client().read(calls_per_second=1000)
    read.get(url, headers=headers)
    return read.validators


def test_a_page_that_did_not_change_is_not_read_again(site, make_client):
    peer = site(in_turn(says(etag='"v1"', last_modified=MODIFIED), says("", 304)))
    known = first_validators(make_client, peer.url)
    read = make_client().read(calls_per_second=1000, validators=known)
    with pytest.raises(Unchanged):
        read.get(peer.url)
    assert peer.asked[1].headers["if-none-match"] == '"v1"'
    assert peer.asked[1].headers["if-modified-since"] == MODIFIED
    assert read.validators == known
    assert read.requests == 1


def test_a_page_that_changed_brings_new_validators(site, make_client):
    peer = site(in_turn(says(etag='"v1"'), says(etag='W/"v2"')))
    known = first_validators(make_client, peer.url)
    read = make_client().read(calls_per_second=1000, validators=known)
    assert read.get(peer.url).status == 200
    assert read.validators["etag"] == 'W/"v2"'
    assert read.validators["url"] == known["url"]


def test_only_the_first_get_of_a_read_is_conditional(site, make_client):
    peer = site(in_turn(says(etag='"v1"')))
    known = first_validators(make_client, peer.url)
    read = make_client().read(calls_per_second=1000, validators=known)
    read.get(peer.url)
    read.get(peer.url)
    assert ["if-none-match" in asked.headers for asked in peer.asked] == [False, True, False]


@pytest.mark.parametrize("change", ["another page", "another account"])
def test_validators_of_something_else_are_not_sent(site, make_client, change):
    peer = site(in_turn(says(etag='"v1"')))
    known = first_validators(make_client, peer.url, authorization="Bearer one")
    read = make_client().read(calls_per_second=1000, validators=known)
    if change == "another page":
        read.get(peer.url + "/?page=2", headers={"authorization": "Bearer one"})
    else:
        read.get(peer.url, headers={"authorization": "Bearer two"})
    assert "if-none-match" not in peer.asked[1].headers


def test_without_validators_nothing_is_asked_conditionally_and_304_is_a_change(site, read):
    peer = site(in_turn(says("", 304)))
    with pytest.raises(SourceChanged, match="304"):
        read.get(peer.url)
    assert "if-none-match" not in peer.asked[0].headers


def test_a_site_that_gives_no_validators_leaves_none(site, read):
    read.get(site(in_turn(says())).url)
    assert read.validators == {}


def test_a_failed_read_leaves_no_validators(site, read):
    with pytest.raises(SourceChanged):
        read.get(site(in_turn(says("", 418, etag='"v1"'))).url)
    assert read.validators == {}


def test_validators_do_not_hold_the_address_with_its_key(site, make_client):
    peer = site(in_turn(says(etag='"v1"')))
    known = first_validators(make_client, peer.url + "/?key=s3cret", authorization="Bearer s3cret-too")
    assert "s3cret" not in str(known)
    assert known == first_validators(make_client, peer.url + "/?key=s3cret", authorization="Bearer s3cret-too")


def test_conditions_do_not_follow_to_another_origin(site, make_client):
    other = site(in_turn(says()))
    peer = site(in_turn(says(etag='"v1"'), says("", 302, location=other.url)))
    known = first_validators(make_client, peer.url)
    make_client().read(calls_per_second=1000, validators=known).get(peer.url)
    assert "if-none-match" not in other.asked[0].headers


def test_a_hostile_validator_is_not_kept(site, read):
    read.get(site(in_turn(says(etag='"caf\xe9"', last_modified="x\ty"))).url)
    assert read.validators == {}
