"""One's own account: the devices one is signed in on, one's password and PIN."""

from starlette.responses import Response

from repmon.desk import people
from repmon.desk.passwords import LONGEST_PIN, SHORTEST, SHORTEST_PIN
from repmon.desk.signing_in import check_password, end_other_sessions, end_session
from repmon.errors import DecisionError
from repmon.store import sessions, users
from repmon.web.addresses import visitor_address
from repmon.web.routing import does, shows
from repmon.web.visit import Visit

HERE = "/devices"


def _show(visit: Visit) -> Response:
    with visit.world.database.read() as session:
        devices = sessions.of_user(session, visit.visitor.user_id, visit.now)
        user = users.find(session, visit.visitor.user_id)
    return visit.page("devices.html", devices=devices, this=visit.session_id, shortest=SHORTEST,
                      has_pin=user is not None and user.pin_hash is not None, shortest_pin=SHORTEST_PIN,
                      longest_pin=LONGEST_PIN, links=visit.world.settings.web.links)  # fmt: skip


def _end(visit: Visit) -> Response:
    end_session(visit.world, visit.field("session"), by=visit.visitor.name, user_id=visit.visitor.user_id)
    return visit.back(HERE, "session_ended")


def _end_others(visit: Visit) -> Response:
    end_other_sessions(visit.world, visit.visitor.user_id, by=visit.visitor.name, keep=visit.session_id)
    return visit.back(HERE, "sessions_ended")


def _set_password(visit: Visit) -> Response:
    if visit.field("password") != visit.field("again"):
        raise DecisionError("password_differs")
    _prove(visit)
    people.set_password(visit.world, visit.visitor.user_id, visit.field("password"), by=visit.visitor.name,
                        keep=visit.session_id)  # fmt: skip
    return visit.back(HERE, "password_is_set")


def _set_pin(visit: Visit) -> Response:
    _prove(visit)
    people.set_pin(visit.world, visit.visitor.user_id, visit.field("pin").strip() or None, by=visit.visitor.name)
    return visit.back(HERE, "pin_is_set" if visit.field("pin").strip() else "pin_is_gone")


def _prove(visit: Visit) -> None:
    """A phone left on the counter must not be enough to take an account over."""
    check_password(visit.world, visit.visitor.name, visit.field("present"), address=visitor_address(visit.request))


ROUTES = (
    shows(HERE, _show),
    does("/devices/end", _end, needs="viewer"),
    does("/devices/end-others", _end_others, needs="viewer"),
    does("/devices/password", _set_password, needs="viewer"),
    does("/devices/pin", _set_pin, needs="viewer"),
)
