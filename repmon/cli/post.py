"""`repmon post`: the approved words to copy, and a word when they are out."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.pipeline import World
from repmon.steps.plain import one_line
from repmon.wording import _


@click.command()
@click.argument("draft_id", metavar="ID", type=int)
@click.option("--done", is_flag=True, help="It is on the site now: mark it as posted.")
@who.by
@click.pass_context
def post(context: click.Context, draft_id: int, *, done: bool, by: str) -> None:
    """Copy an approved reply to the site.

    Prints the words, and on stderr where the review is; paste them there, then call this again with --done. repmon
    itself posts nothing.
    """
    with opened(context) as world:
        if done:
            desk.mark_posted(world, draft_id, by=by)
            show(_("Draft {id} is marked as posted by {by}.").format(id=draft_id, by=by))
        else:
            _tell(world, draft_id)


def _tell(world: World, draft_id: int) -> None:
    """The words alone on stdout, byte for byte, so that a pipe into the clipboard copies what was approved."""
    text, url = desk.words_to_post(world, draft_id)
    click.echo(text)
    if url:
        click.echo(_("The review: {url}").format(url=one_line(url, 1000)), err=True)
    click.echo(_("When it is on the site: repmon post {id} --done").format(id=draft_id), err=True)
