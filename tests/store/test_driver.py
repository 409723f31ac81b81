"""Without the PostgreSQL driver the database is refused with the mend, not with a traceback."""

import sys

import pytest

from repmon.errors import StoreError
from repmon.store.database import Database


def test_a_missing_driver_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"repmon\[postgres\]"):
        Database("postgresql+psycopg://repmon@localhost/repmon")
