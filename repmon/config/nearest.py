"""The right name for a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

from repmon.wording import say


def nearest(given: str, names: Iterable[str]) -> str:
    """` (did you mean 'x'?)` where one of the names is close to what was given, else nothing."""
    by_folded = {name.casefold(): name for name in names}
    found = get_close_matches(given.casefold(), by_folded, n=1, cutoff=0.6)
    return " " + say("config_did_you_mean", {"name": by_folded[found[0]]}) if found else ""
