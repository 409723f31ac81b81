"""One setting asked for, and what was typed taken for what it means."""

import json
import os
import sys
from contextlib import suppress

import click

from repmon.cli.needs import NOTHING, Need, variable, written
from repmon.cli.questions import OUTSIDE
from repmon.wording import _

_WHOLE = {"-----BEGIN": "-----", "{": "}"}
"""How a key that has several lines begins and ends: of a paste only the first line arrives."""


def asked(connector: str, need: Need) -> object:
    """Ask for one setting; None where an optional one is left out. UsageError: nobody is there to answer."""
    default = need.default if need.default not in NOTHING else None
    shown = None if default is None else _typed(default)
    offered = f"env:{variable(connector, need.name)}"
    if need.secret and variable(connector, need.name) in os.environ:
        shown = offered
    return _prompted(need, shown)


def confirmed(question: str) -> bool:
    """Ask yes or no; no where nobody is there to answer."""
    try:
        return click.confirm(question, default=False)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo()
        return False


def read(said: str, need: Need) -> object:
    """Take an answer for what the setting takes.

    JSON where it looks like it; `a, b` for a list; `rating=Score, text=Comment` for a table; else text.
    """
    said = said.strip()
    if said.startswith(("[", "{")) or not {"text", "secret"} & set(need.type.split()):
        with suppress(ValueError):
            return json.loads(said)
    parts = [part.strip() for part in said.split(",") if part.strip()]
    if need.type.startswith("list"):
        return parts
    if need.type.startswith("table") and all("=" in part for part in parts):
        return {name.strip(): value.strip() for name, _equals, value in (part.partition("=") for part in parts)}
    return said


def _typed(value: object) -> str:
    """Write a value as a person would type it."""
    if isinstance(value, list):
        return ", ".join(map(_typed, value))
    return value if isinstance(value, str) else written(value)


def _prompted(need: Need, default: str | None) -> object:
    """Ask until there is an answer that can be one."""
    skipped = not need.required and default is None
    try:
        said = click.prompt(_question(need), default="" if skipped else default, show_default=not skipped,
                            hide_input=need.secret, value_proc=lambda said: _whole(said, need))  # fmt: skip
    except click.Abort:
        if sys.stdin.isatty():
            raise
        if skipped:
            return None
        sentence = _("{name} is needed, and nobody is here to be asked: give it with --set {name}=VALUE")
        raise click.UsageError(sentence.format(name=need.name)) from None
    return None if skipped and not said else read(said, need)


def _question(need: Need) -> str:
    hints = [need.description.rstrip(".")] if need.description else []
    if need.type.startswith("list"):
        hints.append(_("several: with commas between them"))
    if need.type.startswith("table"):
        hints.append(_("like name=value, name=value"))
    if need.secret:
        hints.append(_("not shown as you type; or env:NAME, file:NAME"))
    if not need.required and need.default in NOTHING:
        hints.append(_("empty: none"))
    return f"{need.name} ({'; '.join(hints)})" if hints else need.name


def _whole(said: str, need: Need) -> str:
    """Refuse a key of several lines of which only the first came, and throw the others away."""
    said = said.strip()
    broken = [end for begin, end in _WHOLE.items() if said.startswith(begin) and not said.endswith(end)]
    if need.secret and (broken or said.startswith("-----BEGIN")) and not said.startswith(OUTSIDE):
        _forget_what_was_pasted()
        raise click.UsageError(_("That has more than one line: put it into a file, and say file:NAME."))
    return said


def _forget_what_was_pasted() -> None:
    with suppress(ImportError, OSError):
        import termios  # noqa: PLC0415 - Unix alone has it

        with suppress(termios.error):
            termios.tcflush(sys.stdin, termios.TCIFLUSH)
