"""JSON: any site that gives its reviews as JSON over HTTP, described in the configuration; no code is needed.

Documentation: https://jmespath.org/specification.html
"""

import base64
from datetime import timedelta
from typing import Annotated, Any

import jmespath
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from repmon.connector import Auth, ClientCredentials, Http, Items, OAuth, Secret, SourceChanged
from repmon_connectors._mapping import Expression, Mapped
from repmon_connectors._next import next_link

WebAddress = Annotated[str, StringConstraints(pattern="^https?://")]


class Client(BaseModel):
    """How access tokens are asked for: for the application itself, or with a refresh token for a person."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    token_url: WebAddress
    client_id: str
    client_secret: Secret
    scope: str = ""
    refresh_token: Secret = Secret("")

    def auth(self) -> Auth:
        """In the words of the client that asks."""
        if self.refresh_token:
            return OAuth(self.token_url, self.client_id, self.client_secret, self.refresh_token)
        return ClientCredentials(self.token_url, self.client_id, self.client_secret, self.scope)


class JsonApi(Mapped):
    """Any JSON over HTTP, mapped in the configuration with JMESPath: for sites that no connector knows."""

    window = "as many pages as the settings allow"
    calls_per_second = 1.0
    min_every = timedelta(minutes=5)

    url: WebAddress = Field(description="The address of the first page.")
    items_at: Expression = Field(description="Where a page holds its list of reviews, as JMESPath: `data.reviews`.")
    params: dict[str, str | int] = Field({}, description="What is added to the address, on every page.")
    headers: dict[str, Secret] = Field({}, description="What is sent along; secrets as `env:NAME`.")
    user: str = Field("", description="For HTTP Basic: the name.")
    password: Secret = Field(Secret(""), description="For HTTP Basic: the password.")
    login: Client | None = Field(None, description="For OAuth 2: `token_url`, `client_id`, `client_secret` and so on.")
    next_at: Expression = Field("", description="Where a page holds the next one's address, or its token.")
    next_param: str = Field("", description="The parameter for that token; without it, it is an address.")
    page_param: str = Field("", description="The parameter for the page's number, where pages are numbered.")
    first_page: int = Field(1, description="What the first page's number is.")
    most_pages: int = Field(100, ge=1, le=10_000, description="So many pages are read at most.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - one address is one listing
        """Read page by page, until one is empty or names no next."""
        url, params, seen = self.url, dict(self.params), set[str]()
        if self.page_param:
            params[self.page_param] = self.first_page
        for page in range(1, self.most_pages + 1):
            answer = http.get(
                url, params=params, headers=self._headers(), auth=self.login.auth() if self.login else None
            )
            content = answer.json()
            reviews = jmespath.search(self.items_at, content)
            if not isinstance(reviews, list):
                raise SourceChanged("json_api_no_list", expression=self.items_at)
            if page == 1 and not reviews:
                http.note("json_api_no_reviews")
            yield from reviews
            after = self._after(content, reviews, page)
            if after is None:
                return
            if after in seen:
                raise SourceChanged("page_token_repeats")
            seen.add(after)
            url, params = self._next(url, params, after)
        http.note("json_api_cut", pages=self.most_pages)

    def _after(self, content: Any, reviews: list[Any], page: int) -> str | None:
        """What leads to the next page: a link, a token or a number; None at the end."""
        if self.page_param:
            return str(self.first_page + page) if reviews else None
        given = jmespath.search(self.next_at, content) if self.next_at else None
        return str(given) if given not in (None, "", False) else None

    def _next(self, url: str, params: dict[str, str | int], after: str) -> tuple[str, dict[str, str | int]]:
        if name := self.page_param or self.next_param:
            return url, {**params, name: after}
        return next_link(self.url, after), {}  # the link says all that is to be asked

    def _headers(self) -> dict[str, str]:
        given = {name: value.get_secret_value() for name, value in self.headers.items()}
        if self.user:
            pair = f"{self.user}:{self.password.get_secret_value()}"
            given["authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        return given
