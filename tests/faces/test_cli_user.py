"""`repmon user`: adding, listing, giving a password, removing."""

import sqlite3

import pytest

from repmon.desk.passwords import is_right

PASSWORD = "three small teapots"
PLACES = '[[locations]]\nid = "harbour"\n[[locations]]\nid = "mill"\n'


@pytest.fixture
def desk(desk):
    desk.configure(PLACES)
    return desk


def stored(desk, query):
    connection = sqlite3.connect(desk.folder / "repmon.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def add(desk, name, *arguments, given=f"{PASSWORD}\n"):
    return desk.run("user", "add", name, "--password-stdin", *arguments, given=given)


def test_a_person_is_added_with_a_password_typed_twice_and_not_shown(desk):
    done = desk.run("user", "add", "mila", "--by", "olga", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0
    assert "mila can sign in as manager." in done.stdout
    assert PASSWORD not in done.output
    [(role, kept)] = stored(desk, "SELECT role, password_hash FROM user")
    assert (role, is_right(kept, PASSWORD)) == ("manager", True)
    assert stored(desk, "SELECT action, actor FROM audit") == [("user.added", "olga")]


def test_two_different_passwords_are_asked_for_again(desk):
    done = desk.run("user", "add", "mila", given=f"{PASSWORD}\nother\n{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0


def test_role_places_and_pin_can_be_given(desk):
    done = add(desk, "hugo", "--location", "mill", "--pin", given=f"{PASSWORD}\n493817\n")
    assert done.exit_code == 0
    [shown] = desk.json("user", "list")
    assert shown["locations"] == ["mill"]
    assert (shown["role"], shown["has_password"], shown["has_pin"]) == ("manager", True, True)
    assert "argon2" not in str(shown)


@pytest.mark.parametrize(("arguments", "given", "said"), [
    (("--location", "moon"), PASSWORD, "no place moon"),
    ((), "short", "at least 12 characters"),
    ((), "mila mila mila", "first anybody would try"),
    (("--pin",), f"{PASSWORD}\n123456", "first anybody would try"),
    (("--role", "king"), PASSWORD, "king"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nobody_is_added(desk, arguments, given, said):
    done = add(desk, "mila", *arguments, given=given + "\n")
    assert done.exit_code in {1, 2}
    assert said in done.stderr
    assert stored(desk, "SELECT count(*) FROM user") == [(0,)]


def test_nobody_yet_is_said_with_what_to_do(desk):
    assert "repmon user add NAME --role owner" in desk.run("user", "list").stdout
    assert desk.json("user", "list") == []


def test_everybody_is_listed_by_name(desk):
    add(desk, "olga", "--role", "owner")
    add(desk, "Anna")
    table = desk.run("user", "list").stdout
    assert table.index("Anna") < table.index("olga")
    assert "Owner" in table


def test_a_new_password_is_the_only_one(desk):
    add(desk, "mila")
    assert desk.run("user", "password", "Mila", "--password-stdin", given="four green bicycles\n").exit_code == 0
    [(kept,)] = stored(desk, "SELECT password_hash FROM user")
    assert is_right(kept, "four green bicycles")
    assert not is_right(kept, PASSWORD)


def test_the_last_owner_stays(desk):
    add(desk, "olga", "--role", "owner")
    refused = desk.run("user", "remove", "olga")
    assert refused.exit_code == 1
    assert "is the only owner" in refused.stderr
    add(desk, "otto", "--role", "owner")
    assert desk.run("user", "remove", "olga").exit_code == 0
    assert [each["name"] for each in desk.json("user", "list")] == ["otto"]


def test_a_name_nobody_has_is_said(desk):
    for command in ("remove", "password"):
        refused = desk.run(
            "user", command, "nobody", *(["--password-stdin"] if command == "password" else []), given="x\n"
        )
        assert refused.exit_code == 1
        assert "there is nobody called nobody" in refused.stderr
