"""Where recorded answers and real reviews lie, when present beside the checkout; tests that need them skip visibly."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def payload(name: str) -> bytes:
    """One recorded answer, `site/file`; skips the test where recordings are absent."""
    path = SHARED / "payloads" / name
    if not path.is_file():
        pytest.skip(f"no recorded answers here: {name}")
    return path.read_bytes()


def dataset(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one set of real reviews; skips the test where the set is absent."""
    path = SHARED / "data" / f"{name}.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no review data here: {name}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)
