"""Writing down which configuration is in use: its hash only, so that the record tells when it changed."""

import hashlib

from repmon.store import audit
from repmon.turn.world import World

OURS = "repmon"


def write_down_config(world: World) -> None:
    """Add to the record that the configuration of this world was loaded."""
    fingerprint = hashlib.sha256(world.settings.path.read_bytes()).hexdigest()
    with world.database.write() as session:
        audit.append(session, "config.loaded", "config", actor=OURS, at=world.clock(), values={"sha256": fingerprint})
