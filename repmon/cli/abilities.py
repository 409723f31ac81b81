"""What a connector can do, as it declares it: in words, and as JSON."""

import inspect
from datetime import timedelta

from repmon.cli.needs import needs
from repmon.cli.words import Shape
from repmon.config.units import spell
from repmon.connector import Connector
from repmon.discover import Found
from repmon.wording import _

ORDERS = {
    "changed": _("what was written or edited last comes first"),
    "newest": _("the newest come first; edits are found by looking back once a day"),
    "any": _("in any order; always read to the end"),
}


def about(connector: type[Connector]) -> str:
    """What it reads, in its author's words; the first paragraph of its docstring."""
    return " ".join((inspect.getdoc(connector) or "").partition("\n\n")[0].split())


def facts(connector: type[Connector]) -> list[tuple[str, str]]:
    """Name and sentence of each ability."""
    return [
        (_("Order"), ORDERS[connector.order]),
        (_("Sees"), connector.window or _("everything")),
        (_("Removals"), _("noticed") if connector.complete else _("not noticed: it does not list everything")),
        (_("Replies"), replies(connector)),
        (_("Asked"), _asked(connector)),
        (_("Keeps"), _keeps(connector.keeps.text_for)),
        *([(_("Times"), connector.timezone)] if connector.timezone else []),
        *([(_("Terms"), connector.terms)] if connector.terms else []),
    ]


def replies(connector: type[Connector]) -> str:
    """How long a reply may be, or that the site shows none."""
    if connector.reply is None:
        return _("none shown by the site")
    unit = _("bytes") if connector.reply.unit == "bytes" else _("characters")
    return _("up to {length} {unit}").format(length=connector.reply.length, unit=unit)


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
        "settings": [vars(need) for need in needs(kind)],
    }  # fmt: skip


def pace(connector: type[Connector]) -> str | None:
    """How often it may be asked at most, as the configuration writes it; None where nobody minds."""
    return spell(connector.min_every) if connector.min_every else None


def _asked(connector: type[Connector]) -> str:
    floor = pace(connector)
    often = _("every {floor} at most").format(floor=floor) if floor else _("as often as you like")
    if connector.calls_per_day is None:
        return often
    return _("{often}, {n} requests a day").format(often=often, n=connector.calls_per_day)


def _keeps(text_for: timedelta | None) -> str:
    if text_for is None:
        return _("texts for as long as you like")
    return _("texts for {time}").format(time=spell(text_for)) if text_for else _("no texts")
