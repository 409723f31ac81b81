"""From the tables of the file to checked values, noting every mistake on the way instead of stopping at the first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from repmon.config.channels import Channel
from repmon.config.explain import explain
from repmon.config.lines import KeyPath
from repmon.config.model import Topics, Words
from repmon.config.nearest import nearest
from repmon.config.problems import Problems
from repmon.config.secrets import Secrets

M = TypeVar("M", bound=BaseModel)


@dataclass
class Reading:
    """One pass over one file."""

    tree: Mapping[str, object]
    problems: Problems
    secrets: Secrets
    site_places: set[KeyPath] = field(default_factory=set)
    """Keys named like a reference to [[locations]] that hold a site's own id instead."""

    def table(self, model: type[M], raw: object, at: KeyPath, also: frozenset[str] = frozenset()) -> M | None:
        """Read one table as its model; None when it has mistakes, all of them noted."""
        if not isinstance(raw, dict):
            self.problems.add(at, "config_need_table")
            return None
        resolved = self.secrets.resolve(model, raw, at)
        while self.secrets.problems:
            self.problems.add_wrong(*self.secrets.problems.pop())
        try:
            return model.model_validate(resolved)
        except ValidationError as error:
            explain(error, model, at, self.problems, also)
            return None

    def section(self, model: type[M], name: str) -> M:
        """Read a single table of the top level; its defaults when it is left out or faulty."""
        return self.table(model, self.tree.get(name, {}), (name,)) or model()

    def array(self, name: str, read: Callable[[object, KeyPath], M | None]) -> tuple[M, ...]:
        """Read an array of tables, leaving out the elements that are faulty."""
        given = self.tree.get(name, [])
        if not isinstance(given, list):
            self.problems.add((name,), "config_need_array", name=name)
            return ()
        read_ones = (read(raw, (name, position)) for position, raw in enumerate(given))
        return tuple(one for one in read_ones if one is not None)

    def channels(self) -> dict[str, Channel]:
        """[channels.NAME]; the name is the id."""
        found = {}
        for name, raw in self._named("channels").items():
            if isinstance(raw, dict) and "id" in raw:
                self.problems.add(("channels", name, "id"), "config_channel_id", name=name)
            channel = self.table(Channel, {**raw, "id": name} if isinstance(raw, dict) else raw, ("channels", name))
            if channel is not None:
                found[name] = channel
        return found

    def topics(self) -> Topics:
        """[topics]: every key is a topic's name."""
        given = self._named("topics").items()
        words = {name: self.table(Words, {"words": raw}, ("topics", name)) for name, raw in given}
        return Topics(own={name: own.words for name, own in words.items() if own})

    def unknown_sections(self, known: frozenset[str]) -> None:
        """Note every key of the top level that means nothing."""
        for name in self.tree:
            if name not in known:
                self.problems.add((name,), "config_key_unknown", hint=nearest(name, known))

    def _named(self, name: str) -> dict[str, object]:
        given = self.tree.get(name, {})
        if isinstance(given, dict):
            return given
        self.problems.add((name,), "config_need_table")
        return {}
