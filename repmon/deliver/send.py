"""Sending: one message, one target, one attempt. When to try again is the outbox's business."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from repmon.deliver.dress import dressed
from repmon.deliver.outcome import why_not
from repmon.deliver.services import open_service
from repmon.deliver.target import CONNECT_AND_READ, Target
from repmon.steps.messages.defuse import defuse
from repmon.steps.messages.message import Message, fit

if TYPE_CHECKING:
    from apprise import AppriseResult
    from apprise.plugins.base import NotifyBase

_PATIENCE = 3
"""Timeouts that one attempt may take in all: connecting, a greeting, an answer; then it is left to itself."""


def send(target: Target, message: Message, *, timeout: float = CONNECT_AND_READ) -> None:
    """Send a message once, made safe for the service; returns when the service has taken it.

    `timeout` in seconds for connecting and for each answer; three times that in all. Raises DeliveryError, whose
    text holds nothing of the address and nothing of the message. A timeout or a cut connection may hide a delivery.
    Safe to call from several threads.
    """
    service = open_service(target.url.get_secret_value(), timeout)
    safe = defuse(message, target.schema)
    safe = replace(safe, body=_fitted(safe.body, target.body_limit))
    with dressed(service, target.schema, safe):
        result = _notify(service, safe, timeout * _PATIENCE)
        problem = why_not(result, target.url.get_secret_value(), f"{safe.title}\n{safe.body}", timeout)
    if problem is not None:
        raise problem


def _notify(service: "NotifyBase", message: Message, patience: float) -> "AppriseResult":
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 - loaded at first use

    return Apprise(service, asset=service.asset).notify(
        body=message.body, title=message.title, body_format=NotifyFormat.TEXT, timeout=patience,
        log_level=logging.DEBUG,
    )  # fmt: skip


def _fitted(body: str, units: int) -> str:
    """Cut the body to so many UTF-16 units, in which characters such as emoji count twice."""
    room = units
    fitted = fit(body, room)
    while room > 0 and (excess := len(fitted.encode("utf-16-le")) // 2 - units) > 0:
        room -= (excess + 1) // 2
        fitted = fit(body, room)
    return fitted
