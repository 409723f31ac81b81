"""The owner looks after people: rights, places, passwords, PINs, devices."""

import pytest

from repmon.store import audit
from tests.web.door import PASSWORD, sign_in


@pytest.fixture
def desk(bare):
    return bare


def number(desk, name):
    return desk.stage.one("SELECT id FROM user WHERE name = ?", name)


def test_the_owner_adds_a_person_who_can_sign_in(desk):
    owner = desk.owner
    answer = owner.post("/people", {"name": "mila", "role": "manager", "password": PASSWORD, "places": "some",
                                    "location": ["harbour"]}, page="/people")  # fmt: skip
    assert "The person is added." in owner.said(answer)
    assert desk.stage.one("SELECT locations FROM user WHERE name = 'mila'") == '["harbour"]'
    assert sign_in(desk.stranger()).status_code == 303
    assert PASSWORD not in str(desk.stage.rows("SELECT * FROM user"))


@pytest.mark.parametrize(("fields", "said"), [
    ({"name": "OLGA", "password": PASSWORD}, "somebody called OLGA already"),
    ({"name": "mila"}, "needs a password, a PIN, or both"),
    ({"name": "mila", "password": "short"}, "at least 12 characters"),
    ({"name": "mila", "pin": "123456"}, "first anybody would try"),
    ({"name": "mila", "pin": "999999"}, "first anybody would try"),
    ({"name": "mila", "pin": "12a456"}, "6 to 12 digits"),
    ({"name": "mila", "password": PASSWORD, "role": "king"}, "is no role"),
    ({"name": "mila", "password": PASSWORD, "location": ["moon"]}, "no place moon"),
])  # fmt: skip
def test_what_is_wrong_with_a_person_is_said(desk, fields, said):
    owner = desk.owner
    assert said in owner.said(owner.post("/people", {"role": "manager", **fields}, page="/people"))
    assert desk.stage.one("SELECT count(*) FROM user") == 1


def test_new_rights_hold_from_the_next_page_on(desk):
    owner, manager = desk.owner, desk.manager
    path = f"/people/{number(desk, 'mila')}"
    assert manager.get("/people").status_code == 403
    owner.post(path, {"role": "owner", "places": "all"}, page=path)
    assert manager.get("/people").status_code == 200
    assert desk.stage.one("SELECT action FROM audit") == "user.changed"


def test_the_last_owner_can_be_neither_removed_nor_demoted(desk):
    owner = desk.owner
    path = f"/people/{number(desk, 'olga')}"
    assert "is the only owner" in owner.said(owner.post(path, {"role": "viewer", "places": "all"}, page=path))
    assert "is the only owner" in owner.said(owner.post(path + "/remove", {"sure": "yes"}, page=path))
    assert desk.stage.one("SELECT role FROM user") == "owner"


def test_removing_somebody_takes_a_ticked_box(desk):
    owner, _manager = desk.owner, desk.manager
    path = f"/people/{number(desk, 'mila')}"
    assert "Tick the box" in owner.said(owner.post(path + "/remove", page=path))
    assert "mila is removed" in owner.said(owner.post(path + "/remove", {"sure": "yes"}, page=path))
    assert desk.stage.one("SELECT count(*) FROM session") == 1
    assert owner.get(path).status_code == 404


def test_a_password_set_by_the_owner_ends_every_session_of_that_person(desk):
    owner, manager = desk.owner, desk.manager
    path = f"/people/{number(desk, 'mila')}"
    owner.post(path + "/password", {"password": PASSWORD}, page=path)
    assert manager.get("/devices").status_code == 303
    assert sign_in(desk.stranger()).status_code == 303
    assert owner.get("/people").status_code == 200


def test_the_owner_signs_a_lost_phone_out(desk):
    owner, manager = desk.owner, desk.manager
    path = f"/people/{number(desk, 'mila')}"
    assert "All other devices" in owner.said(owner.post(path + "/end-all", page=path))
    assert manager.get("/devices").status_code == 303


def test_a_pin_is_set_and_taken_away(desk):
    owner, _manager = desk.owner, desk.manager
    path = f"/people/{number(desk, 'mila')}"
    owner.post(path + "/pin", {"pin": "493817"}, page=path)
    kept = desk.stage.one("SELECT pin_hash FROM user WHERE name = 'mila'")
    assert kept.startswith("$argon2id$")
    owner.post(path + "/pin", {"pin": ""}, page=path)
    assert desk.stage.one("SELECT pin_hash FROM user WHERE name = 'mila'") is None


def test_one_sets_ones_own_pin_with_ones_password(opened_with):
    with opened_with("[web]\nlinks = true\n") as desk:
        desk.owner.post("/people", {"name": "mila", "role": "manager", "password": PASSWORD}, page="/people")
        mine = desk.stranger()
        sign_in(mine)
        assert "not right" in mine.said(mine.post("/devices/pin", {"pin": "493817", "present": "x"}, page="/devices"))
        mine.post("/devices/pin", {"pin": "493817", "present": PASSWORD}, page="/devices")
        assert desk.stage.one("SELECT pin_hash FROM user WHERE name = 'mila'")


def test_names_are_shown_and_never_run(desk):
    owner = desk.owner
    owner.post("/people", {"name": "<script>alert(1)</script>", "role": "viewer", "pin": "493817"}, page="/people")
    assert "&lt;script&gt;" in owner.get("/people").text
    assert "<script>alert" not in owner.get("/people").text + owner.get("/audit").text


def test_every_act_is_in_the_record_and_none_holds_a_secret(desk):
    owner = desk.owner
    owner.post("/people", {"name": "mila", "role": "viewer", "password": PASSWORD, "pin": "493817"}, page="/people")
    path = f"/people/{number(desk, 'mila')}"
    owner.post(path, {"role": "manager", "places": "some", "location": "mill"}, page=path)
    owner.post(path + "/password", {"password": "four green bicycles"}, page=path)
    owner.post(path + "/pin", {"pin": ""}, page=path)
    owner.post(path + "/remove", {"sure": "yes"}, page=path)
    said = desk.stage.rows('SELECT action, actor, "values" FROM audit')
    assert [each[0] for each in said] == [
        "user.added", "user.changed", "user.password_set", "user.pin_removed", "user.removed",
    ]  # fmt: skip
    assert {each[1] for each in said} == {"olga"}
    assert not any(secret in str(said) for secret in (PASSWORD, "493817", "argon2", "bicycles"))
    with desk.world.database.read() as session:
        assert audit.verify(session) is None
