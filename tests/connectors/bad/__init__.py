"""Deliberately bad connectors, one mistake each; the check named in `CAUGHT_BY` has to catch it."""

from importlib import import_module
from pkgutil import iter_modules

from repmon.connector import Connector

NAMES = sorted(module.name for module in iter_modules(__path__) if module.name != "contracts")


def bad(name: str) -> type[Connector]:
    """Get the one class of a module of this folder."""
    module = import_module(f"{__name__}.{name}")
    found: type[Connector] = getattr(module, "".join(word.capitalize() for word in name.split("_")))
    return found


def caught_by(name: str) -> str:
    """Get the check that has to catch it."""
    check: str = import_module(f"{__name__}.{name}").CAUGHT_BY
    return check
