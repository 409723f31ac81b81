"""What the demo prints when the weeks are over, in the order in which an owner would ask."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from repmon.config import Business
from repmon.demo.commands import Commands
from repmon.demo.drafts import tell_drafts
from repmon.demo.figures import tell_figures
from repmon.demo.further import tell_further
from repmon.demo.letters import tell_letters
from repmon.demo.play import Visit
from repmon.demo.screen import Screen
from repmon.demo.stored import Stored
from repmon.demo.timeline import tell_timeline
from repmon.wording import _, count, say


def report(
    screen: Screen, business: Business, visits: Sequence[Visit], found: Stored, typed: Commands, *, once: bool
) -> None:
    """Print all of it."""
    zone = ZoneInfo(business.timezone)
    screen.heading(business.name)
    reviews = count(len(found.reviews), "{n} review", "{n} reviews")
    screen.say(say("demo_invented", {"name": business.name, "reviews": reviews}))
    tell_timeline(screen, visits, zone)
    tell_letters(screen, visits, zone)
    if found.undelivered:
        screen.say(_("Something is wrong: {n} of them did not arrive.").format(n=found.undelivered), "red")
    tell_drafts(screen, found)
    tell_figures(screen, found.reviews)
    tell_further(screen, found, typed, once=once)
