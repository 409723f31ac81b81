"""`repmon post`: an approved reply on its way to the site, by repmon or by hand."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.group import FAILED, complain
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.cli.shapes import sentence
from repmon.errors import DecisionError
from repmon.pipeline import World
from repmon.steps.plain import one_line
from repmon.store import decisions
from repmon.wording import _


@click.command()
@click.argument("draft_id", metavar="ID", type=int)
@click.option("--copy", is_flag=True, help="Print the words to be copied, though repmon could post them.")
@click.option("--done", is_flag=True, help="It is on the site now: mark it as posted.")
@click.option("--delete", is_flag=True, help="Take the posted reply down from the site again.")
@who.by
@click.pass_context
def post(context: click.Context, draft_id: int, *, copy: bool, done: bool, delete: bool, by: str) -> None:
    """Post an approved reply, or copy it to the site.

    Where the site allows it and [replies] post = true, repmon posts it now. Otherwise this prints the words, and on
    stderr where the review is; paste them there, then call this again with --done.
    """
    if copy + done + delete > 1:
        raise click.UsageError(_("Only one of --copy, --done and --delete."))
    with opened(context) as world:
        if done:
            desk.mark_posted(world, draft_id, by=by)
            show(_("Draft {id} is marked as posted by {by}.").format(id=draft_id, by=by))
        elif delete:
            _delete(world, draft_id, by)
        elif not copy and _can_post(world, draft_id):
            _post(context, world, draft_id, by)
        else:
            _tell(world, draft_id)


def _can_post(world: World, draft_id: int) -> bool:
    with world.database.read() as session:
        case = decisions.look_at(session, draft_id)
    return case is not None and desk.can_post(world, case.source)


def _post(context: click.Context, world: World, draft_id: int, by: str) -> None:
    """Exit status 0 only when the site took it."""
    world.enter()
    state = desk.post_reply(world, draft_id, by=by)
    if state == "posted":
        show(_("Draft {id} is posted.").format(id=draft_id))
        return
    with world.database.read() as session:
        case = decisions.look_at(session, draft_id)
    why = sentence(case.draft.error) if case else None
    complain(" ".join(filter(None, (_("Draft {id} is {state}.").format(id=draft_id, state=state), why))))
    context.exit(FAILED)


def _delete(world: World, draft_id: int, by: str) -> None:
    with world.database.read() as session:
        case = decisions.look_at(session, draft_id)
    if case is None:
        raise DecisionError("draft_unknown", id=draft_id)
    world.enter()
    desk.delete_reply(world, case.draft.review_id, by=by)
    show(_("The reply to review {id} is taken down.").format(id=case.draft.review_id))


def _tell(world: World, draft_id: int) -> None:
    """The words alone on stdout, byte for byte, so that a pipe into the clipboard copies what was approved."""
    text, url = desk.words_to_post(world, draft_id)
    click.echo(text)
    if url:
        click.echo(_("The review: {url}").format(url=one_line(url, 1000)), err=True)
    click.echo(_("When it is on the site: repmon post {id} --done").format(id=draft_id), err=True)
