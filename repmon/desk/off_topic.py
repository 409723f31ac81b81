"""A person says that a mention is about something else, and which rule may say so for them from now on."""

from contextlib import suppress

from repmon.desk.attention import Look, dismiss, looking_at
from repmon.errors import DecisionError
from repmon.steps.off_topic import REASON, Mark, Rule, marks_of, reason_of, shown_reason
from repmon.store import audit, off_topic, reviews
from repmon.store.handles import Session
from repmon.turn.off_topic import Proposed, proposed
from repmon.turn.world import World


def dismiss_off_topic(world: World, review_id: int, *, by: str) -> None:
    """Say that a mention is not about us; rules are learned from that.

    DecisionError: it is no mention, dismissed already, gone from the site, or a reply to it is being posted.
    """
    with looking_at(world, review_id, by) as look:
        if look.review.kind != "mention":
            raise DecisionError("off_topic_no_mention", id=review_id)
        dismiss(look, shown_reason(REASON), stored=REASON)


def accept_off_topic(world: World, number: int, *, by: str) -> Rule:
    """Put the proposal with this place in the list in force: mentions that fit it are dismissed as they come.

    Those that wait for an answer are dismissed at once, but for one whose reply is on its way to the site.
    DecisionError: there is no such proposal, or nobody is named.
    """
    _refuse_nobody(by)
    found = next((one for one in proposed(world) if one.number == number), None)
    if found is None:
        raise DecisionError("off_topic_no_proposal", number=number)
    return _accept(world, found, by)


def accept_learned(world: World, source: str, mark: Mark, *, by: str) -> Rule:
    """Put what was learned of a source in force, named by its mark: numbers change as people go on dismissing.

    DecisionError: it is not proposed any more, or nobody is named.
    """
    _refuse_nobody(by)
    found = next((one for one in proposed(world) if (one.source, one.proposal.mark) == (source, mark)), None)
    if found is None:
        raise DecisionError("off_topic_not_learned")
    return _accept(world, found, by)


def _accept(world: World, found: Proposed, by: str) -> Rule:
    mark, mentions = found.proposal.mark, found.proposal.mentions
    with world.database.write() as session:
        if any((rule.source_id, rule.mark) == (found.source_id, mark) for rule in off_topic.rules(session)):
            raise DecisionError("off_topic_no_proposal", number=found.number)  # somebody else was first
        rule = off_topic.add(session, found.source_id, mark, mentions[-1], world.clock())
        hidden = _dismiss_waiting(world, session, rule, by)
        _write_down(world, session, "off_topic.accepted", rule, by, learned_from=len(mentions), dismissed=hidden)
    return rule


def _dismiss_waiting(world: World, session: Session, rule: Rule, by: str) -> int:
    """Dismiss what waits and fits; how many."""
    reason, done = reason_of(rule), 0
    for row in off_topic.waiting(session, rule.source_id):
        if rule.mark not in marks_of(row.title, row.text, row.author, row.url):
            continue
        review = reviews.take(session, row.id)
        if review is None:
            continue
        with suppress(DecisionError):  # its reply is on its way: that goes on
            dismiss(Look(session, review, by.strip(), world.clock()), shown_reason(reason), stored=reason)
            done += 1
    return done


def drop_off_topic(world: World, number: int, *, by: str) -> int:
    """Take a rule out of force and take up again what it dismissed; how many. DecisionError: no such rule, nobody."""
    _refuse_nobody(by)
    with world.database.write() as session:
        rule = off_topic.drop(session, number, world.clock())
        if rule is None:
            raise DecisionError("off_topic_no_rule", number=number)
        reopened = off_topic.reopen_dismissed_by(session, rule)
        _write_down(world, session, "off_topic.dropped", rule, by, reopened=reopened)
    return reopened


def _refuse_nobody(by: str) -> None:
    if not by.strip():
        raise DecisionError("desk_nobody")


def _write_down(world: World, session: Session, action: str, rule: Rule, by: str, **values: int) -> None:
    """Neither the word nor the author is named: the audit holds no text, and what it holds stays for good."""
    audit.append(session, action, f"rule/{rule.number}", actor=by.strip(), at=world.clock(),
                 values={"rule": rule.number, "source": rule.source_id, "kind": rule.mark.kind, **values})  # fmt: skip
