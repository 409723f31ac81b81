"""`repmon notify test`: a message to each target, and the real answer."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import click

from repmon.cli import asked, document
from repmon.cli.chosen import unknown
from repmon.cli.group import FAILED
from repmon.cli.opening import settings
from repmon.cli.progress import waiting
from repmon.cli.screen import show
from repmon.config import Channel
from repmon.deliver import Target, send, targets
from repmon.errors import DeliveryError
from repmon.steps.messages.message import Message
from repmon.wording import _


@dataclass(frozen=True)
class Answer:
    """What became of one test message; `error` is empty when it arrived."""

    channel: str
    target: str
    error: str
    seconds: float


@click.group()
def notify() -> None:
    """Send a test message to your channels."""


@notify.command()
@click.argument("channels", nargs=-1, metavar="[CHANNEL]...")
@asked.as_json
@click.pass_context
def test(context: click.Context, channels: tuple[str, ...], *, as_json: bool) -> None:
    """Send a test message to each target of all channels, or of those named.

    Quiet hours do not hold it back. Exit status 1 when one of them did not take it.
    """
    given = settings(context)
    known = given.channels
    if strange := next((name for name in channels if name not in known), None):
        raise unknown(_("there is no [channels.{name}]"), strange, known, "CHANNEL")
    chosen = [known[name] for name in dict.fromkeys(channels)] or list(known.values())
    with waiting(_("Sending …")):
        answers = [answer for channel in chosen for answer in try_channel(channel, given.business.name)]
    if as_json:
        document.write_list({**vars(answer), "ok": not answer.error} for answer in answers)
    else:
        say(answers)
    if any(answer.error for answer in answers):
        context.exit(FAILED)


def try_channel(channel: Channel, business: str) -> list[Answer]:
    """One message to each target of a channel; an address that cannot be read is an answer, too."""
    answers = []
    for url in channel.urls:
        try:
            found = targets(url)
        except DeliveryError as error:
            answers.append(Answer(channel.id, "?", str(error), 0.0))
            continue
        answers += [_try(channel.id, target, business) for target in found]
    return answers


def say(answers: Sequence[Answer]) -> None:
    """What each target answered."""
    if not answers:
        show(_("There are no [channels.NAME] in the configuration yet: nobody would be told of anything."))
    for each in answers:
        said = each.error or _("it took the message ({seconds:.1f} seconds)").format(seconds=each.seconds)
        show(f"{each.channel}, {each.target}: {said}")


def _try(channel: str, target: Target, business: str) -> Answer:
    title = _("Test message of repmon for {business}").format(business=business)
    body = _("This is a test, nothing has happened. Alerts for the channel “{channel}” will arrive here.")
    started = time.monotonic()
    try:
        send(target, Message(title, body.format(channel=channel), ""))
    except DeliveryError as error:
        return Answer(channel, target.masked, str(error), round(time.monotonic() - started, 3))
    return Answer(channel, target.masked, "", round(time.monotonic() - started, 3))
