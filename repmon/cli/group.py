"""A group of commands that loads each only when it is called, and says in one line what went wrong."""

import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from repmon.errors import ConfigError, RepmonError
from repmon.steps.plain import plain
from repmon.wording import _

FAILED, WRONG = 1, 2
"""Exit statuses: something failed; wrong usage or configuration."""

Sections = dict[str, dict[str, "Entry"]]


@dataclass(frozen=True)
class Entry:
    """Where a command is (`module:name`), and its line in the overview."""

    target: str
    summary: str


@dataclass(frozen=True)
class Options:
    """What stands before the command: the configuration asked for, and whether the log is wanted."""

    config: Path | None = None
    verbose: bool = False


class Commands(click.Group):
    """The top of the command line."""

    def __init__(self, *arguments: Any, sections: Sections, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.sections = sections
        self._entries = {name: entry for section in sections.values() for name, entry in section.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of the overview."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import one command; None when there is none of that name."""
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        module, _colon, name = entry.target.partition(":")
        command: click.Command = getattr(import_module(module), name)
        command.help = _(command.help) if command.help else None
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; a usage error with the nearest name when there is none."""
        if args[0] not in self._entries and not args[0].startswith("-"):
            from repmon.config.nearest import nearest  # noqa: PLC0415 - `repmon --help` does without

            ctx.fail(_("No such command {name!r}{hint}.").format(name=args[0], hint=nearest(args[0], self._entries)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the overview without importing a single command."""
        for title, entries in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.summary) for name, entry in entries.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. What repmon expects to go wrong ends in a line on stderr, not in a traceback."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal that knows no é must not end the command
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            complain(*error.problems)
            ctx.exit(WRONG)
        except RepmonError as error:
            complain(f"repmon: {error}")
            ctx.exit(FAILED)


class Listing(click.Group):
    """A command that lists, that shows one thing when given its name, and that has subcommands besides."""

    def __init__(self, name: str | None = None, **options: Any) -> None:
        super().__init__(name, **{"invoke_without_command": True, "subcommand_metavar": "[NAME]", **options})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Leave out the one that shows a thing: it is called by the thing's name."""
        return [name for name in super().list_commands(ctx) if name != "one"]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no subcommand for the name of a thing."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            return "one", self.commands["one"], args
        return super().resolve_command(ctx, args)


def complain(*lines: str) -> None:
    """Say on stderr what is wrong."""
    for line in lines:
        click.echo(plain(line), err=True)
