"""Turns the HTML part of a mail into lines of text; nothing is loaded."""

from html.parser import HTMLParser

_BREAKS = frozenset(
    ("address", "article", "br", "div", "h1", "h2", "h3", "h4", "hr", "li", "p", "section", "table", "tr")
)
_UNSEEN = frozenset(("head", "script", "style", "title"))


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if not self._unseen and tag in _UNSEEN:
            self._unseen = tag
        self.found += ["\n"] if tag in _BREAKS else []

    def handle_endtag(self, tag: str) -> None:
        self._unseen = "" if tag in (self._unseen, "head") else self._unseen
        self.found += ["\n"] if tag in _BREAKS else []

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(" ".join(data.split(" ")).replace("\n", " "))


def plain(markup: str) -> str:
    """The words, a line for each block; styles and scripts are left out."""
    lines = _Lines()
    lines.feed(markup)
    lines.close()
    return "\n".join(" ".join(line.split()) for line in "".join(lines.found).split("\n")).strip()
