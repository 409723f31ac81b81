"""What a connector can do, as it declares it: in words, and as JSON."""

import inspect
import json
from datetime import timedelta
from importlib.resources import files

from repmon.cli.needs import needs
from repmon.cli.words import Shape
from repmon.config.units import spell
from repmon.connector import Connector
from repmon.discover import Found
from repmon.steps.messages.lengths import length_words
from repmon.wording import _

TIERS = ("bronze", "silver", "gold")
ORDERS = {
    "changed": _("what was written or edited last comes first"),
    "newest": _("the newest come first; edits are found by looking back once a day"),
    "any": _("in any order; always read to the end"),
}


_HOW_TO_REPLY = {
    (True, True): _("can be posted from here; those on the site are seen"),
    (True, False): _("can be posted from here; those on the site are not seen"),
    (False, True): _("those on the site are seen; yours are to be pasted there by hand"),
    (False, False): _("written on the site itself, and not seen from here"),
}


def about(connector: type[Connector]) -> str:
    """What it reads, in its author's words; the first paragraph of its docstring."""
    return " ".join((inspect.getdoc(connector) or "").partition("\n\n")[0].split())


def facts(connector: type[Connector]) -> list[tuple[str, str]]:
    """Name and sentence of each ability."""
    return [
        (_("Order"), ORDERS[connector.order]),
        (_("Sees"), connector.window or _("everything")),
        (_("Removals"), _removals(connector)),
        (_("Replies"), replies(connector)),
        (_("Asked"), _asked(connector)),
        (_("Keeps"), _keeps(connector)),
        *([(_("Login"), _("consent in the browser: `repmon connect` asks for it"))] if connector.consent else []),
        *([(_("Times"), connector.timezone)] if connector.timezone else []),
        *([(_("Terms"), connector.terms)] if connector.terms else []),
    ]


def replies(connector: type[Connector]) -> str:
    """Whether replies can be posted from here, whether those on the site are seen, and how long one may be."""
    if connector.door == "files":
        return _("none: nobody reads them there")
    said = _HOW_TO_REPLY[connector.can("post_reply"), connector.sees_replies]
    if connector.reply is None:
        return said
    unit = _("bytes") if connector.reply.unit == "bytes" else _("characters")
    length = _("up to {length} {unit}").format(length=connector.reply.length, unit=unit)
    return f"{said}; {length}"


def tier(connector: type[Connector]) -> str:
    """How well it is made: bronze, silver or gold, as `quality.json` of its package says; "" where it does not."""
    package = connector.__module__.partition(".")[0]
    try:
        found = json.loads(files(package).joinpath("quality.json").read_text("utf-8"))
    except (OSError, ValueError, TypeError, ModuleNotFoundError):  # a single module, or none of ours
        return ""
    known = found.get(connector.__module__.rpartition(".")[2]) if isinstance(found, dict) else None
    return known if known in TIERS else ""


def shape(found: Found) -> Shape:
    """One row of `connectors --json`; a broken one has a `problem` and nothing else to say."""
    kind = found.connector
    shared: Shape = {"name": found.name, "package": found.distribution, "version": found.version,
                     "problem": found.problem or None}  # fmt: skip
    if kind is None:
        return shared
    reply = {"length": kind.reply.length, "unit": kind.reply.unit} if kind.reply else None
    keeps = kind.keeps.text_for
    return {
        **shared, "about": about(kind), "door": kind.door, "order": kind.order, "complete": kind.complete,
        "window": kind.window, "min_every": pace(kind), "calls_per_day": kind.calls_per_day,
        "calls_per_second": kind.calls_per_second, "reply": reply, "terms": kind.terms, "timezone": kind.timezone,
        "keeps_text_for": keeps.total_seconds() if keeps is not None else None,
        "forgets_removed": kind.forget_removed, "rechecks_every": _seconds(kind.recheck_every),
        "posts_replies": kind.can("post_reply"), "sees_replies": kind.sees_replies,
        "consent": kind.consent is not None, "quality": tier(kind) or None,
        "settings": [vars(need) for need in needs(kind)],
    }  # fmt: skip


def pace(connector: type[Connector]) -> str | None:
    """How often it may be asked at most, as the configuration writes it; None where nobody minds."""
    return spell(connector.min_every) if connector.min_every else None


def _asked(connector: type[Connector]) -> str:
    if connector.door == "push":
        return _("never: the site sends by itself")
    floor = length_words(connector.min_every) if connector.min_every else ""
    often = _("every {floor} at most").format(floor=floor) if floor else _("as often as you like")
    parts = [often, _("no faster than {n} a second").format(n=f"{connector.calls_per_second:g}")]
    if connector.calls_per_day is not None:
        parts.append(_("{n} a day, spread over it").format(n=connector.calls_per_day))
    return ", ".join(parts) if connector.door == "http" else often


def _removals(connector: type[Connector]) -> str:
    if connector.recheck_every is not None and connector.can("recheck"):
        return _("noticed: each review is asked about every {time}").format(time=length_words(connector.recheck_every))
    return _("noticed") if connector.complete else _("not noticed: it does not list everything")


def _keeps(connector: type[Connector]) -> str:
    text_for = connector.keeps.text_for
    if text_for is None:
        said = _("texts for as long as you like")
    else:
        figures = _("texts for {time}, figures after that")
        said = figures.format(time=length_words(text_for)) if text_for else _("figures only")
    return _("{said}; no text once a review is removed").format(said=said) if connector.forget_removed else said


def _seconds(time: timedelta | None) -> float | None:
    return time.total_seconds() if time is not None else None
