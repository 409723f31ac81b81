"""Apprise addresses: taken apart into recipients, named without their secrets, loaded without the rest of Apprise."""

import os
import subprocess
import sys

import pytest
from pydantic import SecretStr

from repmon.deliver import targets
from repmon.errors import DeliveryError
from tests.deliver.sent import SECRET


@pytest.mark.parametrize("url", ["", "nonsense", "nosuchservice://x/y", f"slack://{SECRET}", "https://www.example/x",
                                 "mailto://", "json://[::1", "discord://"])  # fmt: skip
def test_an_address_that_apprise_cannot_read_is_a_permanent_failure_without_the_address(url):
    with pytest.raises(DeliveryError) as caught:
        targets(SecretStr(url))
    assert (caught.value.permanent, caught.value.code) == (True, "channel_unreadable")
    assert SECRET not in f"{caught.value}{caught.value!r}{caught.value.__cause__!r}"


def test_recipients_that_can_only_be_reached_together_are_refused():
    with pytest.raises(DeliveryError) as caught:
        targets(SecretStr("rocket://user:pass@rocket.example/#general/@joe"))
    assert (caught.value.permanent, caught.value.code) == (True, "channel_inseparable")


def test_two_targets_differ_and_show_no_secret():
    one, two = (targets(SecretStr(f"slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi{n}FQ"))[0] for n in "78")
    assert one.key != two.key
    assert one.masked != two.masked
    hidden = targets(SecretStr(f"json://owner:{SECRET}@hook.example:8443/{SECRET}?-token={SECRET}&+X-Auth={SECRET}"))[0]
    assert SECRET not in f"{hidden!r}{hidden.masked}{hidden.key}"
    assert hidden.masked.startswith("json://hook.example:8443/…")


def test_options_that_we_overrule_do_not_make_another_target():
    plain, tuned = (targets(SecretStr(f"json://hook.example/x{query}"))[0] for query in ("", "?rto=2&cto=3&retry=1"))
    assert plain.key == tuned.key


STABLE = """
from pydantic import SecretStr
from repmon.deliver import targets
for url in ("mailto://u:p@mail.example?from=a@b.example&to=c@d.example,e@f.example&cc=g@h.example",
            "slack://xoxb-1234-1234-abc124def/#one/#two/#three", "json://h.example/x?+b=1&+a=2&-z=1&:q=2"):
    print(sorted((t.key, t.masked) for t in targets(SecretStr(url))))
"""


def run(code: str, **environ: str) -> str:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environ}
    return subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True).stdout


def test_keys_are_the_same_in_every_process():
    assert len({run(STABLE, PYTHONHASHSEED=seed) for seed in ("1", "2")}) == 1


LEAN = """
import sys
import repmon.deliver
assert "apprise" not in sys.modules, "loaded too early"
from pydantic import SecretStr
from repmon.deliver import services, targets
targets(SecretStr("json://127.0.0.1/x")), targets(SecretStr("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"))
from apprise.manager_plugins import NotificationManager
manager = NotificationManager()
assert len(manager) == 2, len(manager)
targets(SecretStr("gotify://127.0.0.1/Aaaaaaaaaaaaaaa")), targets(SecretStr("zulip://bot@org/" + "a" * 32 + "/news"))
assert len(manager) > 100
wrong = {s: m for s, m in services._MODULES.items() if f".{m}" not in f"{manager[s].__module__}."}
assert not wrong, wrong
"""


def test_only_the_plugins_in_use_are_loaded_until_an_unknown_one_is_asked_for():
    run(LEAN)
