"""One question to every site that limits its callers: does its own way of saying 429 make the source wait?"""

from typing import ClassVar

from repmon.errors import SourceBusy
from repmon.testing.bench import SPEED, Bench
from repmon.testing.site import Reply


class Throttled(Bench):
    throttled: ClassVar[bytes]

    def test_the_sites_own_429_makes_the_source_wait(self):
        self.answers(Reply(self.throttled, 429, {"content-type": "application/json", "retry-after": "7200"}))
        outcome = self.read(self.client.read(calls_per_second=SPEED))
        assert isinstance(outcome.error, SourceBusy)
        assert outcome.error.retry_after == 7200
        assert outcome.reviews == []
