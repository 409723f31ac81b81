"""axe-core on the page that is open: what would keep somebody from using it."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

_RUN = """(only) => axe.run(document, {
  resultTypes: ["violations"], iframes: false, elementRef: false,
  ...(only.length ? {runOnly: {type: "rule", values: only}} : {}),
}).then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
  `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll("\\n", " ")}`)))"""


def violations(page: Page, *only: str) -> list[str]:
    """What axe finds, of all its rules or only some. The script comes in past the page's policy, which holds on."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_source())
    found: list[Any] = page.evaluate(_RUN, list(only))
    return found


@cache
def _source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
