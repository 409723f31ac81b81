"""What a person does with drafts: approve, edit, reject (many at once too), post, and the live check while typing."""

import re
from collections.abc import Callable

from starlette.responses import Response

from repmon import desk
from repmon.desk.edit import normalised
from repmon.errors import DecisionError, SourceError
from repmon.store import decisions, views
from repmon.store.decisions import Case
from repmon.web.reply import checked
from repmon.web.routing import does
from repmon.web.visit import NotFound, Visit
from repmon.web.whole import number_of
from repmon.wording import say

MOST_AT_ONCE = 200
_NUMBER = re.compile("[0-9]{1,9}")
MOST_NAMED = 3
"""How many drafts that were not rejected are said by name."""


def _deciding(act: Callable[[Visit, Case], str]) -> Callable[[Visit], Response]:
    """Do something with the draft in the address, and say so on its review's page."""

    def handler(visit: Visit) -> Response:
        case = _case(visit, number_of(visit))
        page = f"/reviews/{case.draft.review_id}"
        try:
            return visit.back(f"{page}#reply", act(visit, case), id=case.draft.id)
        except (DecisionError, SourceError) as error:
            return visit.refused(error, page)

    return handler


def _case(visit: Visit, draft_id: int) -> Case:
    """Find a draft that this visitor may see; NotFound."""
    with visit.world.database.read() as session:
        case = decisions.look_at(session, draft_id)
    if case is None or not visit.visitor.sees(case.review.location):
        raise NotFound
    return case


def _approve(visit: Visit, case: Case) -> str:
    """Approve exactly the words in the form: where they were changed, the change is kept first."""
    override = visit.field("override")
    if override.strip() and not visit.visitor.may("owner"):
        raise DecisionError("override_owner")
    if visit.field("sha256") != decisions.sha256_of(case.draft.text):
        raise DecisionError("draft_not_as_shown")
    number = case.draft.id or 0
    if "text" in visit.form and normalised(visit.field("text")) != normalised(case.draft.text):
        number = desk.edit_draft(visit.world, number, visit.field("text"), by=visit.visitor.name)
    desk.approve_draft(visit.world, number, by=visit.visitor.name, override=override)
    return "did_approve"


def _edit(visit: Visit, case: Case) -> str:
    desk.edit_draft(visit.world, case.draft.id or 0, visit.field("text"), by=visit.visitor.name)
    return "did_edit"


def _reject(visit: Visit, case: Case) -> str:
    desk.reject_draft(visit.world, case.draft.id or 0, by=visit.visitor.name, reason=visit.field("reason"))
    return "did_reject"


def _posted(visit: Visit, case: Case) -> str:
    desk.mark_posted(visit.world, case.draft.id or 0, by=visit.visitor.name)
    return "did_mark"


def _post(visit: Visit, case: Case) -> str:
    return f"did_post_{desk.post_reply(visit.world, case.draft.id or 0, by=visit.visitor.name)}"


def _check(visit: Visit) -> Response:
    """What the check says of the words typed so far, as a part of the page."""
    case = _case(visit, number_of(visit))
    with visit.world.database.read() as session:
        row = views.reviews_by_id(session, [case.draft.review_id])[0]
    return visit.part("parts/check.html", checked=checked(visit, row, normalised(visit.field("text"))))


def _reject_many(visit: Visit) -> Response:
    """Reject each of the ticked drafts for one reason; each is decided for itself."""
    reason = visit.field("reason")
    numbers = [int(each) for each in visit.fields("draft")[:MOST_AT_ONCE] if _NUMBER.fullmatch(each)]
    if not numbers:
        raise DecisionError("batch_nothing")
    if not reason.strip():
        raise DecisionError("desk_no_reason")
    refused = []
    for number in numbers:
        try:
            desk.reject_draft(visit.world, _case(visit, number).draft.id or 0, by=visit.visitor.name, reason=reason)
        except NotFound:
            refused.append(say("draft_gone", {"id": number}))
        except DecisionError as error:
            refused.append(str(error))
    return _summary(visit, len(numbers) - len(refused), refused)


def _summary(visit: Visit, done: int, refused: list[str]) -> Response:
    page = visit.came_from()
    if not refused:
        return visit.back(page, "did_reject_many", done=done)
    named = "; ".join(refused[:MOST_NAMED]) + ("; …" if len(refused) > MOST_NAMED else "")
    return visit.back(page, "did_reject_some", done=done, refused=len(refused), problems=named)


ROUTES = (
    does("/drafts/reject", _reject_many),
    does("/drafts/{id:int}/approve", _deciding(_approve)),
    does("/drafts/{id:int}/edit", _deciding(_edit)),
    does("/drafts/{id:int}/reject", _deciding(_reject)),
    does("/drafts/{id:int}/posted", _deciding(_posted)),
    does("/drafts/{id:int}/post", _deciding(_post)),
    does("/drafts/{id:int}/check", _check),
)
