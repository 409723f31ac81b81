"""Takes a draft in hand for one act, or says in a DecisionError what stands in the way: who was first, and when."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from repmon.errors import DecisionError
from repmon.steps.lint.hidden import hidden
from repmon.steps.messages.figures import moment
from repmon.store import audit, decisions, postings
from repmon.store.decisions import Case
from repmon.store.handles import Session
from repmon.store.tables import DraftRow
from repmon.turn.world import World
from repmon.wording import say


@dataclass(frozen=True)
class Hand:
    """One person's hand on one draft, inside the transaction of the act."""

    world: World
    session: Session
    case: Case
    by: str
    now: datetime

    def need(self, *states: str) -> DraftRow:
        """Give the draft if it is in one of these states. DecisionError names who decided otherwise."""
        if self.case.draft.state not in states:
            raise why_not(self.session, self.case, self.world.settings.business.timezone)
        return self.case.draft

    def refuse_in_hand(self) -> None:
        """DecisionError while repmon is just posting it."""
        if not postings.is_free(self.case.draft, self.now):
            raise DecisionError("posting_in_hand", id=self.case.draft.id)

    def write_down(self, action: str, **values: str | int | bool | None) -> None:
        """Add the act to the audit chain."""
        draft = self.case.draft
        fixed: dict[str, str | int | bool | None] = {
            "review": draft.review_id, "version": draft.version, "sha256": decisions.sha256_of(draft.text)
        }  # fmt: skip
        audit.append(self.session, action, f"draft/{draft.id}", actor=self.by, at=self.now,
                     values={**fixed, **values})  # fmt: skip


@contextmanager
def in_hand(world: World, draft_id: int, by: str) -> Iterator[Hand]:
    """Open the transaction of one act. DecisionError when there is no such draft or nobody is named as acting."""
    by = by.strip()
    if not by:
        raise DecisionError("desk_nobody")
    with world.database.write() as session:
        case = decisions.take(session, draft_id)
        if case is None:
            raise DecisionError("draft_unknown", id=draft_id)
        yield Hand(world, session, case, by, world.clock())


def why_not(session: Session, case: Case, zone: str) -> DecisionError:
    """Say why a draft in this state is not there for the act any more."""
    draft = case.draft
    newer = decisions.edited_from(session, draft.id or 0)
    if draft.state == "outdated" and newer is not None:
        return DecisionError("draft_superseded", id=draft.id, by=newer.edited_by, at=moment(newer.created_at, zone),
                             newer=newer.id)  # fmt: skip
    if draft.state == "outdated":
        return DecisionError("draft_outdated" if draft.outdated else _closed_for(draft), id=draft.id)
    if draft.state in {"posting", "unknown", "failed"}:
        why = draft.error or {}
        said = say(str(why.get("code", "")), why.get("values"))
        return DecisionError(f"draft_is_{draft.state}", id=draft.id, why=said)
    if draft.state == "pending":
        return DecisionError("draft_not_approved", id=draft.id)
    if draft.state == "posted" and draft.posted_at:
        return DecisionError("draft_decided", id=draft.id, state="posted", by=draft.posted_by or "?",
                             at=moment(draft.posted_at, zone))  # fmt: skip
    at = moment(draft.decided_at, zone) if draft.decided_at else "?"
    return DecisionError("draft_decided", id=draft.id, state=draft.state, by=draft.decided_by or "?", at=at)


def _closed_for(draft: DraftRow) -> str:
    return str(draft.error["code"]) if draft.error else "draft_outdated"


def refuse_hidden(text: str) -> None:
    """DecisionError for a reply in which something is not what it looks like; no override helps here."""
    found = hidden(text)
    if found:
        first = found[0]
        raise DecisionError("draft_hidden", count=len(found), name=first.name, at=first.start + 1)
