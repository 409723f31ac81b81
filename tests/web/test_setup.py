"""The first start: a code from the log, once, makes the owner."""

import pytest

from repmon.desk.setting_up import offer_code

PASSWORD = "three small teapots"


def set_up(browser, code, name="olga", password=PASSWORD, again=None):
    return browser.post("/setup", {"code": code, "name": name, "password": password, "again": again or password},
                        page="/setup")  # fmt: skip


def test_before_there_is_anybody_every_page_leads_to_the_setup(bare):
    page = bare.stranger().follow("/people")
    assert page.url.path == "/setup"
    assert "Set up the desk" in page.text


def test_the_code_makes_the_owner_and_signs_them_in(bare):
    code = offer_code(bare.world)
    browser = bare.stranger()
    assert set_up(browser, code).headers["location"] == "/"
    assert browser.get("/people").status_code == 200
    assert bare.stage.rows("SELECT name, role, locations FROM user") == [("olga", "owner", None)]
    assert bare.stage.rows("SELECT action FROM audit") == [("desk.set_up",), ("user.signed_in",)]


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\u00a0"])
def test_the_code_may_be_typed_as_people_type(bare, typed):
    assert set_up(bare.stranger(), typed(offer_code(bare.world))).status_code == 303


def test_the_code_is_used_up(bare):
    code = offer_code(bare.world)
    set_up(bare.stranger(), code)
    second = bare.stranger()
    assert second.get("/setup").headers["location"] == "/sign-in"
    token = second.token("/sign-in")
    answer = second.client.post(bare.base + "/setup", headers={"origin": bare.base}, data={
        "csrf": token, "code": code, "name": "eve", "password": PASSWORD, "again": PASSWORD,
    })  # fmt: skip
    assert answer.headers["location"] == "/sign-in"
    assert bare.stage.one("SELECT count(*) FROM user") == 1


def test_the_code_is_not_kept_in_clear(bare):
    code = offer_code(bare.world)
    assert code.replace("-", "") not in str(bare.stage.rows("SELECT * FROM fact")).replace("-", "")


def test_a_later_start_makes_the_earlier_code_useless(bare):
    old, new = offer_code(bare.world), offer_code(bare.world)
    assert set_up(bare.stranger(), old).status_code == 422
    assert set_up(bare.stranger(), new).status_code == 303


def test_guessing_the_code_has_to_wait(bare):
    code = offer_code(bare.world)
    browser = bare.stranger()
    for _ in range(5):
        assert "not the code in the log" in set_up(browser, "AAAA-AAAA-AAAA-AAAA").text
    assert set_up(browser, code).status_code == 429


def test_no_code_is_offered_once_there_is_somebody(bare):
    bare.person("olga", "owner")
    assert offer_code(bare.world) is None


@pytest.mark.parametrize(("name", "password", "again", "said"), [
    ("olga", "short", None, "at least 12 characters"),
    ("olga", "passwordpassword", None, "first anybody would try"),
    ("olga", "olgaolgaolgaolga", None, "first anybody would try"),
    ("olga", "aaaaaaaaaaaaaaa", None, "first anybody would try"),
    ("olga", PASSWORD, "another thing entirely", "differ"),
    ("", PASSWORD, None, "A name has"),
    ("ol\u202ega", PASSWORD, None, "A name has"),
])  # fmt: skip
def test_an_unfit_name_or_password_is_said_and_the_code_stays_good(bare, name, password, again, said):
    code = offer_code(bare.world)
    browser = bare.stranger()
    answer = set_up(browser, code, name, password, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert set_up(browser, code).status_code == 303
