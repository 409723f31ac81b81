"""Says on a message that it is sent once more on purpose."""

from dataclasses import replace

from repmon.steps.messages.excerpt import snippet
from repmon.steps.messages.message import Message, fit
from repmon.wording import say


def again(message: Message, by: str, limit: int | None) -> Message:
    """The message with a line at its beginning that names who asked for the repeat; its reference stays the same."""
    body = f"{say('sent_again', {'by': snippet(by, 80)})}\n\n{message.body}"
    return replace(message, body=body if limit is None else fit(body, limit))
