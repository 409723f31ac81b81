"""`repmon poll`: one whole turn, now."""

from collections.abc import Sequence

import click

from repmon.cli import asked, document
from repmon.cli.chosen import configured_source
from repmon.cli.group import FAILED
from repmon.cli.opening import opened
from repmon.cli.progress import waiting
from repmon.cli.screen import Rows, show, word
from repmon.pipeline import Outcome, Tally, turn
from repmon.wording import _, count, say

WELL = frozenset({"ok", "busy"})


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--no-deliver", is_flag=True, help="Send nothing; messages stay in the outbox.")
@asked.as_json
@click.pass_context
def poll(context: click.Context, names: tuple[str, ...], *, no_deliver: bool, as_json: bool) -> None:
    """Ask the sources now, send what is due, and end.

    Asks all sources, or those named, whatever their schedule says; a site that asked us to wait is left alone.
    Naming a source lifts its pause and tries again what was set aside. Exit status 1 when a source could not be read.
    """
    with opened(context) as world:
        known = world.settings.sources
        chosen = [configured_source(known, name, "SOURCE") for name in dict.fromkeys(names)] or known
        with waiting(count(len(chosen), "Asking {n} source …", "Asking {n} sources …")):
            result = turn(world, chosen, named=bool(names), send=not no_deliver)
    if as_json:
        document.write_list(shape(outcome) for outcome in result.outcomes)
    else:
        table(result.outcomes)
        _say_delivered(result.delivered)
    if any(outcome.status not in WELL for outcome in result.outcomes):
        context.exit(FAILED)


def shape(outcome: Outcome) -> dict[str, object]:
    """One row of `poll --json`."""
    return {
        "source": outcome.source, "status": outcome.status, "new": outcome.new, "edited": outcome.edited,
        "removed": outcome.removed, "quarantined": outcome.quarantined, "requests": outcome.requests,
        "seconds": outcome.seconds, "error": str(outcome.error) if outcome.error else None, "note": note(outcome),
    }  # fmt: skip


def note(outcome: Outcome) -> str | None:
    """What was remarkable but harmless, as one text."""
    return "; ".join(say(code, values) for code, values in outcome.notes) or None


def table(outcomes: Sequence[Outcome]) -> None:
    """How each source went; below it, in full, what was wrong."""
    if not outcomes:
        show(_("There are no [[sources]] in the configuration yet; `repmon connectors` lists what can be read."))
        return
    rows = Rows(_("Source"), _("Status"), _("New"), _("Edited"), _("Removed"), _("Set aside"), _("Seconds"),
                right=[_("New"), _("Edited"), _("Removed"), _("Set aside"), _("Seconds")])  # fmt: skip
    for each in outcomes:
        rows.add(each.source, word(each.status), each.new, each.edited, each.removed, each.quarantined,
                 f"{each.seconds:.1f}")  # fmt: skip
    rows.show()
    for each in outcomes:
        for text in filter(None, (str(each.error) if each.error else None, note(each))):
            show(f"{each.source}: {text}")
        if each.quarantined:
            show(_("{source}: `repmon sources {source}` shows what was set aside.").format(source=each.source))


def _say_delivered(tally: Tally) -> None:
    if tally.delivered:
        show(count(tally.delivered, "{n} message sent.", "{n} messages sent."))
    if tally.failed:
        show(count(tally.failed, "{n} message could not be sent; `repmon deliveries` says why.",
                   "{n} messages could not be sent; `repmon deliveries` says why."))  # fmt: skip
