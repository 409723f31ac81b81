"""The drafts that wait for a person: a few in full with the reasons for their words, the rest counted."""

from collections.abc import Sequence
from typing import Any

from repmon.demo.screen import Screen
from repmon.demo.stored import Stored
from repmon.store.handles import Row
from repmon.wording import _, count, say

IN_FULL = 3


def tell_drafts(screen: Screen, found: Stored) -> None:
    """Print them; nothing of it has been posted."""
    waiting = [draft for draft in found.drafts if draft.state == "pending"]
    outdated = len(found.drafts) - len(waiting)
    shown = _of_different_languages(waiting)
    screen.heading(_("Drafts waiting for a person"))
    screen.say(say("demo_drafts", {"drafts": count(len(waiting), "{n} draft waits", "{n} drafts wait")}))
    if outdated:
        screen.say(
            count(outdated, "{n} is outdated: its review was edited.", "{n} are outdated: their reviews changed.")
        )
    reviews = {row.id: row for row in found.reviews}
    for draft in shown:
        review = reviews[draft.review_id]
        screen.line()
        screen.line(_("Draft {draft}, for review {review} by {author}, from {source}").format(
            draft=draft.id, review=review.id, author=review.author, source=review.source), "bold")  # fmt: skip
        screen.letter(draft.text)
        screen.say(_("Why these words: {why}").format(why=_why(draft)), "dim")
    if len(waiting) > len(shown):
        screen.line()
        screen.say(count(len(waiting) - len(shown), "The other one is in the message above.",
                         "The other {n} are in the messages above."))  # fmt: skip


def _of_different_languages(drafts: Sequence[Row[Any]]) -> list[Row[Any]]:
    first = {draft.language: draft for draft in reversed(drafts)}
    return sorted(first.values(), key=lambda draft: -draft.id)[:IN_FULL]


def _why(draft: Row[Any]) -> str:
    return " ".join(say(code, values) for code, values in draft.explanation)
