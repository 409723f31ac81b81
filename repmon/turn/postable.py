"""Whether a reply may go to its site through repmon: the site, the words, and the review as it is now."""

from collections.abc import Iterator

from repmon.config import Source
from repmon.errors import DecisionError
from repmon.steps.lint.hidden import hidden
from repmon.steps.same_words import same_words
from repmon.store import decisions, postings
from repmon.store.decisions import Case
from repmon.store.handles import Session
from repmon.store.sources import all_sources
from repmon.turn.linting import blocking, check
from repmon.turn.world import World
from repmon.wording import say

WAITS_FOR_ANOTHER = "draft_other_in_doubt"
"""The one objection that passes by itself: once it is known what became of the other reply."""


def can_post(world: World, source_name: str) -> bool:
    """Tell whether replies to reviews of this source can be posted from here: the site allows it, and so do you."""
    source = source_of(world, source_name)
    return source is not None and world.settings.replies.post and able(source)


def able(source: Source) -> bool:
    """Tell whether a source's connector can post; a competitor's reviews are never answered."""
    return source.role == "own" and source.settings.can("post_reply")


def source_of(world: World, name: str) -> Source | None:
    """Find a source of the configuration by its name."""
    return next((source for source in world.settings.sources if source.id == name), None)


def rows_of_able(world: World, session: Session) -> dict[int, str]:
    """Map the number to the name of each source whose connector can post."""
    names = {source.id for source in world.settings.sources if able(source)}
    return {row.id or 0: row.name for row in all_sources(session) if row.name in names}


def objection(world: World, session: Session, case: Case) -> DecisionError | None:
    """Say what keeps an approved reply from going out as it is; None when nothing does."""
    return next(_objections(world, session, case), None)


def _objections(world: World, session: Session, case: Case) -> Iterator[DecisionError]:
    draft, review = case.draft, case.review
    if draft.approved_sha256 != decisions.sha256_of(draft.text):
        yield DecisionError("draft_not_as_approved", id=draft.id)
    for found in hidden(draft.text)[:1]:
        yield DecisionError("draft_hidden", count=1, name=found.name, at=found.start + 1)
    if draft.outdated or draft.review_version != review.version:
        yield DecisionError("draft_outdated", id=draft.id)
    if review.removed_at is not None:
        yield DecisionError("draft_review_gone", id=draft.id)
    if review.reply_text is not None and not _replaceable(session, case):
        yield DecisionError("draft_answered_elsewhere", id=draft.id)
    other = postings.others_in_doubt(session, case)
    if other is not None:
        yield DecisionError(WAITS_FOR_ANOTHER, id=draft.id, other=other)
    problems = _blocked_anew(world, session, case)
    if problems:
        yield DecisionError("draft_blocked_at_posting", id=draft.id, problems=" ".join(problems))


def _replaceable(session: Session, case: Case) -> bool:
    """An answer that is ours may give way to a newer one of ours; somebody else's never."""
    shown = case.review.reply_text or ""
    own = [case.draft.text, *postings.own_words(session, case.draft.review_id)]
    return any(same_words(shown, words) for words in own)


def _blocked_anew(world: World, session: Session, case: Case) -> list[str]:
    """What the check blocks now, but for what a person has overridden in writing when approving."""
    known = {each["rule"] for each in case.draft.lint if each["severity"] == "block"}
    overridden = known if case.draft.override else set()
    found = blocking(check(world, session, case.review, case.source, case.draft.text))
    return [say(each.code, each.values) for each in found if each.rule not in overridden]
