"""Options that several commands share."""

import click

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, nothing else.")
limit = click.option("--limit", type=click.IntRange(min=0), help="At most so many; 0 for all.", metavar="N")


def at_most(limit: int | None, *, default: int | None) -> int | None:
    """How many rows: what was asked for (0 is all), else the default; None is all."""
    return default if limit is None else limit or None
