"""The desk beside the daemon: takes its port, serves the pages, and at the first start says how to get in."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from repmon.desk.setting_up import offer_code
from repmon.turn.world import World
from repmon.wording import say

if TYPE_CHECKING:
    from repmon.web.place import Worlds
    from repmon.web.server import DeskServer

log = logging.getLogger("repmon")


class Desk:
    """What `repmon run` hands to the daemon. `tell` gets the set-up code as a sentence for whoever started it."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._server: DeskServer | None = None

    def start(self, present: "Worlds") -> None:
        """Serve on `[web] listen`, or not at all where that is false. ConfigError when the port cannot be had."""
        with present.using() as world:
            address = world.settings.web.address
            if address is None:
                return
            from repmon.web.app import create_app  # noqa: PLC0415 - a daemon without a desk saves the memory
            from repmon.web.server import DeskServer  # noqa: PLC0415 - the same

            self._server = DeskServer(address)
            self._server.start(create_app(present))
            host, port = self._server.address
            shown = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
            log.info("desk", extra={"listen": shown})
            self._offer(world, world.settings.web.url or shown)

    def stop(self, seconds: float) -> bool:
        """Let the pages in hand be finished."""
        return self._server is None or self._server.stop(seconds)

    def _offer(self, world: World, url: str) -> None:
        code = offer_code(world)
        if code is not None:
            log.warning("the desk waits to be set up", extra={"open": f"{url}/setup", "code": code})
            self._tell(say("setup_offered", {"url": f"{url}/setup", "code": code}))
