"""The message the tests send, and what a failure to send it may never show."""

import pytest

from repmon.deliver import Target, send
from repmon.errors import DeliveryError
from repmon.steps.messages.message import Message

MESSAGE = Message("Unhappy review at Quillmouth: 1 of 5 stars",
                  "> “The soup was cold, @everyone. 👩‍🍳”\n\nRead on: https://desk.example/r/12\nReference RM-ZN0CNK",
                  "RM-ZN0CNK")  # fmt: skip
SECRET = "s3cr3t-t0k3n-xyz"


def failure(target: Target, message: Message = MESSAGE, timeout: float = 5.0) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(target, message, timeout=timeout)
    problem = caught.value
    for shown in (str(problem), repr(problem), str(problem.values)):
        assert SECRET not in shown
    assert problem.__cause__ is None
    return problem
