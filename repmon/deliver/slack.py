"""Slack: Apprise's plugin, with the message in Slack's own blocks instead of one text in a coloured box."""

from typing import Any

from apprise.plugins.slack import NotifySlack

from repmon.steps.messages.message import Message
from repmon.steps.messages.slack_blocks import slack_blocks, slack_title


class Slack(NotifySlack):
    """Addresses, channels, errors and attempts are Apprise's; `message` is what is shown, and nothing is unfurled.

    Workflows take no blocks: they keep Apprise's text. A later Apprise without the method below sends its text, too.
    """

    message: Message | None = None

    def _send(self, url: str, payload: dict[str, Any], *given: Any, **named: Any) -> Any:
        return super()._send(url, self._dressed(payload), *given, **named)  # type: ignore[no-untyped-call]

    def _dressed(self, payload: dict[str, Any]) -> dict[str, Any]:
        if self.message is None or "attachments" not in payload:
            return payload
        shown = self.message
        kept = {name: value for name, value in payload.items() if name not in {"attachments", "mrkdwn"}}
        return {
            **kept,
            "text": slack_title(shown.title),
            "blocks": slack_blocks(shown.title, shown.body, shown.desk, shown.reference),
            "mrkdwn": False,
            "unfurl_links": False,
            "unfurl_media": False,
        }
