"""A person's own words instead of the drafted ones."""

from repmon.desk.hand import Hand, in_hand, refuse_hidden, why_not
from repmon.errors import DecisionError
from repmon.store import decisions
from repmon.turn.linting import check, stored
from repmon.turn.world import World

LONGEST = 20_000
"""Characters; no site takes a reply as long as this."""
_LIVE = ("pending", "approved")


def edit_draft(world: World, draft_id: int, text: str, *, by: str) -> int:
    r"""Write a new draft in place of this one, and give its number; it has to be approved anew.

    repmon never rewrites the words of a draft, so the old row stays as it was and becomes `outdated`: nobody said no to
    it (that is `rejected`), it has a follower, and its own `outdated` mark stays off, for the review did not change. A
    draft that was rejected, has failed, or is outdated because the review changed can be taken up again this way as
    long as nothing else waits for a decision. Line ends become `\n`, white space at both ends goes.
    DecisionError: posted or edited meanwhile (by whom, when), empty, too long, unchanged, or with hidden characters.
    """
    words = normalised(text)
    _refuse_unfit(words)
    with in_hand(world, draft_id, by) as hand:
        hand.refuse_in_hand()
        _make_room(hand)
        if words == hand.case.draft.text and hand.case.draft.state in _LIVE:
            raise DecisionError("draft_unchanged", id=draft_id)
        return _replace(hand, words)


def normalised(text: str) -> str:
    r"""Give a reply's words as they are kept: `\n` as line end, no white space at the ends of lines or the whole."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def _refuse_unfit(words: str) -> None:
    if not words:
        raise DecisionError("draft_empty")
    if len(words) > LONGEST:
        raise DecisionError("draft_too_long", length=len(words), longest=LONGEST)
    refuse_hidden(words)


def _make_room(hand: Hand) -> None:
    """DecisionError unless this is the review's current draft, or there is none and this one may be taken up again."""
    draft = hand.need("pending", "approved", "rejected", "failed", "outdated")
    if draft.state in _LIVE:
        return
    current = decisions.undecided_of(hand.session, draft.review_id)
    if current is not None:
        if draft.state == "outdated" and not draft.outdated:
            raise why_not(hand.session, hand.case, hand.world.settings.business.timezone)
        raise DecisionError("draft_not_current", id=draft.id, newer=current.id)


def _replace(hand: Hand, words: str) -> int:
    old, was = hand.case.draft, hand.case.draft.state
    findings = check(hand.world, hand.session, hand.case.review, hand.case.source, words)
    if was in _LIVE:
        old.state, old.decided_by, old.decided_at = "outdated", hand.by, hand.now
    new = decisions.add_edited(hand.session, hand.case, words, stored(findings), by=hand.by, now=hand.now)
    if hand.case.review.state == "open":
        hand.case.review.state = "drafted"
    hand.write_down("draft.edited", was=was, new=new.id, new_sha256=decisions.sha256_of(words))
    return new.id or 0
