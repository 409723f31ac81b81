"""All the checks together: what a connector's author subclasses."""
# ruff: noqa: D102, S101 - as in the checks

from repmon.testing.fault_checks import FaultChecks
from repmon.testing.item_checks import ItemChecks
from repmon.testing.reading_checks import ReadingChecks
from repmon.testing.reply_checks import ReplyChecks
from repmon.testing.settings_checks import SettingsChecks


class ConnectorContract(SettingsChecks, ReadingChecks, ItemChecks, FaultChecks):
    """Subclass it as `Test…`, fill in `connector`, `settings` and `replies`, and run pytest."""

    __test__ = False

    def __init_subclass__(cls) -> None:
        """Collect subclasses, though not the contracts themselves."""
        super().__init_subclass__()
        cls.__test__ = cls.__name__.startswith("Test")

    def test_one_that_posts_replies_is_put_to_the_reply_contract(self) -> None:
        posts = self.connector.can("post_reply")
        assert isinstance(self, ReplyChecks) or not posts, "it posts replies: subclass ReplyContract instead"


class ReplyContract(ReplyChecks, ConnectorContract):
    """The same for a connector that posts replies; fill in `posted` and `one` where they are needed."""
