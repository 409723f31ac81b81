"""A value as compact JSON text, for keeping: fast, and never refused for what a site put into it."""

import json

from pydantic_core import PydanticSerializationError, to_json

from repmon.steps.clean import mended


def compact(value: object) -> str:
    """JSON text of anything; what JSON has no form for is written as Python would print it.

    pydantic's writer is several times faster than the standard one and refuses half a surrogate pair, which no
    database takes either: then U+FFFD stands for it.
    """
    try:
        return to_json(value, inf_nan_mode="constants", fallback=str).decode()
    except (PydanticSerializationError, UnicodeEncodeError, ValueError):
        return mended(json.dumps(value, ensure_ascii=False, default=str))
