"""`repmon off-topic`: rules that dismiss mentions of something else."""

from typing import Any

import click

from repmon import desk
from repmon.cli import asked, document, who
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, show
from repmon.desk import learned
from repmon.pipeline import World
from repmon.wording import _, count

Shape = dict[str, Any]


@click.command("off-topic")
@click.option("--accept", metavar="N", type=int, help="Put a proposal in force.")
@click.option("--drop", metavar="N", type=int, help="Take a rule out of force; what it dismissed is taken up again.")
@who.by
@asked.as_json
@click.pass_context
def off_topic(context: click.Context, *, accept: int | None, drop: int | None, by: str, as_json: bool) -> None:
    """Dismiss mentions of something else by rules.

    Where three or more mentions of a source were dismissed with `repmon dismiss ID --off-topic`, a word, an author or
    a domain that all those have, and no mention that was kept, is proposed as a rule. New mentions that fit an
    accepted rule are stored dismissed, and nobody is told; those that wait and fit are dismissed at once.

    With --json, `repmon show` and `repmon reviews` give `dismissed_reason` as "off_topic", or "off_topic/N" where rule
    N dismissed a mention, and `dismissed_words` for a person to read.
    """
    if accept is not None and drop is not None:
        raise click.UsageError(_("Accept or drop, one at a time."))
    with opened(context) as world:
        if accept is not None:
            said = _accepted(world, desk.accept_off_topic(world, accept, by=by).number)
        elif drop is not None:
            reopened = desk.drop_off_topic(world, drop, by=by)
            again = count(reopened, "{n} mention is taken up again.", "{n} mentions are taken up again.")
            said = _("Rule {n} is dropped.").format(n=drop) + " " + again
        else:
            said = ""
        if as_json:
            document.write({"rules": _rules(world), "proposals": _proposals(world)})
        elif said:
            show(said)
        else:
            _say(world)


def _accepted(world: World, number: int) -> str:
    hidden = learned.rule_numbered(world, number).hides
    said = _("Rule {n} is in force; `repmon off-topic --drop {n}` ends it.").format(n=number)
    if not hidden:
        return said
    those = count(hidden, "{n} mention that waited is dismissed.", "{n} mentions that waited are dismissed.")
    return f"{said} {those}"


def _rules(world: World) -> list[Shape]:
    return [
        {"number": one.number, "source": one.source, "kind": one.mark.kind, "value": one.value,
         "example": one.mentions[0], "dismissed": one.hides}
        for one in learned.rules(world)
    ]  # fmt: skip


def _proposals(world: World) -> list[Shape]:
    return [
        {"number": one.number, "source": one.source, "kind": one.mark.kind, "value": one.value,
         "dismissed": len(one.mentions), "kept": one.kept, "waiting": one.hides, "mentions": list(one.mentions)}
        for one in learned.proposals(world)
    ]  # fmt: skip


def _say(world: World) -> None:
    rules, proposals = learned.rules(world), learned.proposals(world)
    if rules:
        table = Rows(_("Rule"), _("Dismissed"), _("Source"), _("Dismisses mentions"), right=[_("Rule"), _("Dismissed")])
        for each in rules:
            table.add(each.number, each.hides, each.source, each.words)
        table.show()
    if proposals:
        figures = (_("Proposal"), _("Dismissed"), _("Kept"), _("Waiting"))
        table = Rows(*figures, _("Source"), _("Would dismiss mentions"), right=figures)
        for each in proposals:
            table.add(each.number, len(each.mentions), each.kept, each.hides, each.source, each.words)
        table.show()
        show(_("Dismissed mentions all have it, kept ones do not. `repmon off-topic --accept N` puts it in force."))
    if not rules and not proposals:
        show(_("Nothing to propose: it takes three off-topic mentions of one source that have something in common."))
