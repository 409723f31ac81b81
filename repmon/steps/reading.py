"""Reads a connector's items under guard: whatever a stranger's code trips over becomes one of our errors."""

import csv
import linecache
import re
import traceback
from collections.abc import Generator, Iterator

from pydantic import SecretStr, ValidationError

from repmon.connector import Connector, Files, Http, Item, Mail, Pushed, SiteReview
from repmon.errors import ItemUnreadable, SourceChanged, SourceError

Door = Http | Files | Mail | Pushed
MISREADINGS = (
    ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
    RecursionError, SyntaxError,  # what xml.etree raises for broken XML
    csv.Error,
)  # fmt: skip
"""What code raises when the data is not what it expects. Everything else is a bug and stays one."""

_ROUNDS = 3
_KEY = re.compile(r"""(?:\[|\bget\()\s*["']([^"']+)["']""")


def read_item(connector: Connector, item: Item) -> SiteReview:
    """One raw item as a SiteReview; raises ItemUnreadable, naming the field, and nothing else for bad data."""
    try:
        review = connector.review(item)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "item"
        raise ItemUnreadable(field, "field_invalid", problem=first["msg"]) from None
    except KeyError as error:
        raise ItemUnreadable(str(error.args[0]) if error.args else "item", "field_missing") from error
    except MISREADINGS as error:
        raise ItemUnreadable(_field(error), "field_invalid", problem=type(error).__name__) from error
    if not isinstance(review, SiteReview):
        raise ItemUnreadable("item", "item_no_review", kind=type(review).__name__)
    return review


def guarded_items(connector: Connector, door: Door, listing: str) -> Generator[Item, None, None]:
    """Read the raw items of one listing, as lazily as the connector gives them.

    Raises SourceChanged where the connector cannot make sense of an answer, or is led round in circles; SourceError
    kinds from the connections pass through.
    """
    try:
        yield from _ending(connector.items(door, listing))
    except SourceError as error:
        hide_secrets(connector, error)
        raise
    except (*MISREADINGS, ItemUnreadable) as error:
        raise SourceChanged("answer_unreadable", problem=_what(error)) from error


def _ending(items: Iterator[Item]) -> Iterator[Item]:
    """Read until the items go round in circles (Brent's cycle finding, 1980: one place remembered, one look each).

    The place is two neighbours, because some sites pin one review on top of every page; it must come round three
    times, because a review may be seen twice where pages shift while being read.
    """
    marked: tuple[Item, Item] = (object(), object())
    previous: Item = object()
    window, steps, rounds = 1, 0, 0
    for item in items:
        steps += 1
        if item == marked[1] and previous == marked[0]:
            rounds += 1
            if rounds == _ROUNDS:
                raise SourceChanged("listing_repeats")
        if steps == window:
            marked, window, steps, rounds = (previous, item), window * 2, 0, 0
        previous = item
        yield item


def hide_secrets(connector: Connector, error: SourceError) -> None:
    """Take secret settings out of an error's values: errors name addresses, and the address of a feed is one."""
    for _name, setting in connector:
        if not isinstance(setting, SecretStr):
            continue
        secret = setting.get_secret_value()
        for shown in filter(None, (secret, secret.partition("?")[0])):
            for name, value in error.values.items():
                if isinstance(value, str):
                    error.values[name] = value.replace(shown, "***")


def _what(error: BaseException) -> str:
    """Say what an answer lacked, without quoting the answer."""
    if isinstance(error, ItemUnreadable):
        return error.field
    if isinstance(error, KeyError) and error.args:
        return f"no {error.args[0]}"
    return f"{type(error).__name__} at {_field(error)}"


def _field(error: BaseException) -> str:
    """Name the field a connector was reading when it tripped: the last key named in that line of its code.

    Python says where in a line an error arose; a connector without source at hand gives the name of its function.
    """
    frames = traceback.extract_tb(error.__traceback__)
    frame = next((frame for frame in frames if frame.filename != __file__), frames[-1])
    line = linecache.getline(frame.filename, frame.lineno or 0)
    keys = _KEY.findall(line[frame.colno or 0 : frame.end_colno if frame.end_lineno == frame.lineno else None])
    return keys[-1] if keys else frame.name
