"""Full-text search over reviews: words as a person types them, looked up in the index of either database."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Column, ColumnElement, Connection, Integer, and_, column, func, or_, select, table, true
from sqlmodel import Session

from repmon.steps.plain import plain
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow

REVIEW = table_of(ReviewRow)
SEARCHED = ("title", "text", "translation", "author")
WORDS = table("review_words", Column("rowid", Integer))
INDEXED = (
    "to_tsvector('simple', left(title, 100000) || ' ' || left(text, 100000) || ' ' || left(translation, 100000)"
    " || ' ' || author)"
)
"""What PostgreSQL's index holds, letter for letter as the index has it; a tsvector takes one megabyte at most."""
MOST_WORDS = 20
MANY = 50
"""From so many new reviews on, they are indexed in one go."""
_LONGEST = 2_000
_PARTED = re.compile(r"[^\W_]")
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese, which part no words: an index of words holds whole sentences."""


def matching(session: Session, said: str) -> ColumnElement[bool]:
    """Give the condition for reviews in which all these words occur, the last one perhaps not typed to its end.

    Nothing in `said` is query syntax. Capitals do not matter, accents neither on SQLite. Words that no index of words
    holds (emoji, punctuation, scripts without spaces) are looked for as parts of the text. Of a giant input only the
    beginning counts, and nothing at all finds everything.
    """
    typed = plain(said[:_LONGEST]).split()[:MOST_WORDS]
    indexed = [word for word in typed if _PARTED.search(word) and not _UNPARTED.search(word)]
    others = [_contains(word) for word in typed if word not in indexed]
    if not indexed:
        return and_(true(), *others)
    unfinished = typed[-1] == indexed[-1]
    sqlite = session.get_bind().dialect.name == "sqlite"
    found = _in_sqlite(indexed, unfinished) if sqlite else _in_postgresql(indexed, unfinished)
    return and_(found, *others)


def keep_current(connection: Connection) -> None:
    """See to it that SQLite's index follows the reviews; after every migration, for a table that is copied loses this.

    On PostgreSQL the index does so by itself.
    """
    run = connection.exec_driver_sql
    there = run("SELECT count(*) FROM sqlite_master WHERE name = 'review_words'").scalar()
    kept = run("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'review_words_%'").scalar()
    if not there or kept == len(_TRIGGERS):
        return
    for name, statement in _TRIGGERS.items():
        run(f"DROP TRIGGER IF EXISTS {name}")
        run(f"CREATE TRIGGER {name} {statement}")
    run("INSERT INTO review_words(review_words) VALUES ('rebuild')")


@contextmanager
def indexed_together(session: Session, new: int) -> Iterator[None]:
    """Index the `new` reviews that are written inside in one go: SQLite's trigger takes ten times as long for many.

    It flushes its index for every row. The trigger is away within this transaction only, so nobody else misses it.
    """
    if new < MANY or session.get_bind().dialect.name != "sqlite":
        yield
        return
    run = session.connection().exec_driver_sql
    last = run("SELECT coalesce(max(id), 0) FROM review").scalar_one()
    run("DROP TRIGGER review_words_written")
    yield
    run(_LEARN_ALL, (last,))
    run(f"CREATE TRIGGER review_words_written {_TRIGGERS['review_words_written']}")


def forget_erased(session: Session) -> None:
    """Write SQLite's index anew: until then it keeps what was deleted from it, beside a mark that it was.

    https://sqlite.org/fts5.html ("The 'secure-delete' configuration option", which not every SQLite has).
    """
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("INSERT INTO review_words(review_words) VALUES ('optimize')")


_FORGET = (
    "INSERT INTO review_words(review_words, rowid, title, text, translation, author)"
    " VALUES ('delete', old.id, old.title, old.text, old.translation, old.author);"
)
_LEARN = (
    "INSERT INTO review_words(rowid, title, text, translation, author)"
    " VALUES (new.id, new.title, new.text, new.translation, new.author);"
)
_LEARN_ALL = (
    "INSERT INTO review_words(rowid, title, text, translation, author)"
    " SELECT id, title, text, translation, author FROM review WHERE id > ?"
)
_TRIGGERS = {
    "review_words_written": f"AFTER INSERT ON review BEGIN {_LEARN} END",
    "review_words_changed":
        f"AFTER UPDATE OF id, title, text, translation, author ON review BEGIN {_FORGET} {_LEARN} END",
    "review_words_erased": f"AFTER DELETE ON review BEGIN {_FORGET} END",
}  # fmt: skip


def _in_sqlite(words: Sequence[str], unfinished: bool) -> ColumnElement[bool]:  # noqa: FBT001 - ours alone
    phrases = " ".join('"' + word.replace('"', '""') + '"' for word in words) + ("*" if unfinished else "")
    hits = select(WORDS.c.rowid).where(column("review_words", is_literal=True).op("MATCH")(phrases))
    return (REVIEW.c.id + 0).in_(hits)  # by itself, SQLite would fetch and sort every hit; so it goes by date and stops


def _in_postgresql(words: Sequence[str], unfinished: bool) -> ColumnElement[bool]:  # noqa: FBT001 - ours alone
    quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words]
    query = " & ".join(quoted) + (":*" if unfinished else "")
    return column(INDEXED, is_literal=True).op("@@")(func.to_tsquery("simple", query))


def _contains(word: str) -> ColumnElement[bool]:
    """Find it anywhere; SQLite folds the case of plain letters only, so others are looked for in three forms."""
    word = unicodedata.normalize("NFC", word)
    forms = {word} if word.isascii() else {word, word.lower(), word.upper()}
    return or_(*(REVIEW.c[name].icontains(form, autoescape=True) for name in SEARCHED for form in sorted(forms)))
