"""`repmon off-topic`: rules that dismiss mentions of something else."""

from typing import Any

import click

from repmon import desk
from repmon.cli import asked, document, who
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, show
from repmon.pipeline import World
from repmon.steps.off_topic import Mark
from repmon.store import off_topic as kept_rules
from repmon.store.handles import Session
from repmon.store.reviews import find
from repmon.store.sources import all_sources
from repmon.turn.off_topic import Proposed, proposed
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
    accepted rule are stored dismissed, and nobody is told.
    """
    if accept is not None and drop is not None:
        raise click.UsageError(_("Accept or drop, one at a time."))
    with opened(context) as world:
        if accept is not None:
            rule = desk.accept_off_topic(world, accept, by=by)
            said = _("Rule {n} is in force; `repmon off-topic --drop {n}` ends it.").format(n=rule.number)
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
            _say(_rules(world), _proposals(world))


def _rules(world: World) -> list[Shape]:
    with world.database.read() as session:
        names = {row.id: row.name for row in all_sources(session)}
        return [
            {"number": rule.number, "source": names.get(rule.source_id), "kind": rule.mark.kind,
             "value": _value(session, rule.mark, rule.example), "example": rule.example}
            for rule in kept_rules.rules(session)
        ]  # fmt: skip


def _proposals(world: World) -> list[Shape]:
    found = proposed(world)
    with world.database.read() as session:
        return [_proposal(session, one) for one in found]


def _proposal(session: Session, one: Proposed) -> Shape:
    mark, mentions = one.proposal.mark, one.proposal.mentions
    return {"number": one.number, "source": one.source, "kind": mark.kind, "value": _value(session, mark, mentions[-1]),
            "dismissed": len(mentions), "kept": one.kept, "mentions": list(mentions)}  # fmt: skip


def _value(session: Session, mark: Mark, example: int) -> str | None:
    """The word or domain; of an author the name as a stored mention has it, None where it had to be forgotten."""
    if mark.kind != "author":
        return mark.value
    row = find(session, example)
    return (row.author or None) if row else None


def _say(rules: list[Shape], proposals: list[Shape]) -> None:
    if rules:
        table = Rows(_("Rule"), _("Source"), _("Dismisses mentions"), right=[_("Rule")])
        for each in rules:
            table.add(each["number"], each["source"], _words(each))
        table.show()
    if proposals:
        figures = (_("Proposal"), _("Dismissed"), _("Kept"))
        table = Rows(*figures, _("Source"), _("Would dismiss mentions"), right=figures)
        for each in proposals:
            table.add(each["number"], each["dismissed"], each["kept"], each["source"], _words(each))
        table.show()
        show(_("Dismissed mentions all have it, kept ones do not. `repmon off-topic --accept N` puts it in force."))
    if not rules and not proposals:
        show(_("Nothing to propose: it takes three off-topic mentions of one source that have something in common."))


def _words(shape: Shape) -> str:
    sentence = {"word": _("with the word {value}"), "author": _("by {value}"), "domain": _("with a link to {value}")}
    value = shape["value"] or _("somebody whose name had to be forgotten")
    return sentence[str(shape["kind"])].format(value=value)
