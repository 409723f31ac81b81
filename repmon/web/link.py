"""The link of an alert: opens exactly its draft. GET changes nothing, whoever follows it; a person decides by POST."""

from urllib.parse import quote

from starlette.responses import Response

from repmon.desk.linking import decide_by_link, linked, refuse_stale
from repmon.desk.signing_in import TooManyTries
from repmon.errors import DecisionError
from repmon.steps.messages.link import Pointer, read_token
from repmon.store.decisions import Case, sha256_of
from repmon.web import cookies
from repmon.web.addresses import visitor_address
from repmon.web.routing import NotFound, opens, takes
from repmon.web.visit import Guest

PATH = "/d/{token}"


def _open(guest: Guest) -> Response:
    try:
        pointer = read_token(guest.place.key, _token(guest))
        case = linked(guest.world, pointer)
    except DecisionError as error:
        return _over(guest, error)
    if guest.who is not None:
        return _to_review(guest, case, pointer)
    if not guest.world.settings.web.links:
        return guest.back(f"/sign-in?next={quote('/d/' + _token(guest), safe='')}")
    try:
        refuse_stale(guest.world, case, pointer)
    except DecisionError as error:
        return _over(guest, error)
    return _form(guest, case)


def _decide(guest: Guest) -> Response:
    """Only where `[web] links` allows it; somebody signed in decides on the review page, where all is to be seen."""
    if not guest.world.settings.web.links:
        raise NotFound
    try:
        pointer = read_token(guest.place.key, _token(guest))
        case = linked(guest.world, pointer)
        if guest.who is not None:
            return _to_review(guest, case, pointer)
        refuse_stale(guest.world, case, pointer)
    except DecisionError as error:
        return _over(guest, error)
    if guest.field("sha256") != sha256_of(case.draft.text) or guest.field("decision") not in {"approve", "reject"}:
        return _form(guest, case, DecisionError("link_other_words"), 409)
    return _decided(guest, case)


def _decided(guest: Guest, case: Case) -> Response:
    approve = guest.field("decision") == "approve"
    try:
        who = decide_by_link(
            guest.world, case, name=guest.field("name"), pin=guest.field("pin").strip(), approve=approve,
            reason=guest.field("reason"), address=visitor_address(guest.request),
        )  # fmt: skip
    except TooManyTries as error:
        return _form(guest, case, error, 429)
    except DecisionError as error:
        return _form(guest, case, error, 401 if error.code == "pin_wrong" else 409)
    return guest.page("link_done.html", approved=approve, who=who, text=case.draft.text)


def _to_review(guest: Guest, case: Case, pointer: Pointer) -> Response:
    if guest.who is None or not guest.who.sees(case.review.location):
        raise NotFound
    path = f"/reviews/{case.review.id}"
    try:
        refuse_stale(guest.world, case, pointer)
    except DecisionError as error:
        return guest.refused(error, path)
    return guest.back(f"{path}#draft-{case.draft.id}")


def _form(guest: Guest, case: Case, error: DecisionError | None = None, status: int = 200) -> Response:
    business = guest.world.settings.business_of(case.review.location)
    return guest.page(
        "link.html", status, draft=case.draft, review=case.review, place=business.name, source=case.source,
        sha256=sha256_of(case.draft.text), error=error, name=guest.field("name"), reason=guest.field("reason"),
        reachable=cookies.come_back(guest.request),
    )  # fmt: skip


def _over(guest: Guest, error: DecisionError) -> Response:
    """Somebody without a session learns nothing of a draft but what became of this link."""
    return guest.page("link_over.html", 410, error=error)


def _token(guest: Guest) -> str:
    return str(guest.request.path_params["token"])


ROUTES = (opens(PATH, _open), takes(PATH, _decide))
