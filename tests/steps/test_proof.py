"""Signatures in the forms in use, times that are too old, secrets that change, and everything a forger might try."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from repmon.connector import Proof
from repmon.steps.proof import event_digest, unproven

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KEY, BODY = "made-up-secret-of-some-length", b'{"id": 1}\n'
SECRETS = (SecretStr("another-secret-entirely"), SecretStr(KEY))
STANDARD_KEY = b"0123456789abcdef0123"


def mac(body: bytes = BODY, digest: str = "sha256", key: bytes = KEY.encode()) -> bytes:
    return hmac.new(key, body, getattr(hashlib, digest)).digest()


def stripe(at: datetime, body: bytes = BODY) -> dict[str, str]:
    stamp = int(at.timestamp())
    return {"stripe-signature": f"t={stamp},v0=00,v1={mac(f'{stamp}.'.encode() + body).hex()}"}


def standard(at: datetime, name: str = "msg_1") -> dict[str, str]:
    stamp = int(at.timestamp())
    signed = base64.b64encode(mac(f"{name}.{stamp}.".encode() + BODY, key=STANDARD_KEY)).decode()
    return {"webhook-id": name, "webhook-timestamp": str(stamp), "webhook-signature": f"v2,xx v1,AAAA v1,{signed}"}


STRIPE = Proof(SECRETS, by="stripe", header="stripe-signature")
STANDARD = Proof((SecretStr("whsec_" + base64.b64encode(STANDARD_KEY).decode()),), by="standard")


@pytest.mark.parametrize(("proof", "headers"), [
    (Proof(SECRETS), {"x-repmon-signature": "sha256=" + mac().hex()}),
    (Proof(SECRETS), {"x-repmon-signature": "sha256=" + mac().hex().upper()}),
    (Proof(SECRETS, prefix="", encoding="base64"), {"x-repmon-signature": base64.b64encode(mac()).decode()}),
    (Proof(SECRETS, prefix="", digest="sha512"), {"x-repmon-signature": mac(digest="sha512").hex()}),
    (Proof(SECRETS, prefix="sha1=", digest="sha1"), {"x-repmon-signature": "sha1=" + mac(digest="sha1").hex()}),
    (STRIPE, stripe(NOW - timedelta(minutes=4))),
    (STANDARD, standard(NOW + timedelta(minutes=4))),
    (Proof(SECRETS, by="header", header="Authorization", prefix="Bearer "), {"authorization": f"Bearer {KEY}"}),
])  # fmt: skip
def test_every_form_of_signing_in_use_is_understood(proof: Proof, headers: dict[str, str]):
    assert unproven(proof, BODY, headers, "", NOW) == ""
    if proof.by != "header":
        assert unproven(proof, BODY + b" ", headers, "", NOW) == "hook_wrong_signature"


def test_a_secret_in_the_address_is_compared_with_that_alone():
    proof = Proof(SECRETS, by="address")
    assert unproven(proof, BODY, {}, KEY, NOW) == ""
    assert unproven(proof, BODY, {"x-repmon-signature": KEY}, "", NOW) == "hook_wrong_secret"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "sha256=",
        mac().hex(),
        "sha256=zz",
        "sha256=" + mac().hex()[:-2],
        "sha256=ü",
        "sha256=" + mac(key=b"x").hex(),
    ],
)
def test_a_signature_that_is_wrong_missing_or_malformed_is_refused(given: str):
    assert unproven(Proof(SECRETS), BODY, {"x-repmon-signature": given}, "", NOW) == "hook_wrong_signature"
    assert unproven(Proof(SECRETS), BODY, {}, "", NOW) == "hook_wrong_signature"


@pytest.mark.parametrize("minutes", [-6, 6, -60 * 24 * 400])
def test_a_time_more_than_five_minutes_off_is_refused(minutes: int):
    at = NOW + timedelta(minutes=minutes)
    assert unproven(STRIPE, BODY, stripe(at), "", NOW) == "hook_too_old"
    assert unproven(STANDARD, BODY, standard(at), "", NOW) == "hook_too_old"


@pytest.mark.parametrize("stamp", ["", "soon", "-5", "1e9", "٣", "9" * 40])
def test_a_time_that_is_none_is_refused_even_when_signed(stamp: str):
    headers = {"stripe-signature": f"t={stamp},v1={mac(f'{stamp}.'.encode() + BODY).hex()}"}
    assert unproven(STRIPE, BODY, headers, "", NOW) == "hook_too_old"


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_!!!"])
def test_an_empty_key_signs_nothing(secret: str):
    proof = Proof((SecretStr(secret),), by="standard")
    stamp = int(NOW.timestamp())
    signed = base64.b64encode(mac(f"m.{stamp}.".encode() + BODY, key=b"")).decode()
    headers = {"webhook-id": "m", "webhook-timestamp": str(stamp), "webhook-signature": f"v1,{signed}"}
    assert unproven(proof, BODY, headers, "", NOW) == "hook_wrong_signature"
    assert unproven(Proof((SecretStr(""),), by="address"), BODY, {}, "", NOW) == "hook_wrong_secret"


def test_no_more_signatures_are_looked_at_than_a_sender_has():
    valid = stripe(NOW)["stripe-signature"].rpartition("v1=")[2]
    crowd = ",".join(["v1=00"] * 100)
    headers = {"stripe-signature": f"t={int(NOW.timestamp())},{crowd},v1={valid}"}
    assert unproven(STRIPE, BODY, headers, "", NOW) == "hook_wrong_signature"


def test_an_event_is_known_by_its_signed_id_else_by_its_bytes():
    assert event_digest(STANDARD, b"a", {"webhook-id": "m"}) == event_digest(STANDARD, b"b", {"webhook-id": "m"})
    assert event_digest(STRIPE, b"a", {"webhook-id": "m"}) != event_digest(STRIPE, b"b", {"webhook-id": "m"})
