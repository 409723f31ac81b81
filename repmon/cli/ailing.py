"""Addresses that messages do not get through to, as far as the database remembers."""

from collections.abc import Sequence

from repmon.cli import document, shapes
from repmon.cli.screen import show
from repmon.cli.words import Shape
from repmon.config import Settings
from repmon.steps.messages.figures import moment
from repmon.store.database import Database
from repmon.store.migrate import revision
from repmon.store.tables import TargetRow
from repmon.store.targets import in_trouble
from repmon.wording import _, count


def ailing_targets(settings: Settings, masked: Sequence[str]) -> list[TargetRow]:
    """The addresses (by their masked names) whose last attempt failed; none before anything was stored. StoreError."""
    database = Database(settings.storage_url())
    try:
        if (database.path is not None and not database.path.exists()) or not revision(database):
            return []
        with database.read() as session:
            return [target for target in in_trouble(session) if target.masked in masked]
    finally:
        database.close()


def tell(found: Sequence[TargetRow], zone: str) -> None:
    """Print one line for each, with the last answer and what can be done."""
    for target in found:
        failed = count(target.failures, "failed at the last try", "failed at the last {n} tries")
        last = moment(target.last_attempt_at, zone) if target.last_attempt_at else ""
        said = " ".join(filter(None, (f"{target.masked}: {failed}", f"({last})." if last else "",
                                      shapes.sentence(target.error))))  # fmt: skip
        show(said)
    if found:
        show(_("Try them with `repmon notify test`, then `repmon deliveries --retry`."), "")


def shape(target: TargetRow) -> Shape:
    """One of them for `check --json`."""
    return {
        "target": target.masked, "channel": target.channel, "failures": target.failures,
        "last_attempt_at": document.moment(target.last_attempt_at),
        "last_ok_at": document.moment(target.last_ok_at), "last_error": shapes.sentence(target.error),
    }  # fmt: skip
