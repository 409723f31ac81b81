"""Takes any setting, so that a mistyped one changes nothing in silence."""

from tests.connectors.acme import Acme

CAUGHT_BY = "test_unknown_settings_are_refused"


class AnySetting(Acme):
    model_config = {"extra": "ignore"}  # noqa: RUF012 - pydantic copies it
