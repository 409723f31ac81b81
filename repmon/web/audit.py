"""The Audit page (owner): what was done, by whom and when; whether the record is whole; a copy of it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from repmon.desk.record import export_record
from repmon.store import audit
from repmon.store.audit_views import AuditFilter, actions, actors, entries
from repmon.store.tables import AuditRow
from repmon.web.routing import does, shows
from repmon.web.visit import Visit
from repmon.wording import SENTENCES, count, say

HERE = "/audit"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as a person reads it."""

    id: int
    at: datetime
    actor: str
    said: str
    subject: str
    path: str
    hash: str


def _show(visit: Visit) -> Response:
    asked = visit.request.query_params
    wanted = AuditFilter(asked.get("actor", ""), asked.get("action", ""))
    before = int(asked["before"]) if asked.get("before", "").isdecimal() and len(asked["before"]) < PAGE else None
    with visit.world.database.read() as session:
        found = entries(session, wanted, before=before, limit=PAGE + 1)
        choices = {"actors": actors(session), "actions": actions(session)}
        verdict = _verdict(visit) if asked.get("verify") else ""
    older = urlencode({"actor": wanted.actor, "action": wanted.action, "before": found[PAGE - 1].id or 0}) \
        if len(found) > PAGE else ""  # fmt: skip
    return visit.page("audit.html", 200, entries=[_read(row) for row in found[:PAGE]], wanted=wanted, older=older,
                      first=before is None, verdict=verdict, did=_did, **choices)  # fmt: skip


def _export(visit: Visit) -> Response:
    wanted = AuditFilter(visit.field("actor"), visit.field("action"))
    lines = export_record(visit.world, wanted, by=visit.visitor.name)
    name = f"repmon-audit-{visit.now:%Y-%m-%d}.csv"
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8",
                             headers={"content-disposition": f'attachment; filename="{name}"'})  # fmt: skip


def _verdict(visit: Visit) -> str:
    with visit.world.database.read() as session:
        broken, head = audit.verify(session), audit.head_of(session)
    if broken:
        return say("record_broken", {"problem": say(broken.code, broken.values)})
    return say("record_whole", {"entries": count(head.count, "{n} entry", "{n} entries"), "hash": head.hash or "–"})  # noqa: RUF001


def _read(row: AuditRow) -> Entry:
    thing, _slash, number = row.subject.partition("/")
    paths = {"review": f"/reviews/{number}", "user": f"/people/{number}"}
    if thing == "draft" and row.values.get("review"):
        paths["draft"] = f"/reviews/{row.values['review']}"
    return Entry(row.id or 0, row.at, row.actor, _sentence(row, number), row.subject, paths.get(thing, ""), row.hash)


def _sentence(row: AuditRow, number: str) -> str:
    """What was done, in words; an act of a later version is shown as it is stored."""
    code = f"audit_says_{row.action.replace('.', '_')}"
    if code not in SENTENCES:
        return f"{row.action} {row.subject}"
    blank = dict.fromkeys(("name", "role", "address", "device", "reason", "label", "number", "to", "way"), "–")  # noqa: RUF001
    given = {name: value for name, value in row.values.items() if value is not None}
    return say(code, {**blank, **given, "id": number})


def _did(action: str) -> str:
    """The name of a kind of act, for choosing it."""
    code = f"audit_kind_{action.replace('.', '_')}"
    return say(code) if code in SENTENCES else action


ROUTES = (shows(HERE, _show, needs="owner"), does("/audit/export", _export, needs="owner"))
