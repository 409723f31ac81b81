"""Hands a service what it shows beyond plain text: Slack its blocks, mail its HTML, Discord that nobody is pinged."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from repmon.steps.messages.message import Message

if TYPE_CHECKING:
    from apprise.plugins.base import NotifyBase

MAIL = frozenset({"mailto", "mailtos"})


@contextmanager
def dressed(service: "NotifyBase", schema: str, message: Message) -> Iterator[None]:
    """Hold for one attempt. Services of text alone stay as they are."""
    if schema == "slack":
        from repmon.deliver.slack import Slack  # noqa: PLC0415 - loads Apprise

        if isinstance(service, Slack):
            service.message = message
    elif schema in MAIL:
        from repmon.deliver.mail import Mail  # noqa: PLC0415 - loads Apprise

        if isinstance(service, Mail):
            service.message = message
    elif schema == "discord":
        with as_file(files("repmon.deliver") / "discord.json") as template:
            _ping_nobody(service, str(template))
            yield
        return
    yield


def _ping_nobody(service: "NotifyBase", template: str) -> None:
    """Discord pings nobody when `allowed_mentions` is empty, and previews no link with flag 4; Apprise says neither but
    through a template (https://docs.discord.com/developers/resources/message#message-object-message-flags).
    """
    from apprise.plugins.discord import NotifyDiscord  # noqa: PLC0415 - loads Apprise

    if isinstance(service, NotifyDiscord) and not service.template and not service.ping:
        service.template.add(template)
