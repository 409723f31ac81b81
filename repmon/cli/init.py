"""`repmon init`: from a few questions to a config.toml that works."""

import os
from pathlib import Path

import click

from repmon.cli import guesses
from repmon.cli.first_sources import FirstSources
from repmon.cli.group import Options, complain
from repmon.cli.joining import Way, pairs
from repmon.cli.notify import say, try_channel
from repmon.cli.questions import ask
from repmon.cli.stopped import stopping
from repmon.cli.tentative import Tentative
from repmon.config import Answers, Settings, starter
from repmon.config.load import FILE_NAME
from repmon.errors import ConfigError
from repmon.wording import _


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing; write a file with defaults to fill in.")
@click.option("--force", is_flag=True, help="Overwrite a configuration that is there already.")
@click.option("--source", "site", metavar="SITE", help="The first source; one of `repmon connectors`.")
@click.option("--set", "given", multiple=True, metavar="KEY=VALUE", help="A setting of that source.")
@click.option("--no-browser", is_flag=True, help="Only print the address where consent is given.")
@click.option("--paste", is_flag=True, help="On a machine without a browser: paste the address it ended at elsewhere.")
@click.pass_context
def init(
    context: click.Context, *, yes: bool, force: bool, site: str | None, given: tuple[str, ...], no_browser: bool,
    paste: bool,
) -> None:  # fmt: skip
    """Write a config.toml from a few questions.

    It goes to ./config.toml, or where --config says, readable by you alone. Each source is asked for what it needs
    and tried once, as `repmon connect` does. Ctrl-C leaves nothing behind.
    """
    path = _path(context, force=force)
    if given and site is None:
        raise click.UsageError(_("--set is for the source that --source names"))
    with stopping(context, _("`repmon init --yes` asks nothing.")), Tentative(path) as new:
        sources = FirstSources(context, new, Way(path.absolute().parent, browser=not no_browser, paste=paste))
        if yes:
            defaults = Answers(timezone=guesses.timezone(os.environ), languages=(guesses.language(os.environ),))
            text = starter(sources.unasked(defaults, site, pairs(given)))
        else:
            text = starter(ask(os.environ, lambda business: sources.asked(business, site, pairs(given))))
        settings = _loaded(new, text)
        new.keep(text)
    click.echo(_("Wrote {path}.").format(path=path))
    if settings and settings.channels and not yes and _wants_test():
        say([each for channel in settings.channels.values() for each in try_channel(channel, settings.business.name)])
    _next_steps(path, settings)


def _path(context: click.Context, *, force: bool) -> Path:
    options = context.find_object(Options) or Options()
    path = options.config or Path(FILE_NAME)
    if path.exists() and not force:
        raise click.UsageError(_("{path} is there already; --force overwrites it").format(path=path))
    if not path.absolute().parent.is_dir():
        raise click.UsageError(_("there is no folder {path}").format(path=path.parent))
    return path


def _loaded(new: Tentative, text: str) -> Settings | None:
    """Load what is written; what it still waits for (a variable that is not set yet) is said."""
    try:
        return new.tried(text)
    except ConfigError as error:
        click.echo(_("Before it can be used:"), err=True)
        complain(*error.problems)
        return None


def _wants_test() -> bool:
    """Ask; the file is written, so whoever breaks off here breaks off the test alone."""
    try:
        return click.confirm(_("Send a test message now?"), default=True)
    except click.Abort:
        click.echo()
        return False


def _next_steps(path: Path, settings: Settings | None) -> None:
    named = "" if path == Path(FILE_NAME) else f" --config {path}"
    steps = [
        (f"repmon{named} check --online", _("do the sources answer?")),
        (f"repmon{named} poll", _("read them once")),
        (f"repmon{named} run", _("watch them from now on")),
    ]
    if settings and not settings.sources:
        steps.insert(0, (f"repmon{named} connect SITE", _("add what is to be read; `repmon connectors` lists it")))
    if settings and not settings.channels:
        steps.insert(1, (f"repmon{named} notify test", _("after adding a [channels.owner] to the file")))
    click.echo()
    click.echo(_("Next:"))
    width = max(len(command) for command, _meaning in steps)
    for command, meaning in steps:
        click.echo(f"  {command:<{width}}  {meaning}")
