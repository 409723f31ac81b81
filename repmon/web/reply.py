"""The reply to one review as its page shows it: the draft, what the check says of it, and what can be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from repmon.connector import ReplyLimit
from repmon.desk import can_post
from repmon.steps.pieces import Piece, Span, pieces
from repmon.store.decisions import sha256_of
from repmon.store.handles import Row
from repmon.turn.linting import check, stored
from repmon.web.visit import Visit
from repmon.web.whole import OPEN_TO_EDITS, Whole
from repmon.wording import say


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the check found; `block` needs the owner's written reason."""

    rule: str
    block: bool
    message: str
    suggestion: str
    quote: str


@dataclass(frozen=True)
class Checked:
    """What the check says of a text: its length in the site's own unit against the limit (None: no limit known)."""

    remarks: list[Remark]
    pieces: list[Piece]
    length: int
    limit: ReplyLimit | None

    @property
    def blocked(self) -> bool:
        """Whether it takes the owner's override."""
        return any(each.block for each in self.remarks)

    @property
    def over(self) -> bool:
        """Whether the site would not take it."""
        return self.limit is not None and self.length > self.limit.length


@dataclass(frozen=True)
class Reply:
    """A draft and what may be done with it; `sha256` is of exactly the words shown."""

    draft: Row[Any]
    sha256: str
    checked: Checked | None
    """As kept with the draft, where its words may still be changed; approving checks once more."""
    explanation: list[str]
    editable: bool
    approvable: bool
    rejectable: bool
    postable: bool
    markable: bool
    error: str


def reply(visit: Visit, known: Whole) -> Reply | None:
    """Gather it for the draft to speak of; None without one."""
    draft = known.draft
    if draft is None:
        return None
    able = can_post(visit.world, known.review.source)
    stale = draft.outdated or draft.review_version != known.review.version
    editable = draft.state in OPEN_TO_EDITS and known.review.removed_at is None
    shown = _as_found(visit, known.review, draft.text, draft.lint) if editable else None
    return Reply(
        draft=draft, sha256=sha256_of(draft.text), checked=shown,
        explanation=[say(code, values) for code, values in draft.explanation],
        editable=editable,
        approvable=draft.state == "pending" and not stale and known.review.removed_at is None,
        rejectable=draft.state in {"pending", "approved"},
        postable=able and draft.state in {"approved", "failed"} and not stale,
        markable=draft.state == "approved" or (draft.state == "outdated" and stale and bool(draft.approved_sha256)),
        error=_sentence(draft.error),
    )  # fmt: skip


def checked(visit: Visit, review: Any, text: str) -> Checked:
    """Check a text as the reply to this review."""
    with visit.world.database.read() as session:
        found = stored(check(visit.world, session, review, review.source, text))
    return _as_found(visit, review, text, found)


def safe_link(url: str) -> str:
    """The review's address on its site, if it is one a browser may be sent to; else ""."""
    try:
        return url if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _as_found(visit: Visit, review: Any, text: str, found: Sequence[Mapping[str, Any]]) -> Checked:
    settings = next((each.settings for each in visit.world.settings.sources if each.id == review.source), None)
    limit = settings.reply if settings else None
    length = len(text.encode()) if limit and limit.unit == "bytes" else len(text)
    return Checked([_remark(each, text) for each in found], list(pieces(text, _spans(found, len(text)))), length, limit)


def _remark(found: Mapping[str, Any], text: str) -> Remark:
    quote = text[found["start"] : found["end"]]
    return Remark(found["rule"], found["severity"] == "block", say(found["code"], found["values"]),
                  say(found["suggestion"]), quote if quote and quote != text else "")  # fmt: skip


def _spans(found: Sequence[Mapping[str, Any]], length: int) -> list[Span]:
    """Where they stand; of those that overlap the first is marked, and marked as the graver of both."""
    spans: list[Span] = []
    for each in sorted(found, key=lambda one: (one["start"], -one["end"])):
        if each["start"] >= each["end"] or each["end"] - each["start"] == length:
            continue  # what is said of the whole needs no mark
        if spans and each["start"] < spans[-1].end:
            if each["severity"] == "block" and spans[-1].kind == "warn":
                spans[-1] = Span(spans[-1].start, spans[-1].end, "block", spans[-1].note)
            continue
        spans.append(Span(each["start"], each["end"], each["severity"], each["rule"]))
    return spans


def _sentence(error: Mapping[str, Any] | None) -> str:
    return say(str(error["code"]), error.get("values", {})) if error else ""
