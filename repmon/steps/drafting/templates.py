"""Loads the reply packs: the ones that come with repmon, and a folder of one's own that goes before them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from repmon.errors import DraftError
from repmon.steps.drafting.packfile import ALLOWED, Pack, Variant, allowed_in, read_pack

__all__ = ["ALLOWED", "Pack", "Packs", "Variant", "load_packs", "render"]

if TYPE_CHECKING:
    from repmon.steps.drafting.sandbox import Render

GENERIC = "generic"


@dataclass(frozen=True)
class Packs:
    """All packs at hand; `own` is what the business wrote, by (language, trade)."""

    own: Mapping[tuple[str, str], Pack]

    @property
    def languages(self) -> frozenset[str]:
        """Every language with a shipped pack or one of the business's own."""
        return frozenset(language for language, _ in _shipped_names() | self.own.keys())

    def find(self, language: str, trade: str) -> Pack | None:
        """Find the pack for a trade, on top of the generic one, own words before shipped ones; None without either."""
        layers = (_shipped_together(language, trade), *(self.own.get((language, kind)) for kind in _kinds(trade)))
        return _together([layer for layer in layers if layer])


def load_packs(folder: Path | None = None) -> Packs:
    """Load the shipped packs and those of `folder`/<language>/<trade>.toml, every template of which is checked now.

    DraftError names the file and the line of the first mistake. Shipped packs are read when first used.
    """
    own: dict[tuple[str, str], Pack] = {}
    if folder is not None:
        if not folder.is_dir():
            raise DraftError("pack_folder_missing", file=str(folder))
        for path in sorted(folder.glob("*/*.toml")):
            pack = read_pack(path.parent.name, path.stem, path, str(path), own=True)
            for variant in pack.variants():
                _compiled(variant)
            own[pack.language, pack.trade] = pack
    return Packs(own)


def render(variant: Variant, values: Mapping[str, str]) -> str:
    """Put values into a variant's text; values are data and never read as a template."""
    return _compiled(variant)(values).strip()


@lru_cache(maxsize=4096)
def _compiled(variant: Variant) -> "Render":
    from repmon.steps.drafting.sandbox import compile_template  # noqa: PLC0415 - Jinja is loaded when first drafting

    return compile_template(variant.text, allowed_in(variant.key), variant.file, variant.line)


@cache
def _shipped_together(language: str, trade: str) -> Pack | None:
    return _together([_shipped(language, kind) for kind in _kinds(trade) if (language, kind) in _shipped_names()])


def _kinds(trade: str) -> tuple[str, ...]:
    return (GENERIC,) if trade == GENERIC else (GENERIC, trade)


def _together(layers: Sequence[Pack]) -> Pack | None:
    """Lay packs over each other, the later over the earlier; a trade's name wins over the generic one."""
    if not layers:
        return None
    return Pack(
        language=layers[0].language,
        trade=next((layer.trade for layer in layers if layer.trade != GENERIC), GENERIC),
        parts={key: variants for layer in layers for key, variants in layer.parts.items()},
        named={word: phrase for layer in layers for word, phrase in layer.named.items()},
        joiners={key: text for layer in layers for key, text in layer.joiners.items()},
    )


@cache
def _shipped(language: str, trade: str) -> Pack:
    file = _folder().joinpath(language, f"{trade}.toml")
    return read_pack(language, trade, file, f"{language}/{trade}.toml", own=False)


@cache
def _shipped_names() -> frozenset[tuple[str, str]]:
    return frozenset(_names(_folder()))


def _names(folder: Traversable) -> Iterator[tuple[str, str]]:
    for language in folder.iterdir():
        if language.is_dir():
            yield from ((language.name, f.name[:-5]) for f in language.iterdir() if f.name.endswith(".toml"))


def _folder() -> Traversable:
    return files("repmon").joinpath("packs")
