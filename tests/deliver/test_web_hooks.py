"""A message to a web hook: sent once, and what is said when it does not arrive."""

import json
import socket
import threading
import time

import pytest
from pydantic import SecretStr

from repmon.deliver import send, targets
from repmon.errors import DeliveryError
from repmon.steps.messages.message import Message
from tests.deliver.conftest import Hook
from tests.deliver.sent import MESSAGE, SECRET, failure


def test_a_web_hook_gets_the_message_once_as_it_is(hook):
    assert send(hook.target(), MESSAGE) is None
    [(path, got)] = hook.got
    assert path == f"/{SECRET}/hook"
    assert (got["title"], got["message"]) == (MESSAGE.title, MESSAGE.body)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_a_refusal_is_permanent(hook, status):
    hook.status = status
    problem = failure(hook.target())
    assert (problem.permanent, problem.code, problem.values["status"]) == (True, "delivery_refused", status)
    assert len(hook.got) == 1


@pytest.mark.parametrize(("status", "code"), [(408, "delivery_busy"), (429, "delivery_busy"), (500, "delivery_ill"),
                                              (502, "delivery_ill"), (503, "delivery_ill")])  # fmt: skip
def test_an_ill_or_busy_service_is_worth_another_attempt_but_not_now(hook, status, code):
    hook.status = status
    problem = failure(hook.target("?retry=3"))
    assert (problem.permanent, problem.code) == (False, code)
    assert len(hook.got) == 1


def test_a_redirect_is_not_followed(hook):
    hook.status, hook.headers = 302, {"Location": f"http://127.0.0.1:{hook.port}/inside"}
    problem = failure(hook.target("?redirect=yes"))
    assert (problem.permanent, problem.code) == (False, "delivery_redirected")
    assert [path for path, _ in hook.got] == [f"/{SECRET}/hook"]


def test_a_service_that_hangs_is_left_after_the_timeout(hook):
    hook.fault = "hang"
    began = time.monotonic()
    problem = failure(hook.target(), timeout=0.3)
    assert (problem.permanent, problem.code) == (False, "delivery_timeout")
    assert time.monotonic() - began < 2


def test_a_service_that_drips_is_left_after_three_timeouts(hook):
    hook.fault = "drip"
    began = time.monotonic()
    assert failure(hook.target(), timeout=0.3).code == "delivery_timeout"
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("fault", ["reset", "close"])
def test_a_connection_that_is_cut_is_worth_another_attempt(hook, fault):
    hook.fault = fault
    problem = failure(hook.target())
    assert (problem.permanent, problem.code) == (False, "delivery_cut")


def test_nobody_listening_is_worth_another_attempt():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        target = targets(SecretStr(f"json://127.0.0.1:{closed.getsockname()[1]}/{SECRET}"))[0]
    problem = failure(target)
    assert (problem.permanent, problem.code) == (False, "delivery_unreachable")


def test_a_host_without_a_name_is_worth_another_attempt():
    problem = failure(targets(SecretStr(f"json://nowhere.invalid/{SECRET}"))[0])
    assert (problem.permanent, problem.code) == (False, "delivery_dns")


def test_plain_http_behind_an_encrypted_address_is_told_as_such(hook):
    problem = failure(targets(SecretStr(f"jsons://127.0.0.1:{hook.port}/{SECRET}"))[0])
    assert (problem.permanent, problem.code) == (False, "delivery_tls")


def test_an_answer_that_echoes_the_message_is_not_kept(hook):
    hook.status, hook.answer = 400, json.dumps({"error": MESSAGE.body}).encode()
    assert "soup" not in str(failure(hook.target()).values)


def test_a_word_of_the_service_about_its_refusal_is_kept(hook):
    hook.status, hook.answer = 400, b'{"error": "invalid_payload"}'
    assert str(failure(hook.target())) == "It was refused (HTTP 400, invalid_payload)."


def test_the_options_of_an_address_cannot_hide_a_failure(hook):
    hook.status = 500
    assert failure(hook.target("?optional=yes&overflow=split&format=markdown&retry=5")).code == "delivery_ill"


def test_a_body_is_cut_to_what_the_service_shows_in_one_message(hook):
    target = targets(SecretStr(f"mmost://127.0.0.1:{hook.port}/{SECRET}0123456789"))[0]
    send(target, Message("Title", f"{'👍' * 9000}\n\nRead on: https://desk.example/reviews/12", "RM-1"))
    [(_, got)] = hook.got
    assert len(got["text"].encode("utf-16-le")) // 2 <= 4000
    assert got["text"].endswith("…\n\nRead on: https://desk.example/reviews/12")


def test_three_threads_do_not_mix_up_their_reasons(hook):
    hook.status = 404
    codes: dict[str, list[str]] = {"good": [], "gone": [], "dns": []}
    good = Hook()
    sent = {"good": good.target(), "gone": hook.target(), "dns": targets(SecretStr("json://nowhere.invalid/x"))[0]}

    def work(name: str) -> None:
        for _ in range(5):
            try:
                send(sent[name], MESSAGE)
                codes[name].append("")
            except DeliveryError as problem:
                codes[name].append(problem.code)

    threads = [threading.Thread(target=work, args=(name,)) for name in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    good.server.shutdown()
    good.server.server_close()
    assert codes == {"good": [""] * 5, "gone": ["delivery_refused"] * 5, "dns": ["delivery_dns"] * 5}


def test_the_proxy_of_the_environment_is_used(hook, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{hook.port}")
    send(targets(SecretStr("json://far.example/x"))[0], MESSAGE)
    assert hook.got[0][0] == "http://far.example/x"
