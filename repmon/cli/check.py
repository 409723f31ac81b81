"""`repmon check`: is the configuration right, and do the sources answer."""

from collections.abc import Sequence

import click
from rich.padding import Padding
from rich.text import Text

from repmon.cli import ailing, asked, document
from repmon.cli.findings import Findings, findings
from repmon.cli.group import FAILED, WRONG, complain
from repmon.cli.opening import config_path, settings
from repmon.cli.progress import waiting
from repmon.cli.screen import Rows, safe, show
from repmon.cli.trial import Trial, trials
from repmon.config import Settings
from repmon.config.units import spell
from repmon.errors import ConfigError
from repmon.pipeline import World
from repmon.store.database import Database
from repmon.wording import _, count

INDENT = 4


@click.command()
@click.option("--online", is_flag=True, help="Ask each source for its first reviews too; nothing is stored.")
@asked.as_json
@click.pass_context
def check(context: click.Context, *, online: bool, as_json: bool) -> None:
    """Say whether the configuration is right.

    Exit status 2 when it is not, 1 when with --online a source could not be read.
    """
    try:
        found = findings(settings(context))
    except ConfigError as error:
        if as_json:
            document.write({"ok": False, "file": str(config_path(context)), "problems": error.problems})
            context.exit(WRONG)
        raise
    tried = _ask(found.settings) if online else []
    silent = ailing.ailing_targets(found.settings, [target for those in found.reached.values() for target in those])
    if as_json:
        answers = {"online": [{**vars(each), "ok": each.ok} for each in tried]} if online else {}
        answers["ailing"] = [ailing.shape(each) for each in silent]
        document.write({**found.shape(), **answers, "ok": not found.problems and all(each.ok for each in tried)})
    else:
        _say(found)
        ailing.tell(silent, found.settings.business.timezone)
        if online:
            _say_online(found.settings, tried)
    if found.problems:
        context.exit(WRONG)
    if not all(each.ok for each in tried):
        context.exit(FAILED)


def _ask(given: Settings) -> list[Trial]:
    world = World(given, Database(given.storage_url()))
    with waiting(count(len(given.sources), "Asking {n} source …", "Asking {n} sources …")):
        try:
            return [trial for source in given.sources for trial in trials(world, source)]
        finally:
            world.client.close()


def _say(found: Findings) -> None:
    given = found.settings
    if given.sources:
        rows = Rows(_("Source"), _("Connector"), _("Every"), _("Location"), _("Reads"))
        for each in given.sources:
            reads = ", ".join(filter(None, each.settings.listings()))
            rows.add(each.id, each.connector, spell(each.every), each.location, reads)
        rows.show()
        show("")
    if given.channels:
        rows = Rows(_("Channel"), _("Quiet"), _("To"), wrap=True)
        for name, reached in found.reached.items():
            rows.add(name, given.channels[name].quiet_hours, ", ".join(reached))
        rows.show()
        show("")
        rows = Rows(_("Rule"), _("Urgency"), _("Tells"))
        for rule in given.rules_or_defaults():
            rows.add(rule.name, rule.urgency, ", ".join(rule.notify))
        rows.show()
        show(*([] if given.rules else [_("(the rules that hold while the configuration has none)")]), "")
    complain(*found.problems)
    if not found.problems:
        show(_("{file} is fine.").format(file=given.path.name))


def _say_online(given: Settings, tried: Sequence[Trial]) -> None:
    """One paragraph a source and listing: what it answered, and what to do."""
    show("")
    for source in given.sources:
        if source.settings.door == "push":
            show(_("{source}: The site sends by itself; nobody is asked.").format(source=source.id))
    for each in tried:
        name = f"{each.source} ({each.listing})" if each.listing else each.source
        first, *others = each.lines()
        show(Text.assemble((f"{name}: ", "bold"), safe(first, "" if each.ok else "red")))
        show(*(Padding(safe(line), (0, 0, 0, INDENT), expand=False) for line in others))
    well = sum(each.ok for each in tried)
    if tried and well < len(tried):
        show("", _("{well} of {all} can be read.").format(well=well, all=len(tried)))
