"""A small connector of the tests' own, and configurations written to disk."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from repmon.config import Settings, load
from repmon.connector import Connector, Secret
from repmon.discover import Found
from repmon.errors import ConfigError


class Board(Connector):
    """A site of the tests' own."""

    min_every = timedelta(minutes=10)

    board: str
    token: Secret = Secret("none")
    tokens: tuple[Secret, ...] = ()
    pages: int = 3
    base_url: str = "https://board.example"


class Chain(Connector):
    """A site with location ids of its own."""

    location: str | list[str]


class Greedy(Connector):
    """Takes a name that belongs to every source."""

    every: str


class Broken(Connector):
    """Its own check breaks."""

    board: str

    def model_post_init(self, _: object, /) -> None:
        raise RuntimeError(self.board)


CONNECTORS = {
    "board": Found("board", Board),
    "chain": Found("chain", Chain),
    "greedy": Found("greedy", Greedy),
    "broken": Found("broken", Broken),
    "absent": Found("absent", None, "absent.py cannot be imported: No module named 'sprocket'"),
}
BOARD = """
[[sources]]
id = "plaza"
connector = "board"
board = "1"
"""
CHANNEL = """
[channels.owner]
urls = ["json://127.0.0.1/x"]
"""


def settings(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Settings:
    """Load a text as config.toml of a folder."""
    path = folder / "config.toml"
    path.write_text(dedent(text), encoding="utf-8")
    return load(path, environ=environ or {}, connectors=CONNECTORS)


def problems(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    """The lines a faulty text is refused with, the folder left out."""
    with pytest.raises(ConfigError) as caught:
        settings(folder, text, environ)
    return [line.removeprefix(f"{folder}/") for line in caught.value.problems]
