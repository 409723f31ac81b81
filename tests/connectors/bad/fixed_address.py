"""Has its address in the code, where no test and no proxy can stand in."""

from tests.connectors.acme import Acme

CAUGHT_BY = "test_its_address_is_a_setting"


class FixedAddress(Acme):
    base_url: str = ""
