"""The one HTTP client: everything repmon asks of a site goes through here, and nothing else imports httpx."""

from repmon.http.answer import Answer
from repmon.http.client import Client
from repmon.http.guard import Guard
from repmon.http.limits import Limits
from repmon.http.read import Read
from repmon.http.token import Token, Vault
from repmon.http.unchanged import Unchanged
from repmon.http.verdict import NOT_APPLIED

__all__ = ["NOT_APPLIED", "Answer", "Client", "Guard", "Limits", "Read", "Token", "Unchanged", "Vault"]
