"""An invented cafe with two places, its reviews in every state a manager meets, kept as one database to copy."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.flow.site import Board, written
from tests.flow.stage import NOW, Stage

SITE = "https://reviews.example/"
TODAY = NOW + timedelta(hours=4)
"""When the tests' stories begin."""
CONFIG = """
[channels.owner]
urls = ["json://127.0.0.1:9/nobody"]
[[rules]]
name = "unhappy"
when = { events = ["review.new", "review.edited"], unhappy = true }
notify = ["owner"]
[[locations]]
id = "harbour"
name = "Kettle and Crumb Harbour"
[[locations]]
id = "mill"
name = "Kettle and Crumb Mill"
"""


@dataclass(frozen=True)
class Scene:
    """Where the database is, and the sites of both places."""

    file: Path
    harbour: Board
    mill: Board

    def configured(self, stage: Stage, more: str = "") -> Stage:
        """The same installation, begun, with these lines of configuration too; it is `TODAY` unless said otherwise."""
        stage.more = CONFIG + more
        stage.source("harbour-reviews", "changed", self.harbour, 'location = "harbour"')
        return stage.source("mill-reviews", "changed", self.mill, 'location = "mill"').begin()


def play(folder: Path, migrated: Path, harbour: Board, mill: Board) -> Scene:
    """Let the cafe open, be reviewed, and have one review changed."""
    scene = Scene(folder / "repmon.db", harbour, mill)
    stage = scene.configured(Stage(folder, migrated))
    stage.turn(send=False)
    stage.later(hours=1)
    at = [NOW + timedelta(minutes=minute) for minute in range(12)]
    harbour.show(
        _said("cake", at[7], "Lovely cake, kind people, and a window on the water.", 5, "Ada Tester"),
        _said("wait", at[6], "We waited forty minutes and the soup was cold.", 2, "Ben Tester"),
        _said("rude", at[5], "The waiter was rude and the table was dirty.", 1, "Cleo Tester"),
        _said("angry", at[4], "Terrible, terrible food. I was sick all night.", 5, "Dov Tester"),
        _said("stars", at[3], " ", 2, "Eli Tester"),
    )
    mill.show(
        _said("bill", at[9], "The bill was wrong twice and nobody apologised.", 1, "Fay Tester", title="Twice wrong"),
        _said("loud", at[8], "Much too loud, and the coffee was bitter.", 2, "Gil Tester"),
    )
    stage.turn(send=False)
    stage.later(hours=2)
    mill.change("loud", text="Loud at first. They gave us another table, but the coffee stayed bitter.", stars=2,
                edited=stage.now.isoformat())  # fmt: skip
    stage.turn(send=False)
    stage.world.database.checkpoint()
    stage.end()
    return scene


def _said(name: str, at, text: str, stars: int, author: str, **more: str) -> dict:
    return written(name, at, text, stars, author=author, url=f"{SITE}{name}", **more)
