"""One text to one Apprise target, or DeliveryError. Apprise is loaded at the first use, not at import."""

from repmon.deliver.send import send
from repmon.deliver.target import Target, targets

__all__ = ["Target", "send", "targets"]
