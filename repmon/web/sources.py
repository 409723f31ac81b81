"""The Sources pages: how each source is and what to do about it; one closely, with what could not be read."""

from starlette.responses import Response

from repmon.desk.asking import ask_again, try_set_aside
from repmon.store import health_views
from repmon.web.off_topic import taught_of
from repmon.web.routing import NotFound, does, shows
from repmon.web.sources_health import Health, healths
from repmon.web.told import told
from repmon.web.visit import Visit

HERE = "/sources"
MOST_ITEMS = 20


def _list(visit: Visit) -> Response:
    found = healths(visit.world, visit.visitor)
    return visit.page(
        "sources.html", sources=[each for each in found if each.state != "retired"],
        retired=[each for each in found if each.state == "retired"], deciding=visit.visitor.may("manager"),
    )  # fmt: skip


def _one(visit: Visit) -> Response:
    found = _named(visit)
    with visit.world.database.read() as session:
        items = health_views.items_aside(session, found.id, MOST_ITEMS)
        stumbled = health_views.reviews_aside(session, found.id, MOST_ITEMS)
    return visit.page(
        "source.html", source=found, items=items, told=told,
        stumbled=[row for row in stumbled if visit.visitor.sees(row.location)],
        deciding=visit.visitor.may("manager"), owning=visit.visitor.may("owner"),
        everything=visit.visitor.locations is None, taught=taught_of(visit, found.name, found.id),
    )  # fmt: skip


def _ask(visit: Visit) -> Response:
    found = _named(visit)
    now = ask_again(visit.world, found.name, by=visit.visitor.name)
    said = "did_ask_source_now" if now else "did_ask_source"
    return visit.back(visit.came_from(HERE), said, source=found.name, every=found.every)


def _retry(visit: Visit) -> Response:
    found = _named(visit)
    try_set_aside(visit.world, found.name, by=visit.visitor.name)
    return visit.back(f"{HERE}/{found.name}", "did_retry_source", source=found.name, every=found.every)


def _named(visit: Visit) -> Health:
    """The source in the address; NotFound for one that is not there, or not this visitor's to see."""
    name = visit.request.path_params["name"]
    for each in healths(visit.world, visit.visitor):
        if each.name == name:
            return each
    raise NotFound


ROUTES = (
    shows(HERE, _list),
    shows(HERE + "/{name}", _one),
    does(HERE + "/{name}/ask", _ask),
    does(HERE + "/{name}/retry", _retry, needs="owner"),
)
