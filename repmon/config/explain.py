"""What pydantic found wrong, in sentences for the person who wrote the file."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from repmon.config.lines import KeyPath
from repmon.config.nearest import nearest
from repmon.config.problems import Problems
from repmon.config.units import Wrong

KINDS = {
    "bool_parsing": "config_need_bool", "bool_type": "config_need_bool",
    "dict_type": "config_need_table", "mapping_type": "config_need_table", "model_type": "config_need_table",
    "model_attributes_type": "config_need_table",
    "float_parsing": "config_need_number", "float_type": "config_need_number",
    "int_from_float": "config_need_whole", "int_parsing": "config_need_whole", "int_type": "config_need_whole",
    "list_type": "config_need_list", "set_type": "config_need_list", "tuple_type": "config_need_list",
    "path_type": "config_need_text", "string_type": "config_need_text",
    "string_pattern_mismatch": "config_form", "string_too_short": "config_empty", "too_short": "config_empty_list",
}  # fmt: skip
"""Kinds of pydantic errors to our sentences; others keep pydantic's own words."""


def explain(
    error: ValidationError, model: type[BaseModel], at: KeyPath, problems: Problems, also: frozenset[str]
) -> None:
    """Note every mistake of one table that stands `at` a path; `also` are keys that are right beside the model's own.

    What could not be read before validation has been complained about already and is passed over.
    """
    for detail in error.errors(include_url=False):
        path = at + detail["loc"]
        if detail["type"] == "missing":
            problems.add(path, "config_key_missing", key=detail["loc"][-1])
        elif detail["type"] == "extra_forbidden":
            names = {*_names(model, detail["loc"][:-1]), *(also if len(detail["loc"]) == 1 else ())}
            problems.add(path, "config_key_unknown", hint=nearest(str(detail["loc"][-1]), names))
        elif not problems.known(path):
            code, values = worded(detail)
            problems.add(path, code, **values)


def worded(detail: ErrorDetails) -> tuple[str, dict[str, object]]:
    """Give the code and the values of the sentence for one value that a model refused."""
    context = detail.get("ctx", {})
    wrong = context.get("error")
    if isinstance(wrong, Wrong):
        return wrong.code, dict(wrong.values)
    if detail["type"] == "literal_error":
        return "config_not_one_of", _not_one_of(detail)
    if detail["type"] == "greater_than_equal":
        return "config_at_least", {"least": context["ge"]}
    if detail["type"] in KINDS:
        return KINDS[detail["type"]], {}
    return "config_refused", {"message": detail["msg"].removeprefix("Value error, ")}


def _not_one_of(detail: ErrorDetails) -> dict[str, object]:
    expected = str(detail.get("ctx", {})["expected"])
    names = [name.strip("'") for name in expected.replace(" or ", ", ").split(", ")]
    given = detail["input"]
    hint = nearest(given, names) if isinstance(given, str) else ""
    return {"names": ", ".join(names), "hint": hint}


def _names(model: type[BaseModel], loc: KeyPath) -> list[str]:
    """List the keys a table may have, found by walking down from the model of the table it stands in."""
    for key in loc:
        if isinstance(key, str):
            info = model.model_fields.get(key)
            nested = next(_models(info.annotation), None) if info else None
            if nested is None:
                return []
            model = nested
    return [info.alias or name for name, info in model.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
