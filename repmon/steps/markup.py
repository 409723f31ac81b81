"""HTML in a site's text: known tags and entities resolved, everything that only looks like them left alone."""

import re
from html import unescape

_INLINE = """a abbr b big button center code del em font footer form head header html i iframe img input ins label link
main mark meta nav object option path q s script select small span strike strong style sub sup svg tbody td textarea
tfoot th thead title tt u video wbr body col figure article aside"""
_BLOCK = """address blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul"""
_LINES = frozenset(_BLOCK.split())
_NAMES = _LINES.union(_INLINE.split())
_CELLS = frozenset({"td", "th", "option"})
# Nothing here matches a second "<", and repeats are possessive: each "<" is tried once, however hostile the text.
_TAG = re.compile(
    r"""<(?:!--|!doctype[^<>]*+>|(/?)([a-z][a-z0-9]{0,9})(?:[\s/](?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)?>)""",
    re.IGNORECASE,
)
_UNSEEN = {
    "script": re.compile(r"</script\b[^<>]*+>", re.IGNORECASE),
    "style": re.compile(r"</style\b[^<>]*+>", re.IGNORECASE),
    "<!--": re.compile("-->"),
}
# Its length is bounded because html.unescape raises ValueError on numbers of more than 4,300 digits; the semicolon
# is demanded because "AT&T" and "?a=1&copy=2" are no entities.
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")


def without_markup(text: str) -> str:
    """Take known HTML tags out (scripts and styles with their content) and resolve entities, once."""
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text


def _without_tags(text: str) -> str:
    pieces: list[str] = []
    at = 0
    unclosed: set[str] = set()
    while tag := _TAG.search(text, at):
        pieces += text[at : tag.start()], _instead(tag)
        at = _end(tag, text, unclosed)
    return "".join((*pieces, text[at:]))


def _instead(tag: re.Match[str]) -> str:
    name = (tag[2] or "").lower()
    if name and name not in _NAMES:
        return tag[0]
    if name in _LINES:
        return "" if tag[1] and name in {"li", "dt", "dd"} else "\n"
    return " " if name in _CELLS else ""


def _end(tag: re.Match[str], text: str, unclosed: set[str]) -> int:
    """Find where reading goes on: after the tag, or after all that a script, style or comment hides.

    `unclosed` remembers which of them never end from here on, so that a thousand openings are not searched anew.
    """
    name = (tag[2] or tag[0]).lower()
    if tag[1] or name not in _UNSEEN or name in unclosed:
        return tag.end()
    close = _UNSEEN[name].search(text, tag.end())
    if close is None:
        unclosed.add(name)
        return tag.end()
    return close.end()
