"""What a status means: which are fine, which may pass, which are a no, and which nobody expected."""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from repmon.errors import SourceBusy, SourceChanged, SourceDown, SourceRefused
from repmon.http.answer import Answer
from repmon.http.patience import asked_patience, throttle_violation
from repmon.http.reason import reason_of
from repmon.http.retry import Passing
from repmon.http.said import code_of, said, throttled

NOT_APPLIED = frozenset(("address_refused", "budget_spent", "cannot_connect", "stopping", "too_many_requests"))
"""Codes after which a write certainly had no effect; so has every SourceRefused. After any other, ask the site."""

_FINE = (200, 201, 202, 203, 204, 205)
_ILL = (408, 421, 425, *range(500, 600))
_NO_TO_A_READ = (400, 401, 402, 403, 404, 405, 407, 410, 451)
_NO_TO_A_WRITE = tuple(range(400, 500))
_EXPIRED = ("ExpiredToken", "InvalidToken")
"""How the AT Protocol says 401, under status 400 (https://atproto.com/specs/xrpc)."""
_NO = {401: "login_refused", 403: "access_refused", 404: "not_there", 410: "not_there"}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a status is judged by: a write or a read, the time, the longest wait, what must not be repeated.

    `begun`: this read has had a good answer already, so a 400 is about this page (its token has run out), not about us.
    """

    writes: bool
    begun: bool
    now: datetime
    wait_at_most: float
    secrets: list[str] = field(repr=False)


def judge(answer: Answer, case: Circumstances) -> None:
    """Return for a good answer; else raise the SourceError it means, or Passing where another try is worth it."""
    status = answer.status
    if status in _FINE:
        return
    about: dict[str, object] = {"status": status, "url": answer.address}
    after = asked_patience(answer, case.now)
    reason = reason_of(answer)
    if reason:
        raise SourceRefused(reason, said=said(answer, case.secrets), **about)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _busy(SourceBusy("too_many_requests", retry_after=after, **about), case)
    if status == HTTPStatus.SERVICE_UNAVAILABLE and after is not None:
        raise _busy(SourceBusy("site_closed", retry_after=after, **about), case)
    if status in _ILL:
        raise Passing(SourceDown("site_ill", **about))
    if status in (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN) and (throttled(answer) or throttle_violation(answer)):
        raise SourceBusy("too_many_requests", retry_after=after, **about)
    about["said"] = said(answer, case.secrets)
    if status == HTTPStatus.BAD_REQUEST and code_of(answer) in _EXPIRED:
        raise SourceRefused("login_refused", **about)
    if status == HTTPStatus.BAD_REQUEST and case.begun and not case.writes:
        raise SourceDown("page_refused", **about)
    if status in (_NO_TO_A_WRITE if case.writes else _NO_TO_A_READ):
        raise SourceRefused(_NO.get(status, "site_refused"), **about)
    raise SourceChanged("status_unexpected", **about)


def _busy(error: SourceBusy, case: Circumstances) -> SourceBusy | Passing:
    """A short wait is worth waiting here; a long one is the source's, and nobody sleeps through it."""
    long = error.retry_after is not None and error.retry_after > case.wait_at_most
    return error if long else Passing(error, after=error.retry_after)
