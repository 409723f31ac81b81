"""All the checks together: what a connector's author subclasses."""

from repmon.testing.fault_checks import FaultChecks
from repmon.testing.item_checks import ItemChecks
from repmon.testing.reading_checks import ReadingChecks
from repmon.testing.settings_checks import SettingsChecks


class ConnectorContract(SettingsChecks, ReadingChecks, ItemChecks, FaultChecks):
    """Subclass it as `Test…`, fill in `connector`, `settings` and `replies`, and run pytest."""

    __test__ = False

    def __init_subclass__(cls) -> None:
        """Collect subclasses, though not this class itself."""
        super().__init_subclass__()
        cls.__test__ = cls.__name__.startswith("Test")
