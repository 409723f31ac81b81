"""Reads the answers out of a Typeform event; https://www.typeform.com/developers/webhooks/example-payload/."""

from collections.abc import Mapping
from typing import Any, Literal

from repmon.connector import Item

Question = Literal["rating", "text", "author"]
FIGURES = ("nps", "opinion_scale", "rating")
"""Kinds of questions whose answer is a figure; an NPS question is out of ten."""


def answers(item: Item, questions: Mapping[Question, str]) -> dict[str, Any]:
    """`rating`, `scale`, `text` and `author` of one event, as far as they were answered.

    `questions` names a question by its id, ref or title where the kind of question does not tell. Without any free
    text the choices are the text, each with its question; addresses and telephone numbers are never read.
    """
    form = item["form_response"]
    titles = {each.get("id"): each.get("title", "") for each in (form.get("definition") or {}).get("fields", [])}
    given = [(_question(each, titles), each) for each in form.get("answers") or []]
    figure = _named(given, questions.get("rating")) if "rating" in questions else _figure(given)
    found: dict[str, Any] = {"rating": _value(figure) if figure else None, "text": _text(given, questions, figure)}
    if figure and _kind(figure) == "nps":
        found |= {"scale": "nps", "out_of": 10.0}
    if "author" in questions:
        author = _named(given, questions["author"])
        found["author"] = _value(author) if author else None
    return found


def _question(answer: Item, titles: Mapping[Any, str]) -> tuple[str, ...]:
    field = answer.get("field") or {}
    return tuple(str(name).strip() for name in (titles.get(field.get("id")), field.get("id"), field.get("ref")) if name)


def _named(given: list[tuple[tuple[str, ...], Item]], name: str | None) -> Item | None:
    return next((each for names, each in given if name in names), None)


def _figure(given: list[tuple[tuple[str, ...], Item]]) -> Item | None:
    return next((each for _names, each in given if each.get("type") == "number" and _kind(each) in FIGURES), None)


def _kind(answer: Item) -> str:
    return str((answer.get("field") or {}).get("type", ""))


def _value(answer: Item) -> Any:
    """The value stands under the key that its type names; a choice has a label, several have labels."""
    value = answer.get(answer.get("type", ""))
    if isinstance(value, dict):
        labels = value.get("labels") or [value.get("label") or value.get("other")]
        return " / ".join(str(label) for label in labels if label)
    return value


def _text(
    given: list[tuple[tuple[str, ...], Item]], questions: Mapping[Question, str], figure: Item | None
) -> str | None:
    if "text" in questions:
        named = _named(given, questions["text"])
        return _value(named) if named else None
    author = _named(given, questions.get("author"))
    written = [each for _names, each in given if each.get("type") == "text" and each not in (figure, author)]
    at_length = [each for each in written if _kind(each) == "long_text"] or written
    if at_length:
        return "\n".join(str(_value(each)) for each in at_length)
    chosen = [(names, each) for names, each in given if each.get("type") in {"choice", "choices"} and each != figure]
    return "\n".join(f"{names[0] if names else ''}: {_value(each)}" for names, each in chosen) or None
