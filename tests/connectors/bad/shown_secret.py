"""Has a repr of its own that shows the token."""

from tests.connectors.acme import Acme

CAUGHT_BY = "test_no_secret_shows_in_its_repr"


class ShownSecret(Acme):
    def __repr__(self) -> str:
        return f"ShownSecret({self.token.get_secret_value()})"
