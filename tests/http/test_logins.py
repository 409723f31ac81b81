"""Every kind of login becomes the bearer token a site wants, is kept while good, and is renewed once when refused."""

import json
from base64 import b64decode, urlsafe_b64encode
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pydantic import SecretStr

from repmon.connector import ClientCredentials, Login, OAuth, SignedToken
from repmon.errors import SourceRefused
from repmon.http import Token
from tests.http.conftest import NOW
from tests.http.peer import says


def _pem(key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


ELLIPTIC = ec.generate_private_key(ec.SECP256R1())
RIVEST = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Doors:
    """Gives out tokens by `hand`, and shows its reviews to whoever brings the last one."""

    def __init__(self, hand) -> None:
        self.hand = hand
        self.given = 0
        self.bearers: list[str] = []
        self.asked: list = []
        self.good = ""
        self.no = says("no", 401)

    def __call__(self, asked, _socket) -> bytes:
        if asked.target != "/":
            self.asked.append(asked)
            self.given += 1
            return self.hand(asked, self)
        self.bearers.append(asked.headers["authorization"].removeprefix("Bearer "))
        return says('{"reviews": []}') if self.bearers[-1] == self.good or not self.good else self.no


def hands_out(asked, doors) -> bytes:
    doors.good = f"t{doors.given}"
    return says(json.dumps({"access_token": doors.good, "expires_in": 3600}))


def session(asked, doors) -> bytes:
    """A session as the AT Protocol opens it: a JWT that ends in two hours, and one to refresh it with."""
    claims = urlsafe_b64encode(json.dumps({"exp": NOW.timestamp() + 7200, "n": doors.given}).encode()).decode()
    doors.good = f"head.{claims.rstrip('=')}.sign"
    return says(json.dumps({"accessJwt": doors.good, "refreshJwt": f"refresh-{doors.given}"}))


@pytest.fixture
def doors(site):
    def opened(hand=hands_out):
        made = Doors(hand)
        made.url = site(made).url
        return made

    return opened


def ask(client, doors, auth):
    return client.read(calls_per_second=1000).get(doors.url, auth=auth)


def test_an_application_shows_its_id_and_secret_by_basic_and_asks_for_a_token(doors, make_client):
    acme = doors()
    ask(make_client(), acme, ClientCredentials(acme.url + "/t", "app:1", SecretStr("s é"), scope="read"))
    basic = b64decode(acme.asked[0].headers["authorization"].removeprefix("Basic "))
    assert basic == b"app%3A1:s+%C3%A9"
    assert acme.asked[0].form == {"grant_type": "client_credentials", "scope": "read"}


def test_an_error_under_status_200_is_a_refusal(doors, make_client):
    acme = doors(lambda _asked, _doors: says('{"error": "unsupported_grant_type"}'))
    with pytest.raises(SourceRefused) as caught:
        ask(make_client(), acme, ClientCredentials(acme.url + "/t", "app", SecretStr("hush-hush")))
    assert (caught.value.code, caught.value.values["error"]) == ("token_refused", "unsupported_grant_type")


def test_a_token_signed_by_us_is_sent_as_it_is_and_renewed_before_its_end(doors, make_client, hands):
    acme = doors()
    auth = SignedToken("ES256", SecretStr(_pem(ELLIPTIC)), "KEY1", (("iss", "team"), ("aud", "store-v1")))
    client = make_client()
    for _ in range(2):
        ask(client, acme, auth)
    hands.now += timedelta(minutes=14)
    ask(client, acme, auth)
    first, again, later = acme.bearers
    claims = jwt.decode(first, ELLIPTIC.public_key(), ["ES256"], audience="store-v1", options={"verify_exp": False,
                        "verify_iat": False})  # fmt: skip
    assert jwt.get_unverified_header(first) == {"alg": "ES256", "kid": "KEY1", "typ": "JWT"}
    assert (claims["iss"], claims["exp"] - claims["iat"]) == ("team", 900)
    assert claims["iat"] <= NOW.timestamp()
    assert (first == again, first == later) == (True, False)


def test_a_token_signed_by_us_is_exchanged_where_the_site_wants_that(doors, make_client):
    acme = doors()
    auth = SignedToken("RS256", SecretStr(_pem(RIVEST).replace("\n", "\\n")), "", (("iss", "robot"),),
                       timedelta(hours=1), acme.url + "/t")  # fmt: skip
    client = make_client()
    for _ in range(2):
        ask(client, acme, auth)
    assert acme.bearers == ["t1", "t1"]
    form = acme.asked[0].form
    assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    options = {"verify_exp": False, "verify_iat": False}
    assert jwt.decode(form["assertion"], RIVEST.public_key(), ["RS256"], options=options)["iss"] == "robot"


@pytest.mark.parametrize("key", ["", "not a key", _pem(RIVEST), "-----BEGIN PRIVATE KEY-----\nAAAA"])
def test_a_key_that_cannot_sign_is_a_refusal_that_does_not_show_it(doors, make_client, key):
    acme = doors()
    with pytest.raises(SourceRefused) as caught:
        ask(make_client(), acme, SignedToken("ES256", SecretStr(key), "k", ()))
    assert caught.value.code == "key_unusable"
    assert not key or key not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_session_is_opened_once_and_refreshed_when_it_has_run_out(doors, make_client, hands):
    sky = doors(session)
    auth = Login(sky.url + "/open", "mila.example", SecretStr("app-pass"), refresh_url=sky.url + "/refresh")
    client = make_client()
    for hours in (0, 1, 1):
        hands.now += timedelta(hours=hours)
        ask(client, sky, auth)
    assert [each.target for each in sky.asked] == ["/open", "/refresh"]
    assert json.loads(sky.asked[0].body) == {"identifier": "mila.example", "password": "app-pass"}
    assert sky.asked[1].headers["authorization"] == "Bearer refresh-1"
    assert sky.asked[1].body == b""


def test_a_session_the_site_calls_expired_is_refreshed_once(doors, make_client):
    sky = doors(session)
    sky.no = says('{"error": "ExpiredToken", "message": "Token has expired"}', 400)
    auth = Login(sky.url + "/open", "mila.example", SecretStr("app-pass"), refresh_url=sky.url + "/refresh")
    client = make_client()
    ask(client, sky, auth)
    sky.good = "another one"
    assert ask(client, sky, auth).status == 200
    assert [each.target for each in sky.asked] == ["/open", "/refresh"]


def test_a_session_that_cannot_be_refreshed_is_opened_anew(doors, make_client, hands):
    def hand(asked, doors) -> bytes:
        return says('{"error": "ExpiredToken"}', 400) if asked.target == "/refresh" else session(asked, doors)

    sky = doors(hand)
    auth = Login(sky.url + "/open", "mila.example", SecretStr("app-pass"), refresh_url=sky.url + "/refresh")
    client = make_client()
    ask(client, sky, auth)
    hands.now += timedelta(days=1)
    sky.good = ""
    ask(client, sky, auth)
    assert [each.target for each in sky.asked] == ["/open", "/refresh", "/open"]


def test_a_wrong_password_is_a_refusal_asked_about_once(doors, make_client):
    sky = doors(lambda _a, _d: says('{"error": "AuthenticationRequired", "message": "app-pass is wrong"}', 401))
    with pytest.raises(SourceRefused) as caught:
        ask(make_client(), sky, Login(sky.url + "/open", "mila.example", SecretStr("app-pass")))
    assert caught.value.code == "token_refused"
    assert "app-pass" not in str(caught.value)
    assert len(sky.asked) == 1


class Shelf:
    """A vault that two processes share."""

    def __init__(self) -> None:
        self.kept: dict[str, Token] = {}

    def load(self, name: str) -> Token | None:
        return self.kept.get(name)

    def save(self, name: str, token: Token) -> None:
        self.kept[name] = token


def test_a_token_another_process_got_is_used_instead_of_asking(doors, make_client):
    acme, shelf = doors(), Shelf()
    auth = OAuth(acme.url + "/t", "c", SecretStr("s"), SecretStr("r"))
    for _ in range(2):
        ask(make_client(vault=shelf), acme, auth)
    assert acme.given == 1


def test_a_refresh_token_that_another_process_replaced_is_not_used_again(doors, make_client, hands):
    def rotating(asked, doors) -> bytes:
        if asked.form["refresh_token"] != f"r{doors.given - 1}":
            doors.given -= 1
            return says('{"error": "invalid_grant"}', 400)
        doors.good = f"t{doors.given}"
        return says(json.dumps({"access_token": doors.good, "refresh_token": f"r{doors.given}", "expires_in": 600}))

    acme, shelf = doors(rotating), Shelf()
    auth = OAuth(acme.url + "/t", "c", SecretStr("s"), SecretStr("r0"))
    daemon, command = make_client(vault=shelf), make_client(vault=shelf)
    for client in (daemon, command, daemon, command):
        ask(client, acme, auth)
        hands.now += timedelta(hours=1)
    assert [each.form["refresh_token"] for each in acme.asked] == ["r0", "r1", "r2", "r3"]


def test_the_vault_is_told_no_secret_by_the_name(doors, make_client):
    acme, shelf = doors(), Shelf()
    ask(make_client(vault=shelf), acme, OAuth(acme.url + "/t", "client", SecretStr("secret"), SecretStr("refresh")))
    name = next(iter(shelf.kept))
    assert not any(word in name for word in ("client", "secret", "refresh"))
    assert "t1" not in repr(shelf.kept[name])
