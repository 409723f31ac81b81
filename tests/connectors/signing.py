"""Keys made for one run, in the forms in which Apple and Google give theirs."""

import json

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ELLIPTIC = ec.generate_private_key(ec.SECP256R1())
RIVEST = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


APPLE_KEY = pem(ELLIPTIC)
GOOGLE_KEY_FILE = json.dumps({
    "type": "service_account", "project_id": "aurora", "private_key_id": "made-up-id", "private_key": pem(RIVEST),
    "client_email": "repmon@aurora.example",
})  # fmt: skip
