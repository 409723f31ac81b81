"""What the owner received: every message in full, as it arrived."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from repmon.demo.play import Visit
from repmon.demo.screen import Screen
from repmon.demo.timeline import at_clock
from repmon.wording import _, say


def tell_letters(screen: Screen, visits: Sequence[Visit], zone: ZoneInfo) -> None:
    """Print them in the order in which they came."""
    screen.heading(_("What the owner received"))
    letters = [(visit.at, letter) for visit in visits for letter in visit.letters]
    screen.say(say("demo_letters", {"n": len(letters)}))
    for number, (at, letter) in enumerate(letters, 1):
        screen.line()
        screen.line(f"{number} · {at_clock(at, zone)}", "dim")
        screen.say(letter.title, "bold")
        screen.letter(letter.body)
