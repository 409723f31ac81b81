"""What the mails of a sender look like: regular expressions that take linear time, whatever a mail holds."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import re2  # type: ignore[import-untyped]
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

GROUPS = frozenset(("author", "rating", "text", "business", "link"))
MOST = 200
"""Reviews that are looked for in one mail."""
_FULL_STAR = re.compile("[★⭐]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def _usable(pattern: str) -> str:
    groups = _compiled(pattern).groupindex
    if unknown := set(groups) - GROUPS:
        raise ValueError(f"has a group {min(unknown)}; there are {', '.join(sorted(GROUPS))}")
    return pattern


Regex = Annotated[str, AfterValidator(_usable)]


class Pattern(BaseModel):
    """One layout of one sender's mails; `sender` is an address or the beginning of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    sender: str = Field(min_length=3)
    subject: Regex = ""
    body: Regex = Field(min_length=1)
    out_of: float = Field(5.0, gt=0)

    def found_in(self, sender: str, subject: str, text: str) -> list[dict[str, Any]]:
        """What each review in such a mail says, by the names of the groups; none where the layout is another."""
        if not sender.startswith(self.sender.lower()):
            return []
        headed = _compiled(self.subject).search(subject) if self.subject else None
        if self.subject and headed is None:
            return []
        said = _groups(headed) if headed else {}
        found = [{**said, **_groups(match)} for match in _first(_compiled(self.body).finditer(text))]
        return [{**each, "rating": _figure(each.get("rating")), "out_of": self.out_of} for each in found]


def shipped() -> Sequence[Pattern]:
    """The patterns that come with this package; read once."""
    return _shipped()


@cache
def _shipped() -> tuple[Pattern, ...]:
    given = tomllib.loads(Path(__file__).with_name("mail_patterns.toml").read_text("utf-8"))
    return tuple(Pattern.model_validate(each) for each in given["patterns"])


@cache
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    with suppress(re2.error):
        return re2.compile(pattern, options)
    raise ValueError("is no regular expression of RE2 (it knows no look-around and no back references)")


def _groups(match: Any) -> Mapping[str, str]:
    return {name: said.strip() for name, said in match.groupdict().items() if said and said.strip()}


def _first(matches: Iterator[Any]) -> Iterator[Any]:
    return (match for _turn, match in zip(range(MOST), matches, strict=False))


def _figure(said: str | None) -> float | None:
    """Count full stars, or take the first number: `4/5`, `4-star`, `★★★★☆`."""
    if said is None:
        return None
    stars, number = len(_FULL_STAR.findall(said)), _NUMBER.search(said)
    return float(stars) if stars else float(number[0].replace(",", ".")) if number else None
