"""A channel's own words for its messages: text with the names of what is known, and nothing else.

    {{ stars }} at {{ place }}, {{ age }}
    {{ text }}
    {{ link }}

`{{ text }}` and `{{ draft }}` on a line of their own are quoted at length, elsewhere they are cut to one line. A line
that names something, none of which is known, is left out.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from repmon.errors import DraftError
from repmon.review import EventKind
from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.excerpt import quoted, quoted_own, snippet
from repmon.steps.messages.figures import age, rating
from repmon.steps.messages.parts import Parts, Room, Showing
from repmon.steps.messages.review_message import author_of, said_in, where_to_act
from repmon.steps.messages.why import topics_of, why

if TYPE_CHECKING:
    from repmon.steps.drafting.sandbox import Render

NAMES = frozenset({"age", "author", "draft", "headline", "link", "place", "reference", "source", "stars", "text",
                   "title", "topics", "why"})  # fmt: skip
LONGEST = 2000
_ALONE = re.compile(r"\s*\{\{\s*(text|draft)\s*\}\}\s*")
_NAMED = re.compile(r"\{\{\s*([a-z]+)")
_INLINE = 200


def check_template(template: str) -> None:
    """DraftError, with the line in the template and the place, unless it only prints `NAMES`."""
    from repmon.steps.drafting.sandbox import check  # noqa: PLC0415 - Jinja is loaded where somebody has a template

    if len(template) > LONGEST:
        raise DraftError("template_too_long", file="", line=1, longest=LONGEST)
    for number, line in enumerate(template.split("\n"), start=1):
        check(line, NAMES, "", number)


def template_for(kind: EventKind, templates: Mapping[str, str]) -> str:
    """The template for the family of an event (`review` for `review.new`); "" for none."""
    return templates.get(kind.partition(".")[0]) or ""


def alert_text(template: str, facts: Facts, parts: Parts, show: Showing, room: Room, reference: str) -> str:
    """The template with what is known put in; `parts` is the message as it would be without one."""
    values = {"headline": parts.title, "reference": reference, **_values(facts, show)}
    blocks = _blocks(facts, parts, show, room)
    lines = (_line(written, render, values, blocks) for written, render in _compiled(template))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip("\n")


def _line(written: str, render: "Render", values: Mapping[str, str], blocks: Mapping[str, str]) -> str | None:
    alone = _ALONE.fullmatch(written)
    if alone:
        return blocks[alone[1]] or None
    known = {**values, **{name: snippet(blocks[name].replace("> ", ""), _INLINE) for name in blocks}}
    named = _NAMED.findall(written)
    if named and not any(known[name] for name in named):
        return None
    return render(known)


@lru_cache(maxsize=64)
def _compiled(template: str) -> tuple[tuple[str, "Render"], ...]:
    from repmon.steps.drafting.sandbox import compile_template  # noqa: PLC0415 - as above

    lines = enumerate(template.split("\n"), start=1)
    return tuple((line, compile_template(line, NAMES, "", number)) for number, line in lines)


def _blocks(facts: Facts, parts: Parts, show: Showing, room: Room) -> dict[str, str]:
    """What is quoted at length; of events without a review, what we would have said ourselves."""
    if facts.review is None:
        return {"text": "\n\n".join(parts.paragraphs), "draft": ""}
    draft = quoted_own(facts.draft.text, room.draft) if facts.draft and room.draft else ""
    return {"text": quoted(said_in(facts.review), room.review, masked=show.mask), "draft": draft}


def _values(facts: Facts, show: Showing) -> dict[str, str]:
    values = {
        "place": snippet(facts.location_name, 80),
        "source": snippet(facts.source, 80),
        "link": where_to_act(facts, show.desk_url, show.link),
        "topics": topics_of(facts.understanding),
    }
    review = facts.review
    if review is None:
        return {**dict.fromkeys(("age", "author", "stars", "title", "why"), ""), **values}
    return {
        **values,
        "age": age(review.written_at or facts.at, show.now),
        "author": author_of(review),
        "stars": rating(review),
        "title": snippet(review.title, 120),
        "why": why(facts, review),
    }
