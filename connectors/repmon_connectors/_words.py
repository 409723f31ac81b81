"""What all searches for mentions share: the names that are looked for, and the words that tell a mention from noise."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from html import unescape
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Item

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

    def names_us(self, item: Item, *keys: str) -> bool:
        """Whether the texts under these keys fit. What has none of them is kept, to be set aside where it is seen."""
        texts = (
            [unescape(item[key]) for key in keys if isinstance(item.get(key), str)] if isinstance(item, dict) else []
        )
        return not texts or self.fits(*texts)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
        return _any_of(self.names), _any_of(self.required), _any_of(self.forbidden)


def phrase(name: str) -> str:
    """The name as a phrase in quotes, for searches that know them."""
    return f'"{name.replace(chr(34), " ").strip()}"'


def _any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    spaced = (r"\s+".join(map(re.escape, _plain(each).split())) for each in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)")


def _plain(text: str) -> str:
    """Without case and accents: people write names as they like."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
