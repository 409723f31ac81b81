"""Access tokens: asked for once, kept while good, renewed once when refused, shared by all threads."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pydantic import SecretStr

from repmon.connector import OAuth
from repmon.errors import SourceBusy, SourceChanged, SourceDown, SourceRefused
from tests.http.peer import Asked, says


class Site:
    """A token endpoint that hands out t1, t2 …, and reviews for those who bring the latest token."""

    def __init__(self, grant: dict[str, object] | None = None) -> None:
        self.grant = {"expires_in": 3600} if grant is None else grant
        self.token_says: list[bytes] = []
        self.forms: list[dict[str, str]] = []
        self.tokens: set[str] = set()
        self.refusals = 0

    def __call__(self, asked: Asked, _: object) -> bytes:
        if asked.target == "/token":
            self.forms.append(asked.form)
            if self.token_says:
                return self.token_says.pop(0)
            self.tokens.add(f"t{len(self.forms)}")
            return says(json.dumps({"access_token": f"t{len(self.forms)}", **self.grant}))
        if asked.headers.get("authorization", "").removeprefix("Bearer ") in self.tokens:
            return says('{"reviews": []}')
        self.refusals += 1
        return says('{"error": "expired"}', 401)


@pytest.fixture
def acme():
    return Site()


@pytest.fixture
def peer(site, acme):
    return site(acme)


@pytest.fixture
def auth(peer):
    return OAuth(peer.url + "/token", "client-1", SecretStr("hush-client"), SecretStr("hush-refresh"))


def test_a_refresh_token_becomes_an_access_token(peer, acme, auth, read):
    assert read.get(peer.url, auth=auth).json() == {"reviews": []}
    assert acme.forms == [
        {"grant_type": "refresh_token", "client_id": "client-1", "client_secret": "hush-client",
         "refresh_token": "hush-refresh"}
    ]  # fmt: skip
    assert read.requests == 1


def test_a_token_is_kept_across_reads_until_shortly_before_its_end(peer, acme, auth, make_client, hands):
    client = make_client()
    for minutes in (0, 30, 58):
        hands.now += timedelta(minutes=minutes)
        client.read(calls_per_second=1000).get(peer.url, auth=auth)
        hands.now -= timedelta(minutes=minutes)
    assert len(acme.forms) == 1
    hands.now += timedelta(minutes=59, seconds=1)
    client.read(calls_per_second=1000).get(peer.url, auth=auth)
    assert len(acme.forms) == 2


@pytest.mark.parametrize(
    ("expires_in", "good_for", "gone_after"),
    [("3600", 3500, 3560), (3600.0, 3500, 3560), ("soon", 400, 601), (None, 400, 601), (-5, 400, 601), (0, 400, 601),
     (10, 4, 6), ("inf", 400, 601), (10**12, 80_000, 86_400)],
)  # fmt: skip
def test_a_lifetime_may_be_text_or_missing(expires_in, good_for, gone_after, *, peer, acme, auth, make_client, hands):
    acme.grant = {"expires_in": expires_in}
    client = make_client()
    for seconds, forms in ((0, 1), (good_for, 1), (gone_after - good_for, 2)):
        hands.now += timedelta(seconds=seconds)
        client.read(calls_per_second=1000).get(peer.url, auth=auth)
        assert len(acme.forms) == forms


def test_a_refused_token_is_renewed_once(peer, acme, auth, make_client):
    client = make_client()
    client.read(calls_per_second=1000).get(peer.url, auth=auth)
    acme.tokens.clear()
    assert client.read(calls_per_second=1000).get(peer.url, auth=auth).status == 200
    assert (len(acme.forms), acme.refusals) == (2, 1)


def test_a_token_refused_again_is_a_refusal(site, read):
    peer = site(lambda asked, _: says('{"access_token": "t"}') if asked.target == "/token" else says("", 401))
    auth = OAuth(peer.url + "/token", "c", SecretStr("s"), SecretStr("r"))
    with pytest.raises(SourceRefused, match="401"):
        read.get(peer.url, auth=auth)
    assert [asked.target for asked in peer.asked] == ["/token", "/", "/token", "/"]


def test_a_refused_write_is_sent_again_with_a_new_token(peer, acme, auth, make_client):
    client = make_client()
    client.read(calls_per_second=1000).get(peer.url, auth=auth)
    acme.tokens.clear()
    client.read(calls_per_second=1000).put(peer.url, json={"comment": "Thanks"}, auth=auth)
    assert [asked.method for asked in peer.asked] == ["POST", "GET", "PUT", "POST", "PUT"]


def test_a_consent_taken_back_is_said_as_such(peer, acme, auth, read):
    acme.token_says = [says('{"error": "invalid_grant", "error_description": "Token has been revoked."}', 400)]
    with pytest.raises(SourceRefused) as caught:
        read.get(peer.url, auth=auth)
    assert caught.value.code == "consent_revoked"
    assert len(peer.asked) == 1


@pytest.mark.parametrize("body", ['{"error": "invalid_client"}', "<html>", "[1]", '{"error": {"a": 1}}', ""])
@pytest.mark.parametrize("status", [400, 401, 403])
def test_any_other_no_of_the_token_endpoint_is_a_refusal(body, status, *, peer, acme, auth, read):
    acme.token_says = [says(body, status)]
    with pytest.raises(SourceRefused) as caught:
        read.get(peer.url, auth=auth)
    assert caught.value.code == "token_refused"


@pytest.mark.parametrize("body", ["{}", "[]", '{"access_token": ""}', '{"access_token": 5}', "<html>", '"t1"'])
def test_an_answer_without_a_token_is_a_change(body, peer, acme, auth, read):
    acme.token_says = [says(body)]
    with pytest.raises(SourceChanged):
        read.get(peer.url, auth=auth)


def test_an_ill_token_endpoint_is_asked_again(peer, acme, auth, read):
    acme.token_says = [says("", 500), b"", says("", 503, retry_after="1")]
    assert read.get(peer.url, auth=auth).status == 200
    assert len(acme.forms) == 4


@pytest.mark.parametrize(
    ("answer", "error"), [(says("", 500), SourceDown), (says("", 429, retry_after="900"), SourceBusy)]
)
def test_a_token_endpoint_that_stays_ill_is_not_a_refusal(answer, error, *, peer, acme, auth, read):
    acme.token_says = [answer] * 4
    with pytest.raises(error):
        read.get(peer.url, auth=auth)


def test_a_new_refresh_token_is_used_and_a_missing_one_keeps_the_old(peer, acme, auth, make_client, hands):
    client = make_client()
    for grant in ({"refresh_token": "second"}, {}, {"refresh_token": ""}):
        acme.grant = {"expires_in": 60, **grant}
        client.read(calls_per_second=1000).get(peer.url, auth=auth)
        hands.now += timedelta(hours=1)
    client.read(calls_per_second=1000).get(peer.url, auth=auth)
    assert [form["refresh_token"] for form in acme.forms] == ["hush-refresh", "second", "second", "second"]


def test_accounts_do_not_share_tokens(peer, acme, auth, make_client):
    client = make_client()
    other = OAuth(auth.token_url, auth.client_id, auth.client_secret, SecretStr("another account"))
    client.read(calls_per_second=1000).get(peer.url, auth=auth)
    client.read(calls_per_second=1000).get(peer.url, auth=other)
    assert [form["refresh_token"] for form in acme.forms] == ["hush-refresh", "another account"]


def test_threads_wait_for_one_renewal(peer, acme, auth, make_client):
    client = make_client()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: client.read(calls_per_second=1000).get(peer.url, auth=auth), range(12)))
    assert len(acme.forms) == 1


def test_a_token_endpoint_in_the_private_network_is_refused(peer, auth, make_client):
    client = make_client(allow=[])
    with pytest.raises(SourceRefused, match="no public address"):
        client.read(calls_per_second=1000).get("https://reviews.example/", auth=auth)
    assert peer.asked == []


def test_the_budget_does_not_count_token_calls(peer, auth, make_client):
    read = make_client().read(calls_per_second=1000, budget=1)
    assert read.get(peer.url, auth=auth).status == 200
    assert read.requests == 1
