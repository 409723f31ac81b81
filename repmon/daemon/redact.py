"""Secrets taken out of text, however they are spelt there."""

import json
import re
import threading
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

HIDDEN = "***"
SHORTEST = 4
"""Anything shorter would black out ordinary words."""

_PERCENT = re.compile("%[0-9A-F]{2}")


class Redactor:
    """Hides the secrets it was told of. Once told it never forgets: an old key may still be in use when a new one is
    read. Safe to call from several threads.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._telling = threading.Lock()
        self.hide(secrets)

    def hide(self, secrets: Iterable[str]) -> None:
        """Hide these too, from now on."""
        with self._telling:
            self._spellings.update(form for secret in secrets if len(secret) >= SHORTEST for form in _spellings(secret))
            longest_first = sorted(self._spellings, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def redact(self, text: str) -> str:
        """Put `***` in the place of every known secret."""
        return self._pattern.sub(HIDDEN, text) if self._pattern else text


def _spellings(secret: str) -> Iterator[str]:
    """As it is; percent-encoded as in a path and as in a query, both cases; as in a Python repr and in JSON."""
    yield secret
    for encoded in (quote(secret), quote(secret, safe=""), quote_plus(secret)):
        yield encoded
        yield _PERCENT.sub(lambda found: found[0].lower(), encoded)
    yield repr(secret)[1:-1]
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
