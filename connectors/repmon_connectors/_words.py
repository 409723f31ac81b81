"""What all searches for mentions share: the names that are looked for, and the words that tell a mention from noise."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from html import unescape
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
Words = Annotated[str, StringConstraints(min_length=2, max_length=100)]


class Search(Connector):
    """A search for names; each name is a listing. A mention is no review: it has no stars and is read by its text."""

    may_be_empty = True

    names: list[Words] = Field(min_length=1, description="What people call you; any one of them is a mention.")
    required: list[Words] = Field([], description="Words of which at least one must occur too, such as your town.")
    forbidden: list[Words] = Field([], description="Words that show that somebody else is meant.")

    def listings(self) -> Sequence[str]:
        """One for each name."""
        return list(dict.fromkeys(self.names))

    def fits(self, *texts: str | None) -> bool:
        """Whether one of the names occurs as whole words, with what is required and without what is forbidden."""
        said = _plain(" \n ".join(filter(None, texts)))
        names, required, forbidden = self._patterns
        return bool((not names or names.search(said)) and (not required or required.search(said))
                    and not (forbidden and forbidden.search(said)))  # fmt: skip

    def names_us(self, item: Item, *keys: str, inside: str = "") -> bool:
        """Whether the texts under these keys fit, of what stands in the item under `inside`.

        What has none of them is kept, to be set aside where it is seen.
        """
        item = item.get(inside) if inside and isinstance(item, dict) else item
        found = [item[key] for key in keys if isinstance(item.get(key), str)] if isinstance(item, dict) else []
        return not found or self.fits(*map(unescape, found), *(unescape(_untagged(text)) for text in found))

    def mentions(self, http: Http, name: str, page: Sequence[Item], *keys: str, first: bool, inside: str = "") -> Items:
        """What names us on one page of a search for that name; nothing at all on the first page is noted."""
        if first and not page:
            http.note("search_found_nothing", name=name)
        return (item for item in page if self.names_us(item, *keys, inside=inside))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
        return _any_of(self.names), _any_of(self.required), _any_of(self.forbidden)


def phrase(name: str) -> str:
    """The name as a phrase in quotes, for searches that know them."""
    return f'"{name.replace(chr(34), " ").strip()}"'


def _untagged(html: str) -> str:
    """Tags may stand within a name; beside it, the address of a link counts too, so both forms are looked through."""
    return _TAG.sub(lambda tag: " " if tag[1].lower() in {"p", "br", "div", "li", "pre"} else "", html)


def _any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    spaced = (r"\s+".join(map(re.escape, _plain(each).split())) for each in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)")


def _plain(text: str) -> str:
    """Without case and accents: people write names as they like."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
