"""What a connector is handed for one read: the connection to a site, files, or a mailbox."""

from collections.abc import Mapping

from repmon.config import Source
from repmon.files import FileRead
from repmon.http import Read
from repmon.mail import MailRead
from repmon.turn.world import World

Door = Read | FileRead | MailRead


def open_door(world: World, source: Source, validators: Mapping[str, str], left: int | None) -> Door:
    """The connection for one read; `left` is how many requests the site's daily allowance leaves."""
    connector = source.settings
    if connector.door == "files":
        return FileRead(world.settings.path.parent, validators)
    if connector.door == "mail":
        return MailRead(world.post, cancelled=world.stopping.is_set)
    return world.client.read(
        calls_per_second=connector.calls_per_second, validators=validators, budget=left,
        cancelled=world.stopping.is_set,
    )  # fmt: skip
