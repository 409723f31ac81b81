"""`repmon explain`: who was told about a review and when, or why not."""

from collections.abc import Iterator
from typing import Any

import click
from rich.text import Text

from repmon.cli import asked, document, shapes
from repmon.cli.document import moment as stamp
from repmon.cli.opening import opened
from repmon.cli.screen import safe_line, show, word
from repmon.cli.words import Shape
from repmon.steps.messages.figures import moment, moment_of
from repmon.store import views
from repmon.store.explanations import Explanation, explanation
from repmon.store.handles import Row
from repmon.wording import _, say


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@asked.as_json
@click.pass_context
def explain(context: click.Context, review_id: int, *, as_json: bool) -> None:
    """Say who was told about a review, or why not.

    Each event, each rule that was looked at with the value that decided, and each message: what it waited for and until
    when, what it travelled with, and every try with its answer. All of it as it was decided then.
    """
    with opened(context) as world:
        with world.database.read() as session:
            found = explanation(session, review_id)
            rows = views.reviews_by_id(session, [review_id])
        if not rows:
            text = _("there is no review {id}; `repmon reviews` lists them").format(id=review_id)
            raise click.BadParameter(text, param_hint="ID")
        if as_json:
            document.write(shape(review_id, found))
        else:
            show(*_lines(rows[0], found, world.settings.business_of(rows[0].location).timezone))


def shape(review_id: int, found: Explanation) -> Shape:
    """The document of `explain --json`."""
    return {
        "review_id": review_id,
        "events": [{**shapes.event(event, found.decisions), "deliveries": [
            {**shapes.delivery(each), "history": [_note(note) for note in found.holds_of(each.id)],
             "tries": [_try(one) for one in found.attempts_of(each)]}
            for each in found.deliveries if each.event_id == event.id
        ]} for event in found.events],
    }  # fmt: skip


def _note(row: Row[Any]) -> Shape:
    return {"at": stamp(row.at), "code": row.code, "values": row.values, "reason": _said(row, "UTC")}


def _try(row: Row[Any]) -> Shape:
    return {"at": stamp(row.at), "delivery_id": row.delivery_id, "seconds": row.seconds,
            "error": shapes.sentence(row.error)}  # fmt: skip


def _lines(review: Row[Any], found: Explanation, zone: str) -> Iterator[Text]:
    if not found.events:
        code = _("It was there when its source was first read; that is quiet.") if review.history else _(
            "Nothing about this review was worth telling.")  # fmt: skip
        yield Text(code)
    for event in found.events:
        yield Text(f"{event.kind} · {moment(event.at, zone)}", "bold")
        for each in found.decisions:
            if each.event_id == event.id:
                yield Text.assemble("  ", safe_line(f"{each.rule}: {say(each.code, each.values)}", 400))
        told = [each for each in found.deliveries if each.event_id == event.id]
        yield from (line for each in told for line in _told(each, found, zone))
        if not told:
            yield Text.assemble("  ", say(found.why_no_message(event)))


def _told(delivery: Row[Any], found: Explanation, zone: str) -> Iterator[Text]:
    """One message: where to and how it is, then what happened to it in order."""
    state = word(delivery.state)
    yield Text.assemble(f"  → {delivery.id} ", safe_line(f"{delivery.masked} ({delivery.channel})", 120), " · ", state)
    steps = [(row.at, _said(row, zone)) for row in found.holds_of(delivery.id)]
    steps += [(row.at, _tried(row)) for row in found.attempts_of(delivery)]
    steps += [(at, say("explain_next")) for at in (found.next_try(delivery),) if at]
    for at, said in sorted(steps, key=lambda step: step[0]):
        yield Text.assemble("    ", safe_line(f"{moment(at, zone)}: {said}", 400))


def _tried(row: Row[Any]) -> str:
    answer = shapes.sentence(row.error) or _("it arrived")
    return _("tried, {seconds:.1f} s: {answer}").format(seconds=row.seconds, answer=answer)


def _said(row: Row[Any], zone: str) -> str:
    code = "hold_snoozed_by" if row.code == "hold_snoozed" and row.values.get("by") else row.code
    return say(code, {**row.values, "until": moment_of(row.values.get("until"), zone)})
