"""The desk on the demo's own database: open on a free port of this machine until somebody has seen enough."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from repmon.config import Settings
from repmon.daemon.present import Present, close
from repmon.daemon.signals import STOP, Signals
from repmon.demo.screen import Screen
from repmon.desk.people import add_person
from repmon.store.database import Database
from repmon.turn.world import World
from repmon.web.app import create_app
from repmon.web.server import DeskServer
from repmon.wording import _, say

HOST = "127.0.0.1"
NAME = "demo"
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP = 4, 4
"""Seventy-eight bits, without letters that look like others."""


@dataclass(frozen=True)
class Key:
    """Where the desk is and how to get in."""

    url: str
    name: str
    password: str


def open_desk(screen: Screen, settings: Settings, database: Database) -> None:
    """Serve the desk, say where and how to sign in, and stay until Ctrl-C or SIGTERM. For the main thread only."""
    with Signals() as signals, served(settings, database) as key:
        screen.heading(_("The desk"))
        screen.say(say("demo_desk"))
        screen.line()
        screen.line(f"  {key.url}", "cyan")
        screen.line(_("  Name: {name}   Password: {password}").format(name=key.name, password=key.password))
        screen.line()
        screen.say(_("It stays open until Ctrl-C."))
        while not STOP.intersection(signals.wait(60)):
            pass


@contextmanager
def served(settings: Settings, database: Database) -> Iterator[Key]:
    """Serve the desk for a while, with one owner whose password is made up for the occasion."""
    world = World(settings, database)
    world.enter()
    password = "-".join("".join(secrets.choice(LETTERS) for _each in range(GROUP)) for _group in range(GROUPS))
    add_person(world, NAME, "owner", password=password, by="repmon demo")
    server = DeskServer((HOST, 0))
    try:
        server.start(create_app(Present(world)))
        yield Key(f"http://{HOST}:{server.address[1]}", NAME, password)
    finally:
        server.stop()
        close(world)
