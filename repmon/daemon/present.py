"""The world in use now, who is using it, and how it is replaced while they do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from repmon.config import Settings
from repmon.turn.world import World


class Present:
    """Hands out the present world. After a reload old users finish with the old one, which is then closed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._users = {id(world): 0}
        self._change = threading.Condition()

    @property
    def world(self) -> World:
        """The world for whoever only looks; its connections may be closed by the next reload."""
        return self._world

    @contextmanager
    def using(self) -> Iterator[World]:
        """Work with the present world; it stays usable until the work is done, whatever is reloaded meanwhile."""
        with self._change:
            world = self._world
            self._users[id(world)] += 1
        try:
            yield world
        finally:
            with self._change:
                self._users[id(world)] -= 1
                self._close_if_left(world)
                self._change.notify_all()

    def with_settings(self, settings: Settings) -> World:
        """Make a world of new settings on the same database, clock, signals and locks; `become` puts it in place."""
        world = replace(self._world, settings=settings)
        world.processing = self._world.processing
        return world

    def become(self, world: World) -> None:
        """From now on this is the world."""
        with self._change:
            old, self._world = self._world, world
            self._users[id(world)] = 0
            self._close_if_left(old)

    def left(self, seconds: float) -> bool:
        """Wait until nobody uses any world any more; false when somebody still does after `seconds`."""
        with self._change:
            return self._change.wait_for(lambda: not any(self._users.values()), seconds)

    def _close_if_left(self, world: World) -> None:
        if world is self._world or self._users[id(world)]:
            return
        del self._users[id(world)]
        close(world)


def close(world: World) -> None:
    """Let go of a world's connections to sites, if it has made any; the database stays open for the next one."""
    if "client" in vars(world):
        world.client.close()
