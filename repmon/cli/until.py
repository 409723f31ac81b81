"""The end of something that lasts for a while: `--for 4h`, or `--until` a day or a moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from repmon.config.units import Wrong, duration
from repmon.wording import _

lasting = click.option("--for", "lasts", metavar="TIME", help="For so long, like 4h or 2d.")
until = click.option("--until", metavar="WHEN", help="Until a day (2026-03-01) or a moment (2026-03-01T09:00).")


def end_of(lasts: str | None, until: str | None, timezone: str, now: datetime) -> datetime:
    """Find the moment that is meant, by the clock of the business. A usage error for neither, both, or nonsense."""
    if (lasts is None) == (until is None):
        raise click.UsageError(_("Say how long: --for 4h, or --until 2026-03-01."))
    try:
        if lasts is not None:
            return now + duration(lasts)
        at = datetime.fromisoformat(until or "")
    except (Wrong, OverflowError):
        raise click.BadParameter(_("{value!r} is no length of time like 4h.").format(value=lasts),
                                 param_hint="--for") from None  # fmt: skip
    except ValueError:
        raise click.BadParameter(_("{value!r} is no day like 2026-03-01.").format(value=until),
                                 param_hint="--until") from None  # fmt: skip
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(timezone))
