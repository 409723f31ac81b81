"""`repmon lint`: any reply checked, without a configuration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import click

from repmon.cli import document, shapes
from repmon.cli.group import FAILED
from repmon.cli.reply_text import remarks
from repmon.cli.screen import show
from repmon.config.model import Trade
from repmon.connector import ReplyLimit
from repmon.steps.drafting.draft import Business
from repmon.steps.lint import Finding
from repmon.steps.lint import lint as check
from repmon.wording import _


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--trade", type=click.Choice(get_args(Trade)), default="generic", help="Whose reply it is.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="How many characters the site takes.")
@click.option("--contact", default="", metavar="TEXT", help="Your own address and number, which may be named.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, nothing else.")
@click.pass_context
def lint(context: click.Context, file: Path | None, *, trade: str, limit: int | None, contact: str,
         as_json: bool) -> None:  # fmt: skip
    """Check a reply for what should not be published.

    Reads FILE or what is piped in. Ends with 1 when something should be blocked. Needs no configuration.
    """
    text = _read(file)
    us = Business("", contact, "", trade, ())
    found = check(text, trade=trade, limit=ReplyLimit(limit) if limit else None, business=us)
    kept = [_shape(each) for each in found]
    if as_json:
        document.write_list(shapes.remark(each) for each in kept)
    else:
        show(*remarks(text, kept))
        if not kept:
            show(_("Nothing found."))
    if any(each.severity == "block" for each in found):
        context.exit(FAILED)


def _read(file: Path | None) -> str:
    with click.open_file(str(file or "-"), "rb") as stream:
        given: bytes = stream.read()
    try:
        return given.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n")
    except UnicodeDecodeError:
        raise click.BadParameter(_("this is not UTF-8 text"), param_hint="FILE") from None


def _shape(found: Finding) -> Mapping[str, Any]:
    return {"rule": found.rule, "severity": found.severity, "start": found.start, "end": found.end,
            "code": found.code, "values": found.values, "suggestion": found.suggestion}  # fmt: skip
