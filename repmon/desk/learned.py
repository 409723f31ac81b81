"""What dismissing mentions has taught, for showing: the rules with what they hid, and what else might be hidden."""

from dataclasses import dataclass

from repmon.errors import DecisionError
from repmon.steps.off_topic import Mark, marks_of, reason_of
from repmon.store import off_topic
from repmon.store.handles import Session
from repmon.store.reviews import find
from repmon.store.sources import all_sources
from repmon.turn.off_topic import proposed
from repmon.turn.world import World
from repmon.wording import say


@dataclass(frozen=True, slots=True)
class Learned:
    """A rule in force, or one that is proposed.

    `number` is the rule's or the proposal's. `value` is the word, the domain or the author, None where the author had
    to be forgotten; `hides` is how many mentions the rule has dismissed, or how many that wait the proposal would.
    `mentions` are the dismissed ones it was learned from (of a rule the one it is shown by), `kept` how many were
    looked at beside them.
    """

    number: int
    source: str | None
    mark: Mark
    value: str | None
    hides: int
    mentions: tuple[int, ...]
    kept: int = 0

    @property
    def words(self) -> str:
        """What it knows mentions by: `with the word “borealis”`."""
        return say(f"off_topic_{self.mark.kind}", {"value": self.value or say("off_topic_forgotten")})


def rules(world: World) -> list[Learned]:
    """List the rules in force, by their number."""
    with world.database.read() as session:
        names = {row.id: row.name for row in all_sources(session)}
        hidden = off_topic.hidden(session)
        return [
            Learned(rule.number, names.get(rule.source_id), rule.mark, _value(session, rule.mark, rule.example),
                    hidden[reason_of(rule)], (rule.example,))
            for rule in off_topic.rules(session)
        ]  # fmt: skip


def proposals(world: World) -> list[Learned]:
    """List what could become a rule, source by source, the most telling first."""
    found = proposed(world)
    with world.database.read() as session:
        waiting = {
            number: [marks_of(row.title, row.text, row.author, row.url) for row in off_topic.waiting(session, number)]
            for number in {one.source_id for one in found}
        }
        return [
            Learned(one.number, one.source, mark, _value(session, mark, mentions[-1]),
                    sum(mark in marks for marks in waiting[one.source_id]), mentions, one.kept)
            for one in found
            for mark, mentions in [(one.proposal.mark, one.proposal.mentions)]
        ]  # fmt: skip


def dismissed_so_far(world: World, source_id: int) -> int:
    """How many mentions of a source people have called off-topic."""
    with world.database.read() as session:
        return len(off_topic.dismissed(session, source_id))


def rule_numbered(world: World, number: int) -> Learned:
    """Give a rule in force. DecisionError when there is none of this number."""
    found = next((one for one in rules(world) if one.number == number), None)
    if found is None:
        raise DecisionError("off_topic_no_rule", number=number)
    return found


def _value(session: Session, mark: Mark, example: int) -> str | None:
    """The word or domain; of an author the name as a stored mention has it, None where it had to be forgotten."""
    if mark.kind != "author":
        return mark.value
    row = find(session, example)
    return (row.author or None) if row else None
