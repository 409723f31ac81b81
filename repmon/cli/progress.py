"""What long work shows meanwhile: on stderr, and only to a person who is watching."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Turn a little wheel while something takes its time."""
    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(text):
        yield


@contextmanager
def bar(text: str, total: int | None, then: str) -> Iterator[Callable[[int], None]]:
    """Draw a bar; what is yielded takes how much has been done so far.

    `total` may be None (unknown). Once it is reached the bar says `then`, since what follows cannot be counted.
    """
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=total)

        def tell(done: int) -> None:
            if total is not None and done >= total:
                progress.update(task, description=then, completed=done, total=None)
            else:
                progress.update(task, completed=done)

        yield tell
