"""How one read asks: paced, counted, within its budget, tried again, with a token that is good, and stoppable."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from repmon.connector import Auth
from repmon.errors import SourceBusy, SourceDown, SourceRefused
from repmon.http.answer import Answer
from repmon.http.call import Call
from repmon.http.exchange import Exchange
from repmon.http.granted import refusal
from repmon.http.lean import httpx
from repmon.http.limits import Limits
from repmon.http.pace import Pace
from repmon.http.retry import Passing, tried
from repmon.http.tokens import Tokens
from repmon.http.verdict import Circumstances, judge

LONGEST_REST = 60.0
"""Seconds that a read waits for the sake of a site; beyond, it is the source that waits."""

_TOKEN_CALLS_PER_SECOND = 5.0
_UNCHANGED = 304
_NAP = 1.0  # seconds between two looks at whether we are being stopped


@dataclass(frozen=True, slots=True)
class Means:
    """What all reads of the process share."""

    exchange: Exchange
    tokens: Tokens
    pace: Pace
    limits: Limits
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    rng: random.Random


@dataclass(frozen=True, slots=True)
class Terms:
    """What one read may do: how fast, on what condition, how much, and until when."""

    calls_per_second: float
    validators: Mapping[str, str]
    budget: int | None
    cancelled: Callable[[], bool]


class Asking:
    """Asks until there is a good answer or a SourceError; `requests` counts what was sent, token calls apart."""

    def __init__(self, means: Means, terms: Terms) -> None:
        self._means = means
        self._terms = terms
        self._begun = False
        self._wanted = 0.0
        self.requests = 0

    def answer(self, call: Call, auth: Auth | None) -> Answer:
        """A good answer (or the 304 to a conditional call); a refused access token is renewed, once."""
        answer = self._tried(call) if auth is None else self._authorised(call, auth)
        self._begun = True
        return answer

    def rest(self, seconds: float) -> None:
        """Let the next request wait so long; one of more than LONGEST_REST raises SourceBusy instead."""
        self._wanted = max(seconds, 0.0)

    def access(self, auth: Auth, refused: str = "") -> str:
        """An access token for something else than HTTP; `refused` is one that was not taken, and is replaced."""
        if refused:
            self._means.tokens.forget(auth, refused)
        return self._means.tokens.token(auth, self._token)

    def _authorised(self, call: Call, auth: Auth) -> Answer:
        tokens = self._means.tokens
        token = tokens.token(auth, self._token)
        try:
            return self._tried(_bearing(call, token))
        except SourceRefused as refused:
            if refused.code != "login_refused":
                raise
        tokens.forget(auth, token)
        return self._tried(_bearing(call, tokens.token(auth, self._token)))

    def _tried(self, call: Call) -> Answer:
        """A write that may have had its effect is never sent again; only a person, or the site, can say."""

        def attempt() -> Answer:
            answer = self._means.exchange.fetch(call, self._turn)
            if not (call.conditional and answer.status == _UNCHANGED):
                self._judge(answer, call, call.secrets())
            return answer

        return self._again(attempt, lambda passing: not (call.writes and passing.sent))

    def _token(self, call: Call) -> Answer:
        """The token endpoint's good answer; asking it twice does no harm."""

        def attempt() -> Answer:
            answer = self._means.exchange.fetch(call, lambda to: self._wait(to, _TOKEN_CALLS_PER_SECOND))
            refused = refusal(answer)
            if refused is not None:
                raise refused
            self._judge(answer, call, call.secrets())
            return answer

        return self._again(attempt, lambda _: True)

    def _again(self, attempt: Callable[[], Answer], again: Callable[[Passing], bool]) -> Answer:
        means = self._means
        return tried(attempt, again=again, limits=means.limits, rng=means.rng, rest=self._rest)

    def _judge(self, answer: Answer, call: Call, secrets: list[str]) -> None:
        means = self._means
        case = Circumstances(call.writes, self._begun, means.clock(), means.limits.wait_at_most, secrets)
        try:
            judge(answer, case)
        except Passing as passing:
            means.pace.hold(httpx.URL(answer.url).host, passing.after or 0.0)
            raise

    def _turn(self, url: httpx.URL) -> None:
        if self._terms.budget is not None and self.requests >= self._terms.budget:
            raise SourceBusy("budget_spent", count=self.requests)
        wanted, self._wanted = self._wanted, 0.0
        if wanted > LONGEST_REST:
            raise SourceBusy("site_asks_patience", retry_after=wanted)
        self._means.pace.hold(url.host, wanted)
        self._wait(url, self._terms.calls_per_second)
        self.requests += 1

    def _wait(self, url: httpx.URL, per_second: float) -> None:
        self._rest(self._means.pace.take(url.host, per_second))

    def _rest(self, seconds: float) -> None:
        """Sleep in naps, so that a daemon that stops need not wait for a site that said so."""
        while not self._terms.cancelled():
            if seconds <= 0:
                return
            self._means.sleep(min(seconds, _NAP))
            seconds -= _NAP
        raise SourceDown("stopping")


def _bearing(call: Call, token: str) -> Call:
    return call.having({"authorization": f"Bearer {token}"}, conditional=call.conditional)
