"""PUBLIC: the contract tests every connector must pass; subclass `ConnectorContract` in your own tests.

    class TestAcme(ConnectorContract):
        connector = Acme
        settings = {"listing": "aurora", "token": "made-up", "base_url": "{site}/v1"}
        replies = [first_page, second_page]

A local server plays the site with your recorded replies, and every test of the class asks one question of your
connector. `connectors/README.md` shows a complete one.
"""

from repmon.testing.contract import ConnectorContract, ReplyContract
from repmon.testing.folder import Folder
from repmon.testing.site import Reply, Site

__all__ = ["ConnectorContract", "Folder", "Reply", "ReplyContract", "Site"]
