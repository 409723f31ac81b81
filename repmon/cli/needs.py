"""What a connector needs to be told: its settings, as a person fills them in."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from repmon.config.starter import toml
from repmon.connector import Connector
from repmon.wording import _

PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", SecretStr: "secret"}
PLACEHOLDERS = {"whole number": "0", "number": "0", "true or false": "true"}
NOTHING: tuple[object, ...] = ("", None, [], {})
"""Defaults that stand for "not set"."""


@dataclass(frozen=True)
class Need:
    """One setting. `default` is of a kind that JSON and TOML write alike; None is not set (or a secret)."""

    name: str
    type: str
    required: bool
    default: object
    description: str
    secret: bool
    choices: tuple[object, ...] = ()

    def example(self, connector: str) -> str:
        """What could stand behind the equals sign, in TOML; a secret is best kept outside the file."""
        if self.default is not None:
            return toml(self.default)
        shown = written(f"env:{variable(connector, self.name)}") if self.secret else '"…"'
        if self.type.startswith("table"):
            return f"{{ name = {shown} }}"
        if self.type.startswith("list"):
            return f"[{shown}]"
        return written(self.choices[0]) if self.choices else PLACEHOLDERS.get(self.type, shown)


def variable(*words: str) -> str:
    """Name an environment variable: `ACME_TOKEN`."""
    return re.sub(r"\W", "_", "_".join(words), flags=re.ASCII).upper()


def written(value: object) -> str:
    """Write a plain value as TOML and JSON both write it."""
    return json.dumps(value, ensure_ascii=False)


def needs(connector: type[Connector]) -> list[Need]:
    """Every setting, the required ones first, otherwise as the class has them."""
    found = [_need(name, field) for name, field in connector.model_fields.items()]
    return sorted(found, key=lambda need: not need.required)


def block(name: str, connector: type[Connector]) -> str:
    """A [[sources]] table to begin with, in TOML; what has a default stands in comments."""
    lines = ["[[sources]]", f'id = "{name.replace("_", "-")}"', f'connector = "{name}"']
    for need in needs(connector):
        line = f"{need.name} = {need.example(name)}"
        lines.append(line if need.required else f"# {line}")
    return "\n".join(lines)


def _need(name: str, field: FieldInfo) -> Need:
    secret = SecretStr in set(_leaves(field.annotation))
    given = None if field.is_required() else field.get_default(call_default_factory=True, validated_data={})
    default = None if secret else json.loads(json.dumps(given, default=_plain))
    return Need(name, " or ".join(dict.fromkeys(_named(field.annotation))), field.is_required(), default,
                field.description or "", secret, _choices(field.annotation))  # fmt: skip


def _plain(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def _choices(annotation: Any) -> tuple[object, ...]:
    """What a setting must be one of, as far as it says something; () where it may be anything."""
    return tuple(each for each in get_args(annotation) if each != "") if get_origin(annotation) is Literal else ()


def _named(annotation: Any) -> Iterator[str]:
    """The kinds of value a setting takes, in words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _named(inner[0])
    elif origin in {Union, UnionType}:
        for each in inner:
            yield from _named(each) if each is not type(None) else ()
    elif origin is Literal:
        if values := _choices(annotation):
            yield _("one of {values}").format(values=", ".join(map(written, values)))
    elif origin in {list, tuple, set, frozenset}:
        yield _("list of {kind}").format(kind=" or ".join(dict.fromkeys(_named(inner[0]))))
    elif origin is dict:
        yield _("table of {kind}").format(kind=" or ".join(dict.fromkeys(_named(inner[1]))))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield _("table")
    else:
        yield PLAIN.get(annotation, getattr(annotation, "__name__", str(annotation)).lower())


def _leaves(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _leaves(part)
