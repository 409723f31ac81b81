"""Reads single cells of a file: numbers, dates and words as people write them."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from repmon.connector import ItemUnreadable

_NO_ANSWER = {"", "-"}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?![\d.,]*\d)")  # the first of "9 - Extremely likely"; "4,0" is 4.0


def answer(cell: Any) -> Any:
    """Take a dash and an empty cell as no answer."""
    if not isinstance(cell, str):
        return cell
    cell = cell.strip()
    return None if cell in _NO_ANSWER else cell


def number(said: Any, labels: Mapping[str, float]) -> float | None:
    """Read the number a cell begins with; words only where `labels` says what they stand for."""
    if not isinstance(said, str):
        given: float | None = said  # SiteReview checks it
        return given
    if said in labels:
        return labels[said]
    digits = _NUMBER.match(said)
    if digits is None:
        raise ItemUnreadable("rating")
    return float(digits[0].replace(",", "."))


def moment(said: str | None, form: str, zone: str) -> datetime | None:
    """Read a time as `form` says (strptime), else ISO 8601; without a zone of its own it is of `zone`."""
    if said is None:
        return None
    shaped = datetime.strptime(said, form) if form else None  # noqa: DTZ007 - its zone follows
    given = shaped or datetime.fromisoformat(said)
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone))


def digest(said: Any) -> str:
    """Name something by what it says: 32 hex digits, the same in every process."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]
