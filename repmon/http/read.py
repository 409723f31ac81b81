"""The HTTP connection that a connector is handed for one read of one listing."""

from collections.abc import Mapping

from repmon.connector import Auth
from repmon.errors import SourceChanged
from repmon.http.answer import Answer
from repmon.http.asking import Asking, Means, Terms
from repmon.http.call import Call, getting, writing
from repmon.http.conditional import conditions, mark, validators_of
from repmon.http.unchanged import Unchanged

MOST_ANSWERS_WITHOUT_ITEMS = 25

_UNCHANGED = 304


class Read:
    """`repmon.connector.Http` for one read; for one thread.

    `notes` is what the connector said, as (code, values); `validators` what to store with the rows of this read and
    to hand in at the next: {"url": fingerprint, "etag", "last_modified"} of the first GET, or {}.
    """

    def __init__(self, means: Means, terms: Terms) -> None:
        self._asking = Asking(means, terms)
        self._known = terms.validators
        self._first = True
        self._without_items = 0
        self.notes: list[tuple[str, dict[str, object]]] = []
        self.validators: dict[str, str] = {}

    @property
    def requests(self) -> int:
        """How many requests went to the site, tries and redirects included, token calls apart."""
        return self._asking.requests

    def get(
        self, url: str, *, params: Mapping[str, str | int] | None = None, headers: Mapping[str, str] | None = None,
        auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """The answer, never an empty one. Raises SourceError, and Unchanged on the first GET of a read."""
        call = getting(url, params, headers)
        answer = self._first_answer(call, auth) if self._first else self._answer(call, auth)
        if not answer.content:
            raise SourceChanged("answer_empty", url=answer.address, kind=answer.kind, size=0)
        return answer

    def post(
        self, url: str, *, json: object = None, form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None, auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """The answer to a POST that is sent once: again only where no connection could be made."""
        return self._answer(writing("POST", url, headers, json=json, form=form), auth)

    def put(
        self, url: str, *, json: object = None, headers: Mapping[str, str] | None = None, auth: Auth | None = None
    ) -> Answer:
        """The answer to a PUT that is sent once: again only where no connection could be made."""
        return self._answer(writing("PUT", url, headers, json=json), auth)

    def delete(self, url: str, *, headers: Mapping[str, str] | None = None, auth: Auth | None = None) -> Answer:
        """The answer to a DELETE that is sent once: again only where no connection could be made."""
        return self._answer(writing("DELETE", url, headers), auth)

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read."""
        self.notes.append((code, values))

    def rest(self, seconds: float) -> None:
        """The site asks for patience inside a good answer: the next request of this read waits so long."""
        self._asking.rest(seconds)

    def item_seen(self) -> None:
        """The pipeline calls this for every item: these pages do lead somewhere."""
        self._without_items = 0

    def _first_answer(self, call: Call, auth: Auth | None) -> Answer:
        self._first = False
        asked = mark(call, auth)
        condition = conditions(self._known, asked)
        answer = self._answer(call.having(condition, conditional=True) if condition else call, auth)
        if answer.status == _UNCHANGED:
            self.validators = dict(self._known)
            raise Unchanged
        self.validators = validators_of(answer, asked)
        return answer

    def _answer(self, call: Call, auth: Auth | None) -> Answer:
        if self._without_items >= MOST_ANSWERS_WITHOUT_ITEMS:
            raise SourceChanged("answers_without_items", count=self._without_items)
        self._without_items += 1
        return self._asking.answer(call, auth)
