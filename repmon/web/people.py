"""The People page (owner): who may come, what they may do, and on which devices they are."""

from starlette.responses import Response

from repmon.desk import people
from repmon.desk.passwords import LONGEST_PIN, SHORTEST, SHORTEST_PIN
from repmon.desk.signing_in import end_other_sessions, end_session
from repmon.errors import DecisionError
from repmon.store import sessions, users
from repmon.store.tables import UserRow
from repmon.web.routing import NotFound, does, shows
from repmon.web.visit import ROLES, Visit

HERE = "/people"


def _list(visit: Visit) -> Response:
    with visit.world.database.read() as session:
        everybody = users.everybody(session)
    return visit.page("people.html", 200, people=everybody, **_choices(visit))


def _one(visit: Visit) -> Response:
    with visit.world.database.read() as session:
        user = _known(users.find(session, _id(visit)))
        devices = sessions.of_user(session, _id(visit), visit.now)
    return visit.page("person.html", 200, person=user, devices=devices, this=visit.session_id, **_choices(visit))


def _add(visit: Visit) -> Response:
    password, pin = visit.field("password"), visit.field("pin").strip()
    added = people.add_person(
        visit.world, visit.field("name"), visit.field("role"), password=password or None, pin=pin or None,
        locations=visit.fields("location"), by=visit.visitor.name,
    )  # fmt: skip
    return visit.back(f"{HERE}/{added}", "user_is_added")


def _change(visit: Visit) -> Response:
    if visit.field("places") == "some" and not visit.fields("location"):
        raise DecisionError("user_no_place")
    places = visit.fields("location") if visit.field("places") == "some" else []
    people.change_person(visit.world, _id(visit), visit.field("role"), places, by=visit.visitor.name)
    return visit.back(_path(visit), "user_is_changed")


def _set_password(visit: Visit) -> Response:
    keep = visit.session_id if _id(visit) == visit.visitor.user_id else None
    people.set_password(visit.world, _id(visit), visit.field("password"), by=visit.visitor.name, keep=keep)
    return visit.back(_path(visit), "user_password_is_set")


def _set_pin(visit: Visit) -> Response:
    pin = visit.field("pin").strip() or None
    people.set_pin(visit.world, _id(visit), pin, by=visit.visitor.name)
    return visit.back(_path(visit), "pin_is_set" if pin else "pin_is_gone")


def _remove(visit: Visit) -> Response:
    with visit.world.database.read() as session:
        name = _known(users.find(session, _id(visit))).name
    if visit.field("sure") != "yes":
        raise DecisionError("user_not_sure", name=name)
    people.remove_person(visit.world, _id(visit), by=visit.visitor.name)
    return visit.back(HERE, "user_is_removed", name=name)


def _end(visit: Visit) -> Response:
    end_session(visit.world, visit.field("session"), by=visit.visitor.name, user_id=_id(visit))
    return visit.back(_path(visit), "session_ended")


def _end_all(visit: Visit) -> Response:
    end_other_sessions(visit.world, _id(visit), by=visit.visitor.name, keep=visit.session_id)
    return visit.back(_path(visit), "sessions_ended")


def _id(visit: Visit) -> int:
    return int(visit.request.path_params["id"])


def _path(visit: Visit) -> str:
    return f"{HERE}/{_id(visit)}"


def _known(user: UserRow | None) -> UserRow:
    if user is None:
        raise NotFound
    return user


def _choices(visit: Visit) -> dict[str, object]:
    settings = visit.world.settings
    return {"roles": ROLES, "shortest": SHORTEST, "shortest_pin": SHORTEST_PIN, "longest_pin": LONGEST_PIN,
            "locations": [(place.id, settings.business_of(place.id).name) for place in settings.locations]}  # fmt: skip


ROUTES = (
    shows(HERE, _list, needs="owner"),
    does(HERE, _add, needs="owner"),
    shows(HERE + "/{id:int}", _one, needs="owner"),
    does(HERE + "/{id:int}", _change, needs="owner"),
    does(HERE + "/{id:int}/password", _set_password, needs="owner"),
    does(HERE + "/{id:int}/pin", _set_pin, needs="owner"),
    does(HERE + "/{id:int}/remove", _remove, needs="owner"),
    does(HERE + "/{id:int}/end", _end, needs="owner"),
    does(HERE + "/{id:int}/end-all", _end_all, needs="owner"),
)
