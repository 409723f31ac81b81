"""Debian's Chromium, driven by Playwright: found or visibly missing, and patient on a busy machine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30_000
"""Milliseconds an expected thing may take."""
MISSING = "no Chromium here: apt-get install chromium (.ci/run does it where it may)"


def found() -> Path | None:
    """The browser, None without one."""
    return next((Path(path) for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def launched(executable: Path) -> Iterator[Browser]:
    """A browser for a while. It runs without its own sandbox: as root, and in containers, it would not start."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
