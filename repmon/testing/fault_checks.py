"""What a connector does when the site fails: every fault ends in the right error, never in "no reviews"."""
# ruff: noqa: D102, S101 - these are tests: their names are their sentences

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from pydantic import SecretStr

from repmon.errors import SourceBusy, SourceChanged, SourceDown, SourceError, SourceRefused
from repmon.testing.bench import SPEED, Bench, Outcome
from repmon.testing.site import Reply

HOURS = timedelta(hours=2)
PAGE = b"<!doctype html><html><head><title>One moment</title></head><body><p>We will be back.</p></body></html>"

STATUSES: Mapping[str, tuple[Reply, type[SourceError]]] = {
    "401": (Reply(b'{"error": "who are you"}', 401), SourceRefused),
    "403": (Reply(b'{"error": "not yours"}', 403), SourceRefused),
    "404": (Reply(b'{"error": "not here"}', 404), SourceRefused),
    "500": (Reply(b"oops", 500), SourceDown),
    "429 with seconds": (Reply(b"", 429, {"retry-after": str(int(HOURS.total_seconds()))}), SourceBusy),
    "429 with a date": (Reply(b"", 429, {"retry-after": "in two hours"}), SourceBusy),
    "429 without": (Reply(b"", 429), SourceBusy),
}
BODIES: Mapping[str, type[SourceError]] = {
    "torn": SourceDown,
    "html": SourceChanged,
    "truncated": SourceChanged,
    "wrong encoding": SourceChanged,
    "empty": SourceChanged,
}
NONSENSE: Mapping[str, Any] = {
    "null": None,
    "a number": 42,
    "a text": "hello",
    "an empty object": {},
    "an empty list": [],
    "other keys": {"unexpected": 1},
    "an error under 200": {"error": {"code": 5, "message": "backend"}},
    "texts for reviews": ["a", "b"],
}
_MAY_BE_EMPTY = {"an empty object", "an empty list"}


class FaultChecks(Bench):
    """Questions about a site that fails."""

    @pytest.mark.parametrize("fault", STATUSES)
    def test_a_refusing_site_ends_in_the_right_error(self, fault: str) -> None:
        self._needs_http()
        reply, kind = STATUSES[fault]
        if "in two hours" in reply.headers.values():
            reply = Reply(status=429, headers={"retry-after": format_datetime(datetime.now(UTC) + HOURS, usegmt=True)})
        outcome = self._from(reply)
        self._ends_in(kind, outcome)
        if isinstance(outcome.error, SourceBusy):
            wait = outcome.error.retry_after
            expected = None if fault == "429 without" else pytest.approx(HOURS.total_seconds(), abs=60)
            assert wait == expected, "the site's own waiting time was lost"

    @pytest.mark.parametrize("fault", BODIES)
    def test_a_damaged_answer_is_an_error(self, fault: str) -> None:
        outcome = self._with_damaged(fault)
        if fault in self.forgives:
            assert outcome.error or outcome.notes, "a damaged answer was read without a word"
        elif self.over_http:
            self._ends_in(BODIES[fault], outcome)
        else:
            assert outcome.error or outcome.notes or outcome.unreadable, "a damaged file was read without a word"

    @pytest.mark.parametrize("fault", ["500", "html"])
    def test_an_error_on_a_later_page_is_an_error(self, fault: str) -> None:
        self._needs_http()
        if len(self.replies) == 1:
            pytest.skip("one page")
        first = Reply(self._bytes(self.replies[0]), headers={"content-type": self.content_type})
        outcome = self._from(first, Reply(PAGE, 500) if fault == "500" else _html())
        assert outcome.items, "the first page was lost with the second"
        self._ends_in(SourceDown if fault == "500" else SourceChanged, outcome)

    @pytest.mark.parametrize("nonsense", NONSENSE)
    def test_nonsense_is_an_error_and_not_an_empty_page(self, nonsense: str) -> None:
        outcome = self.read(self.door([NONSENSE[nonsense]]))
        assert not outcome.reviews, "nonsense was read as a review"
        told = outcome.unreadable or (outcome.notes if nonsense in _MAY_BE_EMPTY else [])
        assert isinstance(outcome.error, SourceChanged) or told, "nonsense was read as no reviews, without a word"

    def test_another_host_is_told_no_secret(self) -> None:
        self._needs_http()
        elsewhere = self.site.url.replace("127.0.0.1", "localhost") + "/elsewhere"
        outcome = self._from(Reply(status=302, headers={"location": elsewhere}))
        assert outcome.error is not None, "a redirect without an end was taken for an answer"
        secrets = [value.get_secret_value() for _name, value in self.made() if isinstance(value, SecretStr) and value]
        for asked in self.site.asked[1:]:
            told = f"{asked.path} {dict(asked.headers)} {asked.body!r}"
            assert "authorization" not in asked.headers, "another host was told who we are"
            assert not [secret for secret in secrets if secret in told], "another host was told a secret"

    def _needs_http(self) -> None:
        if not self.over_http:
            pytest.skip("reads files")

    def _from(self, *replies: Reply) -> Outcome:
        self.answers(*replies)
        return self.read(self.client.read(calls_per_second=SPEED))

    def _with_damaged(self, fault: str) -> Outcome:
        whole = self._bytes(self.replies[0])
        damaged = {
            "torn": whole[: len(whole) // 2],
            "html": PAGE,
            "truncated": whole[: len(whole) * 2 // 3],
            "wrong encoding": b"\xc3\x28\xff" + whole,
            "empty": b"",
        }[fault]
        if not self.over_http:
            return self.read(self.door([damaged]))
        return self._from(_html() if fault == "html" else Reply(damaged, 200, self._typed(), torn=fault == "torn"))

    def _typed(self) -> dict[str, str]:
        return {"content-type": self.content_type}

    @staticmethod
    def _ends_in(kind: type[SourceError], outcome: Outcome) -> None:
        assert outcome.error is not None, "the read ended as if all were well"
        name = type(outcome.error).__name__
        assert type(outcome.error) is kind, f"ended in {name} ({outcome.error}) instead of {kind.__name__}"


def _html() -> Reply:
    return Reply(PAGE, headers={"content-type": "text/html; charset=utf-8"})
