"""What holds for every page: who may, which headers, which hosts, and that nothing comes from elsewhere."""

import hashlib
import re
from pathlib import Path

import pytest
from starlette.routing import Route

import repmon.web
from repmon.errors import StoreError
from repmon.web import static

TEMPLATES = sorted((Path(repmon.web.__file__).parent / "templates").rglob("*.html"))
WITHOUT_SIGN_IN = {"/sign-in", "/setup", "/d/{token}", "/static/{name}"}
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"

EVENTS = "/hooks/"
"""No form: what is sent there shows by its signature who sent it, and has tests of its own."""


@pytest.fixture
def desk(bare):
    """Reviews are not needed here."""
    return bare


def routes(desk, method):
    """Every path of the desk with this method, its blanks filled in."""
    for route in desk.app.routes:
        assert isinstance(route, Route)
        if method in route.methods:
            path = re.sub(r"\{\w+:int\}", "1", route.path).replace("{token}", "x").replace("{name}", "x")
            yield route.path, re.sub(r"\{\w+\}", "1", path)


def test_every_page_but_the_doors_needs_somebody_signed_in(desk):
    stranger = desk.stranger()
    for pattern, path in routes(desk, "GET"):
        answer = stranger.get(path)
        if pattern not in WITHOUT_SIGN_IN:
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in"), path


def test_every_answer_carries_the_careful_headers(desk):
    browser = desk.owner
    for _pattern, path in [*routes(desk, "GET"), ("", "/nowhere")]:
        headers = browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store", path
        assert "server" not in headers


def test_every_form_needs_its_token_whoever_sends_it(desk):
    owner = desk.owner
    for _pattern, path in routes(desk, "POST"):
        if path.startswith(EVENTS):
            continue
        answer = owner.client.post(desk.base + path, data={"csrf": "wrong"}, headers={"origin": desk.base})
        assert answer.status_code == 403, path
        assert "This form is too old" in answer.text


def test_a_form_of_another_site_changes_nothing_even_with_the_token(desk):
    owner = desk.owner
    token = owner.token("/people")
    for headers in (
        {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"}, {"origin": desk.base + ".evil.example"}, {"origin": "http://127.0.0.1:1"},
        {"origin": "http://[::1"},
    ):  # fmt: skip
        answer = owner.client.post(desk.base + "/sign-out", data={"csrf": token}, headers=headers)
        assert answer.status_code == 403, headers
    assert owner.get("/people").status_code == 200


def test_the_token_of_one_session_is_no_use_in_another(desk):
    owner, manager = desk.owner, desk.manager
    answer = owner.post("/sign-out", {"csrf": manager.token("/devices")})
    assert answer.status_code == 403


def test_a_viewer_can_send_no_form_that_decides(desk):
    viewer = desk.viewer
    token = viewer.token("/devices")
    own = ("/sign-out", "/devices", "/sign-in", "/setup", "/d/", EVENTS)
    for _pattern, path in routes(desk, "POST"):
        if not path.startswith(own):
            answer = viewer.client.post(desk.base + path, data={"csrf": token}, headers={"origin": desk.base})
            assert answer.status_code == 403, path
    assert desk.stage.one("SELECT count(*) FROM audit") == 0


def test_a_manager_cannot_see_or_do_what_is_the_owners(desk):
    manager = desk.manager
    assert manager.get("/people").status_code == 403
    assert manager.get("/audit").status_code == 403
    assert "/people" not in manager.get("/devices").text
    assert manager.post("/people", {"name": "x", "role": "owner"}, page="/devices").status_code == 403


def test_nothing_can_be_changed_by_asking_for_a_page(desk):
    owner = desk.owner
    for path in ("/sign-out", "/devices/end", "/people/1/remove", "/audit/export"):
        assert owner.get(path).status_code == 405
        assert owner.client.head(desk.base + path).status_code == 405
    assert owner.get("/people").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::", "x y"])
def test_another_name_for_this_address_gets_nothing(desk, host):
    answer = desk.owner.get("/people", headers={"host": host})
    assert answer.status_code == 400
    assert "olga" not in answer.text


def test_the_public_address_is_a_name_of_ours(opened_with):
    with opened_with('[web]\nurl = "https://desk.kettle.example"\n') as desk:
        answer = desk.stranger().get("/sign-in", headers={"host": "desk.kettle.example"})
        assert answer.status_code in {200, 303}
        assert "max-age" in answer.headers["strict-transport-security"]


def test_a_page_that_is_not_there_says_so_inside_the_desk(desk):
    answer = desk.owner.get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert 'href="/audit"' in answer.text


def test_a_form_over_a_megabyte_is_not_read(desk):
    answer = desk.owner.post("/devices/password", {"present": "x" * 2**20}, page="/devices")
    assert answer.status_code == 413


def test_what_goes_wrong_inside_is_told_by_a_number_only(desk, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError("the secret is 12345")

    monkeypatch.setattr("repmon.store.users.everybody", broken)
    answer = desk.owner.get("/people")
    assert answer.status_code == 500
    assert "12345" not in answer.text
    assert "RuntimeError" not in answer.text
    number = re.search(r"Number in the log: (\w+)", answer.text)
    assert number is not None
    assert any(getattr(record, "number", "") == number[1] for record in caplog.records)


def test_a_database_that_refuses_is_said_kindly(desk, monkeypatch):
    def full(*_: object) -> None:
        raise StoreError("disk_full")

    owner = desk.owner
    monkeypatch.setattr("repmon.store.users.everybody", full)
    answer = owner.get("/people")
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.text


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_holds_script_style_or_anything_from_elsewhere(file):
    text = file.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|\|\s*safe\b|autoescape false", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    links = re.findall(r'(?:src|href|action)="([^"{][^"]*)"', text)
    assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in links), links


def test_style_and_script_reach_for_nothing_elsewhere():
    for file in static.FOLDER.iterdir():
        if file.suffix in {".css", ".js"} and file.name != "htmx.min.js":
            assert not re.search(r"https?://|@import|url\(", file.read_text("utf-8")), file.name


def test_htmx_is_the_file_its_makers_published():
    assert hashlib.sha256((static.FOLDER / "htmx.min.js").read_bytes()).hexdigest() == HTMX
    assert "Zero-Clause BSD" in (static.FOLDER / "htmx.LICENSE").read_text("utf-8")


def test_a_file_is_kept_for_ever_under_a_name_that_changes_with_it(desk):
    answer = desk.stranger().get(static.path_of("desk.css"))
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    for path in ("/static/desk.css", "/static/../app.py", "/static/desk.000000000000.css", "/static/%2e%2e/app.py"):
        assert desk.stranger().get(path).status_code == 404


def test_the_first_page_weighs_less_than_120_kilobytes(desk):
    page = desk.owner.get("/devices")
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    weight = len(page.content) + sum(len(desk.stranger().get(file).content) for file in files)
    assert len(files) == 6
    assert weight < 120_000
