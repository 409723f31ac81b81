"""The contract put to every bad connector: run by `test_bad_connectors.py`, not collected by itself."""

from repmon.testing import ReplyContract
from tests.connectors.acme import ONE, PAGES, SETTINGS, Acme
from tests.connectors.bad import NAMES, bad

REPLIES = {"connector": Acme, "settings": SETTINGS, "replies": PAGES, "one": ONE}

globals().update(
    {f"Test_{name}": type(f"Test_{name}", (ReplyContract,), {**REPLIES, "connector": bad(name)}) for name in NAMES}
)


class Test_good(ReplyContract):  # noqa: N801 - named like the bad ones
    connector = Acme
    settings = SETTINGS
    replies = PAGES
    one = ONE
