"""Finds structured data in a page: blocks of JSON-LD as text, and microdata in the same shape as JSON-LD.

https://html.spec.whatwg.org/multipage/microdata.html; nothing is run and nothing is loaded.
"""

from html.parser import HTMLParser
from itertools import takewhile
from typing import Any

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
DEEPEST = 1_000
_FOLLOWS = frozenset(("dd", "dt", "li", "option", "p", "td", "th", "tr"))
"""Elements that end where another of their kind begins, though nobody wrote so."""
_BOUNDS = frozenset(("article", "div", "dl", "ol", "section", "table", "ul"))
_VALUE_IN = {"meta": "content", "time": "datetime", "data": "value", "a": "href", "link": "href", "img": "src"}
_LD = "application/ld+json"

Node = dict[str, Any]


class _Open:
    """One element that is not closed yet; `item` where it is one, `text` where its text is a value."""

    __slots__ = ("item", "names", "tag", "text")

    def __init__(self, tag: str, names: list[str], item: Node | None, *, is_value: bool) -> None:
        self.tag, self.names, self.item = tag, names, item
        self.text: list[str] | None = [] if is_value else None


class Markup(HTMLParser):
    """Feed it a page, then close it: `blocks` are the JSON-LD scripts, `items` the microdata at the top.

    `cut` tells that the page ends within a script.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.items: list[Node] = []
        self.cut = False
        self._script: list[str] | None = None
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and an item or a value with it."""
        if tag in _FOLLOWS:
            self._end_the_last(tag)
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and given.get("type", "").partition(";")[0].strip().lower() == _LD:
            self._script = []
        names = given.get("itemprop", "").split()
        item: Node | None = {"@type": given.get("itemtype", "").split()} if "itemscope" in given else None
        if item is not None and given.get("itemid"):
            item["@id"] = given["itemid"]
        value = _value(tag, given) if item is None else None
        if value is not None:
            self._give(names, value)
        if tag not in VOID and len(self._open) < DEEPEST:
            self._open.append(_Open(tag, names, item, is_value=bool(names) and item is None and value is None))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those inside it that were never closed; an end without a beginning is nothing."""
        if tag == "script" and self._script is not None:
            self.blocks.append("".join(self._script))
            self._script = None
        if any(each.tag == tag for each in self._open):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Collect the text of scripts and values."""
        if self._script is not None:
            self._script.append(data)
        for each in self._open:
            if each.text is not None:
                each.text.append(data)

    def close(self) -> None:
        """End the page, closing what is still open."""
        super().close()
        self.cut = self._script is not None
        while self._open:
            self._close()

    def _end_the_last(self, tag: str) -> None:
        inside = list(takewhile(lambda each: each.tag not in _BOUNDS, reversed(self._open)))
        turns = next((turn for turn, each in enumerate(inside, 1) if each.tag == tag), 0)
        for _ in range(turns):
            self._close()

    def _close(self) -> str:
        last = self._open.pop()
        if last.item is not None:
            self._give(last.names, last.item)
        elif last.text is not None:
            self._give(last.names, " ".join("".join(last.text).split()))
        return last.tag

    def _give(self, names: list[str], value: Any) -> None:
        """Add a value to the item it stands in; an item that is nobody's value stands at the top."""
        holder = next((each.item for each in reversed(self._open) if each.item is not None), None)
        if holder is None or not names:
            self.items += [value] if isinstance(value, dict) else []
            return
        for name in names:
            holder.setdefault(name, []).append(value)


def _value(tag: str, given: dict[str, str]) -> str | None:
    """What an element's attributes say; None where its text is the value."""
    if not given.get("itemprop"):
        return None
    return given.get("content", given.get(_VALUE_IN.get(tag, "")))
