"""The first config.toml, written from a few answers: works as it is, and shows what else there is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TEMPLATE = """\
# repmon's configuration. `repmon check` says whether it is right; config.example.toml shows every setting.
# Secrets need not stand here: write "env:NAME" for an environment variable or "file:PATH" for a file.

[business]
name = {name}
# An IANA name, like "Europe/Amsterdam".
timezone = {timezone}
# restaurant, hotel, shop, clinic, services, app or generic.
trade = {trade}
# The languages you answer in; the first one where a review's own is not among them.
languages = {languages}
# How an unhappy customer reaches you, and the name under every reply.
contact = {contact}
signature = {signature}

[storage]
url = "sqlite:///repmon.db"  # beside this file

# Where reviews come from: one [[sources]] for each. `repmon connectors` lists what there is.
{sources}
# Who is told: [channels.NAME] with one or more Apprise addresses.
{channel}
# What they are told. Without any rule: every unhappy review at once; edits, removals and falling ratings as news.
# [[rules]]
# name = "unhappy"
# when = {{ events = ["review.new", "review.edited"], unhappy = true }}
# notify = [{channel_name}]
# urgency = "urgent"           # sent in quiet hours too
"""

NO_SOURCE = """\
# [[sources]]
# id = "my-app"
# connector = "app_store"
# app_id = "1234567890"
# countries = ["us"]
"""

NO_CHANNEL = """\
# [channels.owner]
# urls = ["env:OWNER_URL"]     # like mailto://user:password@mail.example or slack://token/token/token
# quiet_hours = "22:00-07:00"
"""


@dataclass(frozen=True)
class Answers:
    """What `repmon init` has asked. Each source is its table: `id`, `connector` and the connector's own settings.

    `channel_urls` are Apprise addresses, best as `env:NAME` or `file:PATH`; none leaves the channel as an example.
    """

    name: str = "My business"
    timezone: str = "UTC"
    trade: str = "generic"
    languages: tuple[str, ...] = ("en",)
    contact: str = ""
    signature: str = ""
    sources: Sequence[Mapping[str, object]] = field(default_factory=tuple)
    channel: str = "owner"
    channel_urls: tuple[str, ...] = ()
    quiet_hours: str = ""


def starter(answers: Answers) -> str:
    """Write a config.toml that says what was answered; any text may be in the answers."""
    return TEMPLATE.format(
        name=toml(answers.name),
        timezone=toml(answers.timezone),
        trade=toml(answers.trade),
        languages=toml(answers.languages),
        contact=toml(answers.contact),
        signature=toml(answers.signature),
        sources="\n".join(map(source_block, answers.sources)) or NO_SOURCE,
        channel=_channel(answers) if answers.channel_urls else NO_CHANNEL,
        channel_name=toml(answers.channel),
    )


def source_block(table: Mapping[str, object]) -> str:
    """Write one [[sources]] table."""
    return "\n".join(["[[sources]]", *(f"{_key(key)} = {toml(value)}" for key, value in table.items())]) + "\n"


def _channel(answers: Answers) -> str:
    lines = [f"[channels.{_key(answers.channel)}]", f"urls = {toml(answers.channel_urls)}"]
    if answers.quiet_hours:
        lines.append(f"quiet_hours = {toml(answers.quiet_hours)}  # only urgent alerts are sent in these hours")
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if plain else toml(name)


def toml(value: object) -> str:
    """Write a value as TOML. A JSON string is a TOML basic string, but for the one control JSON lets through."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(str(key))} = {toml(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(toml, value)) + "]"
    message = f"no TOML for {type(value).__name__}"
    raise TypeError(message)
