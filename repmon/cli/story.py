"""One review told on a terminal, from what was written to who was told."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from repmon.cli import care
from repmon.cli.figures import figure
from repmon.cli.said import disagreement, learned
from repmon.cli.screen import NOTHING, safe, safe_line, sheet, show, word
from repmon.cli.shapes import sentence
from repmon.config import Business
from repmon.review import Sentiment, Topic, Understanding
from repmon.steps.messages.figures import age, moment
from repmon.steps.understanding.said import said
from repmon.store.handles import Row
from repmon.store.reviews import as_understanding
from repmon.wording import _, say

if TYPE_CHECKING:
    from repmon.cli.show import Everything

Pair = tuple[str, RenderableType]


def tell(found: "Everything", business: Business, now: datetime) -> None:
    """Print it."""
    row = found.review
    facts = (_("Review {id}").format(id=row.id), figure(row), _("unhappy") if row.unhappy else None, row.state)
    show(Text(" · ").join(Text.assemble(fact) for fact in facts if fact))
    show(_origin(row, business, now))
    for text, style in ((row.title, "bold"), (row.text, ""), (row.translation, "italic")):
        if text:
            show(Padding(safe(text, style), (1, 0, 0, 2), expand=False))
    show("", sheet(_sections(found, business, now)))


def _origin(row: Row[Any], business: Business, now: datetime) -> Text:
    at = row.written_at or row.first_seen_at
    sentence = _("written {moment}, {age}") if row.written_at else _("undated, first seen {moment}, {age}")
    dated = sentence.format(moment=moment(at, business.timezone), age=age(at, now))
    facts = [row.source, business.name if row.location else "", row.author or _("someone unnamed"), dated, row.url]
    return safe_line(" · ".join(filter(None, facts)), 1000)


def _sections(found: "Everything", business: Business, now: datetime) -> Iterator[Pair]:
    row, zone = found.review, business.timezone
    understood = as_understanding(row)
    if row.quarantined_at:
        yield _("Set aside"), safe(f"{moment(row.quarantined_at, zone)}: {sentence(row.error) or NOTHING}", "red")
    yield from _words(understood.sentiment, row.corrected_label, found.probability) if understood else [_not_yet()]
    yield from _topics(understood) if understood else ()
    if row.reply_text is not None:
        at = moment(row.reply_at, zone) if row.reply_at else ""
        yield _("Reply"), safe(" · ".join(filter(None, (at, row.reply_state))) + "\n" + row.reply_text)
    yield from care.cared_for(row, found.notes, zone, now)
    for draft in found.drafts:
        yield _("Draft"), care.draft(draft, zone)
    for version in reversed(found.versions):
        yield _("Earlier"), _version(version, zone)
    yield from _alerts(found, zone)


def _not_yet() -> Pair:
    return _("Words"), _("not looked at yet; `repmon poll` does it")


def _words(found: Sentiment, corrected: str | None, probability: float | None) -> Iterator[Pair]:
    """The label, and below it what each word adds, down to the sum."""
    verdict = Text.assemble(word(found.label), f" {found.score:+.2f}")
    if found.conflict:
        verdict.append(f" · {disagreement(found)}", "yellow")
    if probability is not None:
        verdict.append(f" · {learned(probability)}")
    if corrected:
        verdict.append(_(" · a person says: {label}").format(label=corrected))
    lines = [verdict, *(Text.assemble(f"{r.value:+6.2f}  ", safe_line(said(r), 200)) for r in found.reasons)]
    if found.reasons:
        lines.append(Text(_("{raw:+6.2f}  in all, which is {score:+.2f} between -1 and 1; VADER alone: {compound:+.2f}")
                          .format(raw=found.raw, score=found.score, compound=found.compound), "dim"))  # fmt: skip
    yield _("Words"), Text("\n").join(lines)


def _topics(found: Understanding) -> Iterator[Pair]:
    if found.topics:
        yield _("Topics"), Text("\n").join(_topic(topic) for topic in found.topics)


def _topic(topic: Topic) -> Text:
    return Text.assemble(safe_line(topic.name, 60), ", ", word(topic.polarity), ": ",
                         safe_line(", ".join(topic.words), 200))  # fmt: skip


def _version(version: Any, zone: str) -> Text:
    gone = _("version {n}, until {moment}").format(n=version.version, moment=moment(version.replaced_at, zone))
    stars = f" · {version.rating:g} of 5" if version.rating is not None else ""
    said = "\n".join(filter(None, (version.title, version.text)))
    return Text("\n").join([Text(gone + stars, "dim"), safe(said)])


def _alerts(found: "Everything", zone: str) -> Iterator[Pair]:
    """Each event with the rules that were looked at, and each message with what became of it."""
    for event in found.events:
        mine = [each for each in found.decisions if each.event_id == event.id]
        told = [each for each in found.deliveries if each.event_id == event.id]
        lines = [Text(f"{event.kind} · {moment(event.at, zone)}", "dim")]
        lines += [safe_line(f"{each.rule}: {say(each.code, each.values)}", 300) for each in mine]
        lines += [_message(each, zone) for each in told]
        if not told:
            lines.append(Text(_("nobody was told")))
        yield _("Event"), Text("\n").join(lines)


def _message(row: Row[Any], zone: str) -> Text:
    done = moment(row.delivered_at, zone) if row.delivered_at else sentence(row.error) or ""
    return Text.assemble("→ ", safe_line(row.masked, 100), " · ", word(row.state), " · " if done else "",
                         safe_line(done, 300))  # fmt: skip
