"""Lets anybody change its settings after they were checked."""

from tests.connectors.acme import Acme

CAUGHT_BY = "test_settings_do_not_change"


class Changeable(Acme):
    model_config = {"frozen": False}  # noqa: RUF012 - pydantic copies it
