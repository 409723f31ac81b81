"""`repmon rising`: what guests begin to say more often."""

from collections.abc import Sequence

import click

from repmon.cli import asked, document
from repmon.cli.document import moment
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, safe_line, show
from repmon.steps.rising import Rising
from repmon.turn.rising import RisingPhrases
from repmon.turn.rising import rising as rising_at
from repmon.wording import _

LONGEST = 80


@click.command()
@click.option("--location", metavar="ID", help="Of this place; otherwise of all together.")
@asked.as_json
@click.pass_context
def rising(context: click.Context, *, location: str | None, as_json: bool) -> None:
    """Say what guests begin to praise or to complain about.

    Phrases in the reviews of the last seven days that were in clearly fewer of them in the eight weeks before. At least
    three reviews have to say it, and a test has to rule out that it is chance.
    """
    with opened(context) as world:
        known = {place.id for place in world.settings.locations}
        if location is not None and location not in known:
            text = _("there is no place {location} in the configuration").format(location=location)
            raise click.BadParameter(text, param_hint="--location")
        found = rising_at(world, location, world.clock())
    if as_json:
        document.write(_shape(found, location))
    else:
        _say(found)


def _shape(found: RisingPhrases, location: str | None) -> dict[str, object]:
    """The document of `rising --json`; `usual` and `count` are reviews a week, `p` the chance that nothing changed."""
    return {
        "location": location, "until": moment(found.until), "weeks_before": round(found.weeks, 1),
        "complaint": [_phrase(found, one) for one in found.complaint],
        "praise": [_phrase(found, one) for one in found.praise],
    }  # fmt: skip


def _phrase(found: RisingPhrases, one: Rising) -> dict[str, object]:
    return {
        "phrase": one.phrase, "count": one.count, "of": one.of, "before": one.before, "before_of": one.before_of,
        "usual": round(found.usual(one), 2), "p": one.p,
    }  # fmt: skip


def _say(found: RisingPhrases) -> None:
    if not found.weeks:
        show(_("There are too few earlier reviews to tell what is usual."))
        return
    if not (found.praise or found.complaint):
        show(_("Nothing was said clearly more often this week than in the weeks before."))
        return
    _table(_("Complaint"), found, found.complaint)
    _table(_("Praise"), found, found.praise)


def _table(title: str, found: RisingPhrases, phrases: Sequence[Rising]) -> None:
    if not phrases:
        return
    rows = Rows(title, _("this week"), _("usual in a week"), right=[_("this week"), _("usual in a week")])
    for one in phrases:
        rows.add(safe_line(one.phrase, LONGEST), one.count, f"{found.usual(one):.1f}")
    rows.show()
