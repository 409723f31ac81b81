"""One question to every site that limits its callers: does its own way of saying "too many" make the source wait?"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from repmon.errors import SourceBusy
from repmon.testing.bench import SPEED, Bench
from repmon.testing.site import Reply

HOURS = timedelta(hours=2)


class Throttled(Bench):
    throttled: ClassVar[bytes]
    """What the site says when it has had enough, under `throttled_status` and with the headers `throttled_with`."""
    throttled_status: ClassVar[int] = 429
    throttled_with: ClassVar[Mapping[str, str]] = {"retry-after": "7200"}
    """`{iso}` and `{epoch}` stand for the moment in two hours."""
    waits: ClassVar[float | None] = HOURS.total_seconds()

    def test_the_sites_own_way_to_say_too_many_makes_the_source_wait(self):
        then = datetime.now(UTC) + HOURS
        times = {"iso": then.isoformat(timespec="milliseconds"), "epoch": int(then.timestamp())}
        headers = {name: value.format(**times) for name, value in self.throttled_with.items()}
        self.answers(Reply(self.throttled, self.throttled_status, headers))
        outcome = self.read(self.client.read(calls_per_second=SPEED))
        assert isinstance(outcome.error, SourceBusy)
        wait = outcome.error.retry_after
        assert wait == (None if self.waits is None else pytest.approx(self.waits, abs=30))
        assert outcome.reviews == []
