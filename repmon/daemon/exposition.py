"""Figures as the text that Prometheus reads.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format, version 0.0.4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

TEXT = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "repmon_"

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """One figure under its name, with a value for each set of labels; a family without samples is left out.

    `kind` is "counter" for what only grows, else "gauge". Names follow the format: units are seconds and bytes.
    """

    name: str
    kind: Literal["gauge", "counter"]
    help: str
    samples: Mapping[Labels, float] = field(default_factory=dict)


def exposition(families: Iterable[Family]) -> str:
    """All families that have samples, each with its help and kind."""
    return "".join(f"{line}\n" for family in families if family.samples for line in _lines(family))


def _lines(family: Family) -> Iterable[str]:
    name = PREFIX + family.name
    yield f"# HELP {name} {_escaped(family.help)}"
    yield f"# TYPE {name} {family.kind}"
    for labels, value in family.samples.items():
        pairs = ",".join(f'{label}="{_quoted(given)}"' for label, given in labels)
        yield f"{name}{{{pairs}}} {_number(value)}" if pairs else f"{name} {_number(value)}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')
