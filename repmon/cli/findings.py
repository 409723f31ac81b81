"""What a configuration comes to once it loads: who is told by which rule, and what would go wrong later."""

from dataclasses import dataclass, field

from repmon.cli.words import Shape
from repmon.config import Channel, Settings, warnings
from repmon.config.units import spell
from repmon.deliver import targets
from repmon.errors import DeliveryError, DraftError
from repmon.steps.drafting.templates import load_packs
from repmon.wording import _


@dataclass
class Findings:
    """`reached`: the targets of each channel, masked. `problems`: what must be mended."""

    settings: Settings
    reached: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def shape(self) -> Shape:
        """The document of `check --json`, without what was asked online."""
        given = self.settings
        return {
            "ok": not self.problems, "file": str(given.path), "problems": self.problems, "warnings": warnings(given),
            "sources": [
                {"id": each.id, "connector": each.connector, "location": each.location, "role": each.role,
                 "every": spell(each.every), "listings": list(each.settings.listings())}
                for each in given.sources
            ],
            "channels": [
                {"name": name, "targets": found, "quiet_hours": given.channels[name].quiet_hours}
                for name, found in self.reached.items()
            ],
            "rules": [
                {"name": rule.name, "notify": list(rule.notify), "urgency": rule.urgency}
                for rule in given.rules_or_defaults()
            ],
            "default_rules": not given.rules,
        }  # fmt: skip


def findings(settings: Settings) -> Findings:
    """Read what the loader leaves for later: addresses of channels, and reply templates."""
    found = Findings(settings)
    for channel in settings.channels.values():
        found.reached[channel.id] = _targets(channel, found.problems)
    try:
        load_packs(settings.replies.packs)
    except DraftError as error:
        found.problems.append(str(error))
    return found


def _targets(channel: Channel, problems: list[str]) -> list[str]:
    masked: list[str] = []
    for number, url in enumerate(channel.urls, start=1):
        try:
            masked += [target.masked for target in targets(url)]
        except DeliveryError as error:
            where = _("[channels.{name}] urls, number {n}").format(name=channel.id, n=number)
            problems.append(f"{where}: {error}")
    return list(dict.fromkeys(masked))
