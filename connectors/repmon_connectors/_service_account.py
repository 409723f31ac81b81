"""Signs in as a service account of Google's, with the JSON key file that the Cloud console gives."""

from contextlib import suppress
from datetime import timedelta

from pydantic import BaseModel, ValidationError

from repmon.connector import Secret, SignedToken, SourceRefused

AUDIENCE = "https://oauth2.googleapis.com/token"
"""Where Google's tokens are asked for, and who the signed one is for, be it sent through a proxy or not."""


class _KeyFile(BaseModel):
    client_email: str
    private_key: Secret
    private_key_id: str = ""


def token_for(key_file: Secret, scope: str, token_url: str) -> SignedToken:
    """What gets an access token for `scope`; SourceRefused when this is no such file.

    https://developers.google.com/identity/protocols/oauth2/service-account
    """
    with suppress(ValidationError):
        key = _KeyFile.model_validate_json(key_file.get_secret_value())
        claims = (("iss", key.client_email), ("scope", scope), ("aud", AUDIENCE))
        return SignedToken("RS256", key.private_key, key.private_key_id, claims, timedelta(hours=1), token_url)
    raise SourceRefused("google_no_key_file")
