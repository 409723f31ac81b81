"""What a person manages at Google: the consent for it, its business accounts and their locations.

Documentation: https://developers.google.com/my-business/reference/accountmanagement/rest/v1/accounts/list,
https://developers.google.com/my-business/reference/businessinformation/rest/v1/accounts.locations/list
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from repmon.connector import Connector, Consent, Http, OAuth, Offer, Secret
from repmon_connectors._next import once

REVIEWS = "https://mybusiness.googleapis.com/v4"
ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com/v1"
LOCATIONS = "https://mybusinessbusinessinformation.googleapis.com/v1"
CONSENT = Consent(
    "https://accounts.google.com/o/oauth2/v2/auth",
    "https://www.googleapis.com/auth/business.manage",
    extra=(("access_type", "offline"), ("prompt", "consent")),  # else Google gives no refresh token the second time
)


class Managed(Connector):
    """The settings of everything that a person's consent opens."""

    consent = CONSENT

    client_id: str = Field(min_length=1, description="Of your OAuth client, from the Google Cloud console.")
    client_secret: Secret = Field(description="Of the same OAuth client.")
    refresh_token: Secret = Field(description="The consent of a manager of the profile (scope business.manage).")
    base_url: str = Field(REVIEWS, description="Where Google's API is asked.")
    token_url: str = Field("https://oauth2.googleapis.com/token", description="Where access tokens are asked for.")

    @classmethod
    def offers(cls, http: Http, given: Mapping[str, Any]) -> Iterator[Offer]:
        """The locations the person manages."""
        return locations(http, given)

    @property
    def auth(self) -> OAuth:
        """The consent as the client takes it."""
        return OAuth(self.token_url, self.client_id, self.client_secret, self.refresh_token)


def locations(http: Http, given: Mapping[str, Any]) -> Iterator[Offer]:
    """Every location of every account, by its name and address. `given` are the settings known so far."""
    secret, refresh = Secret(given["client_secret"]), Secret(given["refresh_token"])
    auth = OAuth(given["token_url"], given["client_id"], secret, refresh)
    own = given["base_url"].rstrip("/")
    accounts_at, locations_at = (ACCOUNTS, LOCATIONS) if own == REVIEWS else (own, own)  # a proxy stands for all three
    for account in _paged(http, f"{accounts_at}/accounts", "accounts", {}, auth):
        params: dict[str, str | int] = {"readMask": "name,title,storefrontAddress", "pageSize": 100}
        for place in _paged(http, f"{locations_at}/{account['name']}/locations", "locations", params, auth):
            city = (place.get("storefrontAddress") or {}).get("locality")
            title = ", ".join(filter(None, (place.get("title"), city))) or place["name"]
            yield Offer(title, {"account": account["name"].rpartition("/")[2],
                                "location": place["name"].rpartition("/")[2]})  # fmt: skip


def _paged(http: Http, url: str, key: str, params: dict[str, str | int], auth: OAuth) -> Iterator[Any]:
    seen: set[str] = set()
    while True:
        page = http.get(url, params=params, auth=auth).json()
        yield from page.get(key, [])
        token = page.get("nextPageToken")
        if not token:
            return
        params = {**params, "pageToken": once(token, seen)}
