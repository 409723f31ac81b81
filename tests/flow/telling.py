"""A shop whose alerts wait: for company, for the morning, for a free place in the hour, for the end of a snooze."""

from collections.abc import Callable
from datetime import timedelta

from repmon.pipeline import Tally, deliver, process
from repmon.store.tables import ReviewRow
from tests.flow.peers import Sink
from tests.flow.site import Board, many, written
from tests.flow.stage import NOW, Stage

HEAD = """
[business]
name = "Kettle and Crumb"
timezone = "Europe/Amsterdam"
[http]
allow = ["127.0.0.1"]
[alerts]
group = {group}
per_hour = {per_hour}
incidents = false
digests = false
[[rules]]
name = "danger"
when = {{ events = ["review.new", "review.edited"], text = "poison" }}
notify = ["owner"]
urgency = "urgent"
[[rules]]
name = "reviews"
when = {{ events = ["review.new", "review.edited"] }}
notify = ["owner"]
"""


class Shop:
    """A stage with one source whose first read is told, and a sink; it starts at noon UTC, 13:00 in Amsterdam."""

    def __init__(
        self, stage: Stage, board: Board, sink: Sink, *, group: str = "true", per_hour: int = 0, channel: str = "",
        more: str = "",
    ) -> None:  # fmt: skip
        self.stage, self.board, self.sink = stage, board, sink
        stage.head = HEAD.format(group=group, per_hour=per_hour) + more
        board.show(*many(2, NOW - timedelta(days=3)))
        stage.channel("owner", f"json://127.0.0.1:{sink.port}/a", lines=channel)
        stage.source("shop", "changed", board).begin().turn()
        self.written = 0
        sink.messages.clear()
        self.hourly_memory_over()

    def hourly_memory_over(self) -> None:
        """Let what the first read told be more than an hour ago."""
        self.stage.later(hours=2)

    def write(self, text: str = "The soup was cold and the waiter rude.", stars: int = 1) -> int:
        """Write a review on the site and take it in; the number of the review here."""
        self.written += 1
        self.board.show(written(f"n{self.written}", self.stage.now, text, stars))
        self.stage.poll()
        number: int = self.stage.one("SELECT max(id) FROM review")
        return number

    def deliver(self, **later: float) -> Tally:
        """What the daemon's thread does, after some time."""
        self.stage.later(**later)
        process(self.stage.world)
        return deliver(self.stage.world, company=True)

    def waits(self) -> list[tuple[str, str]]:
        """State and reason of every message about a review, oldest first."""
        return self.stage.rows(
            "SELECT state, held_for FROM delivery JOIN event ON event.id = event_id WHERE kind LIKE 'review.%'"
            " ORDER BY delivery.id"
        )

    def change_review(self, number: int, **columns: object) -> None:
        """What a person did to a review."""
        with self.stage.world.database.write() as session:
            for name, value in columns.items():
                setattr(session.get_one(ReviewRow, number), name, value)


def reference(message: str) -> str:
    """The short name on a message."""
    return message.rpartition("Reference ")[2].strip()


def numbered(shop: Shop, number: int, wait: Callable[[], object] = lambda: None) -> list[int]:
    """Write so many complaints, each with its number in it."""
    written_here = []
    for count in range(1, number + 1):
        written_here.append(shop.write(f"Complaint {count}: the soup was cold and the waiter rude."))
        wait()
    return written_here
