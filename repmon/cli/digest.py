"""`repmon digest --preview`: what a digest would say, without sending it."""

from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import click

from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.config import Digest, Settings
from repmon.steps.digest import Summary
from repmon.steps.digest.html import digest_html
from repmon.steps.digest.period import period_on, period_until
from repmon.steps.digest.text import digest_text
from repmon.turn.digest import picture, summary_of
from repmon.turn.watch_digests import key_of, rhythm_of, values_of
from repmon.turn.world import World
from repmon.wording import _


@click.command()
@click.option("--preview", is_flag=True, help="Print it; nothing is sent.")
@click.argument("name", required=False)
@click.option("--channel", metavar="NAME", help="As this channel gets it; otherwise the digest's first one.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The one due on this day; otherwise up to now.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the mail's page.")
@click.pass_context
def digest(
    context: click.Context, *, preview: bool, name: str | None, channel: str | None, date: datetime | None,
    html: Path | None,
) -> None:  # fmt: skip
    """Show a daily or weekly digest.

    NAME is one of [[digests]]; the first one if left out. `repmon run` and `repmon poll` send them when they are due.
    """
    if not preview:
        raise click.UsageError(_("say --preview: digests are sent by themselves when they are due"))
    with opened(context) as world:
        summary = _summary(world, _chosen(world.settings, name), channel, date)
        now = world.clock()
    message = digest_text(summary, now=now, limit=None)
    show(f"{message.title}\n\n{message.body}")
    if html is not None:
        html.write_text(digest_html(summary, now=now, chart=_as_data(summary)), "utf-8")


def _chosen(settings: Settings, name: str | None) -> Digest:
    known = settings.digests_or_default()
    found = next((each for each in known if name in {None, each.name}), None)
    if found is not None:
        return found
    if not known:
        raise click.UsageError(_("there is no digest: it needs a channel, and is off with `digests = false`"))
    names = ", ".join(each.name for each in known)
    raise click.BadParameter(_("there is no digest {name}; there is {names}").format(name=name, names=names))


def _summary(world: World, chosen: Digest, channel: str | None, date: datetime | None) -> Summary:
    if channel is not None and channel not in world.settings.channels:
        text = _("there is no channel {name} in the configuration").format(name=channel)
        raise click.BadParameter(text, param_hint="--channel")
    rhythm = rhythm_of(world, chosen)
    period = period_on(rhythm, date.date()) if date else period_until(rhythm, world.clock().astimezone(UTC))
    if period.end > world.clock():
        raise click.BadParameter(_("that day is not over yet"), param_hint="--date")
    values = values_of(chosen, period, rhythm)
    return summary_of(world, key_of(chosen, period), values, channel or chosen.notify[0])


def _as_data(summary: Summary) -> str:
    """The chart inside the page itself, for a browser."""
    return "data:image/png;base64," + b64encode(picture(summary)[1]).decode()
