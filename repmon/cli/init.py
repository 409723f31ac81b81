"""`repmon init`: from a few questions to a config.toml that works."""

import os
from pathlib import Path

import click

from repmon.cli import guesses
from repmon.cli.group import Options, complain
from repmon.cli.notify import say, try_channel
from repmon.cli.outside import write_private
from repmon.cli.questions import ask
from repmon.cli.source_questions import ask_sources
from repmon.config import Answers, Settings, load, starter
from repmon.config.load import FILE_NAME
from repmon.errors import ConfigError
from repmon.wording import _


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing; write a file with defaults to fill in.")
@click.option("--force", is_flag=True, help="Overwrite a configuration that is there already.")
@click.pass_context
def init(context: click.Context, *, yes: bool, force: bool) -> None:
    """Write a config.toml from a few questions.

    It goes to ./config.toml, or where --config says, readable by you alone. Ctrl-C leaves nothing behind.
    """
    options = context.find_object(Options) or Options()
    path = options.config or Path(FILE_NAME)
    if path.exists() and not force:
        raise click.UsageError(_("{path} is there already; --force overwrites it").format(path=path))
    if not path.absolute().parent.is_dir():
        raise click.UsageError(_("there is no folder {path}").format(path=path.parent))
    defaults = Answers(timezone=guesses.timezone(os.environ), languages=(guesses.language(os.environ),))
    write_private(path, starter(defaults if yes else ask(os.environ, ask_sources)))
    click.echo(_("Wrote {path}.").format(path=path))
    settings = _loaded(path)
    if settings and settings.channels and not yes and click.confirm(_("Send a test message now?"), default=True):
        say([each for channel in settings.channels.values() for each in try_channel(channel, settings.business.name)])
    _next_steps(path, settings)


def _loaded(path: Path) -> Settings | None:
    """Load what was written; what it still waits for (a variable that is not set yet) is said."""
    try:
        return load(path, environ=os.environ)
    except ConfigError as error:
        click.echo(_("Before it can be used:"), err=True)
        complain(*error.problems)
        return None


def _next_steps(path: Path, settings: Settings | None) -> None:
    named = "" if path == Path(FILE_NAME) else f" --config {path}"
    steps = [
        (f"repmon{named} check --online", _("do the sources answer?")),
        (f"repmon{named} poll", _("read them once")),
        (f"repmon{named} run", _("watch them from now on")),
    ]
    if settings and not settings.sources:
        steps.insert(0, ("repmon connectors", _("what can be read; add it as [[sources]]")))
    if settings and not settings.channels:
        steps.insert(1, (f"repmon{named} notify test", _("after adding a [channels.owner] to the file")))
    click.echo()
    click.echo(_("Next:"))
    width = max(len(command) for command, _meaning in steps)
    for command, meaning in steps:
        click.echo(f"  {command:<{width}}  {meaning}")
