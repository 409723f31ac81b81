"""The inbox: what needs a person, oldest first, with filters, search and paging by key."""

from starlette.responses import Response

from repmon.review import Label, ReviewState
from repmon.steps.understanding.topics import topic_names
from repmon.store import desk_views
from repmon.store.desk_views import TABS
from repmon.web.asked import SINCE, Asked, asked, key_of
from repmon.web.entry import entry
from repmon.web.routing import shows
from repmon.web.visit import Visit

AT_ONCE = 25


def _inbox(visit: Visit) -> Response:
    """One page of the list, with the figures on the tabs."""
    query = asked(visit.request.query_params)
    with visit.world.database.read() as session:
        wanted = query.wanted(visit.visitor, visit.now)
        rows = desk_views.page(session, wanted, visit.now, after=query.key(), limit=AT_ONCE + 1)
        drafts = desk_views.latest_drafts(session, [row.id for row in rows])
        counts = desk_views.counts(session, visit.visitor.locations, visit.now)
    shown = rows[:AT_ONCE]
    more = query.url(after=key_of(shown[-1].at, shown[-1].id)) if len(rows) > AT_ONCE else ""
    settings, name = visit.world.settings, visit.visitor.name
    entries = [entry(row, drafts.get(row.id), settings, name, visit.now) for row in shown]
    return visit.page(
        "inbox.html", asked=query, entries=entries, more=more, counts=counts, tabs=TABS,
        counted={tab: _count(counts[tab], tab) for tab in TABS},
        choices=_choices(visit), empty=_empty(query, counts), deciding=visit.visitor.may("manager"),
        pending=any(each.draft_id for each in entries),
    )  # fmt: skip


def _count(number: int, tab: str) -> str:
    most = desk_views.most_counted(tab)
    return f"{most - 1:,}+" if number >= most else f"{number:,}"


def _choices(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in each filter, as (value, words)."""
    settings = visit.world.settings
    return {
        "location": [(place.id, settings.business_of(place.id).name) for place in settings.locations
                     if visit.visitor.sees(place.id)],
        "source": [(source.id, source.id) for source in settings.sources if _offers(visit, source.id)],
        "state": [(state, f"review_is_{state}") for state in ReviewState.__args__],  # type: ignore[attr-defined]
        "label": [(label, f"label_is_{label}") for label in Label.__args__],  # type: ignore[attr-defined]
        "topic": [(name, name) for name in (*topic_names(), *dict(settings.topics.own))],
        "since": [(span, f"since_{span}") for span in SINCE],
    }  # fmt: skip


def _empty(query: Asked, counts: dict[desk_views.Tab, int]) -> str:
    """Which sentence an empty list is explained with."""
    if query.filters or query.q or query.after:
        return "inbox_empty_filtered"
    if not counts["all"]:
        return "inbox_empty_new"
    if query.tab == "needs" and counts["older"]:
        return "inbox_empty_needs_older"
    return f"inbox_empty_{query.tab}"


def _offers(visit: Visit, source_id: str) -> bool:
    """A source of one other place only is none of this visitor's."""
    source = next(each for each in visit.world.settings.sources if each.id == source_id)
    return source.location is None or visit.visitor.sees(source.location)


ROUTES = (shows("/", _inbox),)
