"""config.toml to frozen settings, or every line of it that must be mended."""

from collections.abc import Mapping
from pathlib import Path

from repmon import discover
from repmon.config import references
from repmon.config.connectors import SourceReader
from repmon.config.digests import Digest
from repmon.config.model import Alerts, Business, Health, HttpSettings, Location, Replies, Storage, Web
from repmon.config.problems import Problems
from repmon.config.reading import Reading
from repmon.config.rules import Rule
from repmon.config.secrets import Secrets
from repmon.config.settings import Settings
from repmon.config.text import parse, read
from repmon.discover import Found
from repmon.errors import ConfigError
from repmon.wording import say

FILE_NAME = "config.toml"
VARIABLE = "REPMON_CONFIG"
KEY_VARIABLE = "REPMON_KEY"
SECTIONS = frozenset(Settings.model_fields) - {"path", "literal_secrets"}


def find(given: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """Which file to load: the given one, `config.toml` in `cwd`, or the one $REPMON_CONFIG names.

    With `Path()` as `cwd` the path stays as the person wrote it. ConfigError when there is none to choose; whether
    the chosen one can be read is `load`'s to say.
    """
    if given is not None:
        return cwd / given
    if (cwd / FILE_NAME).exists():
        return cwd / FILE_NAME
    if environ.get(VARIABLE):
        return cwd / environ[VARIABLE]
    raise ConfigError([say("config_nowhere", {"file": FILE_NAME, "variable": VARIABLE})])


def load(path: Path, *, environ: Mapping[str, str], connectors: Mapping[str, Found] | None = None) -> Settings:
    """Read the settings of one file. `connectors` are those to choose from; by default the installed ones, each
    imported only when a source names it.

    Raises ConfigError with one line for each mistake, all at once. Reads the file and the secrets it points to.
    """
    tree = parse(path, read(path))
    problems = Problems(str(path), tree.lines, tree.values)
    reading = Reading(tree.values, problems, Secrets(path.absolute().parent, environ))
    reading.unknown_sections(SECTIONS)
    settings = _settings(path.absolute(), reading, connectors)
    references.check(tree.values, problems, reading.site_places)
    problems.raise_if_any(reading.secrets.values)
    return settings


def _settings(path: Path, reading: Reading, connectors: Mapping[str, Found] | None) -> Settings:
    http = reading.section(HttpSettings, "http")
    choose = discover.load_connector if connectors is None else connectors.get
    names = discover.connector_names() if connectors is None else sorted(connectors)
    sources = SourceReader(reading, http.allow, choose, names)
    return Settings(
        path=path,
        business=reading.section(Business, "business"),
        storage=_storage(reading),
        http=http,
        web=reading.section(Web, "web"),
        health=reading.section(Health, "health"),
        locations=reading.array("locations", lambda raw, at: reading.table(Location, raw, at)),
        sources=reading.array("sources", sources.read),
        channels=reading.channels(),
        alerts=reading.section(Alerts, "alerts"),
        rules=reading.array("rules", lambda raw, at: reading.table(Rule, raw, at)),
        digests=reading.array("digests", lambda raw, at: reading.table(Digest, raw, at)),
        replies=_replies(reading, path.parent),
        topics=reading.topics(),
        literal_secrets=_literal(reading),
    )


def _storage(reading: Reading) -> Storage:
    """[storage], with the key from the environment where the file names none."""
    given = reading.tree.get("storage", {})
    if isinstance(given, dict) and "key" not in given and reading.secrets.environ.get(KEY_VARIABLE):
        return reading.table(Storage, {**given, "key": f"env:{KEY_VARIABLE}"}, ("storage",)) or Storage()
    return reading.section(Storage, "storage")


def _replies(reading: Reading, folder: Path) -> Replies:
    replies = reading.section(Replies, "replies")
    if replies.packs is None:
        return replies
    packs = folder / replies.packs
    if not packs.is_dir():
        reading.problems.add(("replies", "packs"), "config_no_folder", name=str(replies.packs))
    return replies.model_copy(update={"packs": packs})


def _literal(reading: Reading) -> tuple[str, ...]:
    """Where secrets stand in the file itself; evaluated last, when everything has been read."""
    problems = reading.problems
    return tuple(f"{problems.line(path)}: {problems.where(path)}" for path in sorted(reading.secrets.literal, key=str))
