"""How to go on from here: commands that work as they are printed."""

from collections.abc import Iterator

from repmon.demo.commands import Commands
from repmon.demo.screen import Screen
from repmon.demo.stored import Stored
from repmon.wording import _, say


def tell_further(screen: Screen, found: Stored, typed: Commands, *, once: bool) -> None:
    """Print each command with what it is for; where the desk is not going to open (`once`), also how it would."""
    screen.heading(_("Look further"))
    for what, command in _looks(found, typed.repmon):
        _tell(screen, what, command)
    screen.say(_("Be a guest yourself, and let repmon find what you wrote:"))
    screen.line(f"  {typed.add_a_review}", "cyan")
    screen.line(f"  {typed.repmon} poll", "cyan")
    screen.line(f"  {typed.repmon} reviews --limit 1", "cyan")
    screen.line()
    if once:
        screen.say(say("demo_desk_closed"))
        screen.line()
    screen.say(say("demo_no_channel"))


def _looks(found: Stored, repmon: str) -> Iterator[tuple[str, str]]:
    yield _("Every review, newest first:"), f"{repmon} reviews"
    yield _("The unhappy ones:"), f"{repmon} reviews --unhappy"
    edited = next((row.id for row in found.reviews if row.version > 1), None)
    if edited is not None:
        yield _("One that changed: what its words add up to, its versions, who was told:"), f"{repmon} show {edited}"
    yield _("The drafts:"), f"{repmon} drafts"
    yield _("The messages, and that they arrived:"), f"{repmon} deliveries"
    yield _("A source closely, with the note in it that could not be read:"), f"{repmon} sources guestbook"
    yield _("Whether the configuration is right:"), f"{repmon} check"


def _tell(screen: Screen, what: str, command: str) -> None:
    screen.say(what)
    screen.line(f"  {command}", "cyan")
    screen.line()
