"""`repmon edit`: a reply in one's own words, from a file, a pipe or an editor."""

from pathlib import Path

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.reply_text import remarks
from repmon.cli.screen import show
from repmon.errors import DecisionError
from repmon.pipeline import World
from repmon.store import decisions
from repmon.wording import _


@click.command()
@click.argument("draft_id", metavar="ID", type=int)
@click.option("--file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
              help="Take the words from here (- for standard input) instead of opening $EDITOR.")  # fmt: skip
@who.by
@click.pass_context
def edit(context: click.Context, draft_id: int, *, file: Path | None, by: str) -> None:
    """Write a reply in your own words.

    ID is the number of a draft (`repmon drafts`). It stays as it is; your words become a new draft, to be approved.
    """
    with opened(context) as world:
        before = _text_of(world, draft_id)
        words = _from(file) if file else click.edit(before, extension=".txt")
        if words is None or words.strip() == before.strip():
            show(_("Nothing was changed."))
            return
        new = desk.edit_draft(world, draft_id, words, by=by)
        with world.database.read() as session:
            made = decisions.look_at(session, new)
        show(_("Draft {new} takes the place of draft {old}; `repmon approve {new}` approves it.").format(
            new=new, old=draft_id))  # fmt: skip
        if made:
            show(*remarks(made.draft.text, made.draft.lint))


def _text_of(world: World, draft_id: int) -> str:
    with world.database.read() as session:
        found = decisions.look_at(session, draft_id)
    if found is None:
        raise DecisionError("draft_unknown", id=draft_id)
    return found.draft.text


def _from(file: Path) -> str:
    with click.open_file(str(file), encoding="utf-8") as stream:
        try:
            given: str = stream.read()
        except UnicodeDecodeError:
            raise click.BadParameter(_("{file} is not UTF-8 text").format(file=file), param_hint="--file") from None
    return given
