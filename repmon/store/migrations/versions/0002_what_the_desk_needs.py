"""What the desk needs: full-text search, lists read off an index, and what became of an answered review."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

NEEDS_AN_ANSWER = sa.text("unhappy AND state IN ('open', 'drafted')")
ASSIGNED = sa.text('assigned_to IS NOT NULL')
ALL_WORDS = (
    "to_tsvector('simple', left(title, 100000) || ' ' || left(text, 100000) || ' ' || left(translation, 100000)"
    " || ' ' || author)"
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == 'sqlite'
    op.add_column('review', sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute('UPDATE review SET at = coalesce(written_at, first_seen_at)')
    op.add_column('review', sa.Column('answered_rating', sa.Float(), nullable=True))
    op.add_column('review', sa.Column('answered_version', sa.Integer(), nullable=True))
    # with its check in the same statement SQLite need not copy the whole table
    op.execute("ALTER TABLE review ADD COLUMN outcome VARCHAR"
               " CONSTRAINT ck_review_outcome CHECK (outcome IN ('won_back', 'lowered', 'removed'))")
    op.add_column('review', sa.Column('outcome_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column('draft', sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.drop_index('ix_review_unanswered', 'review')
    op.create_index('ix_review_unanswered', 'review', ['at', 'id', 'history', 'state', 'snoozed_until', 'source_id', 'location'], sqlite_where=NEEDS_AN_ANSWER, postgresql_where=NEEDS_AN_ANSWER)
    op.create_index('ix_review_assigned', 'review', ['assigned_to', 'at', 'id'], sqlite_where=ASSIGNED, postgresql_where=ASSIGNED)
    op.create_index('ix_review_at', 'review', ['at', 'id'])
    op.create_index('ix_review_location', 'review', ['location', 'at', 'id'])
    op.create_index('ix_review_source_id', 'review', ['source_id', 'at', 'id'])
    op.create_index('ix_draft_state', 'draft', ['state', 'review_id'])
    op.create_index('ix_audit_subject', 'audit', ['subject'])
    if sqlite:
        # its triggers are made at the end of every migration: a table that is copied loses them
        op.execute("CREATE VIRTUAL TABLE review_words USING fts5(title, text, translation, author, content='review',"
                   " content_rowid='id', columnsize=0, tokenize='unicode61 remove_diacritics 2')")
        # an import commits many pages: merging them four at a time, as by default, costs a third more
        op.execute("INSERT INTO review_words(review_words, rank) VALUES ('automerge', 16)")
    else:
        op.execute(f'CREATE INDEX ix_review_words ON review USING gin ({ALL_WORDS})')


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == 'sqlite'
    if sqlite:
        for trigger in ('written', 'changed', 'erased'):
            op.execute(f'DROP TRIGGER IF EXISTS review_words_{trigger}')
        op.execute('DROP TABLE review_words')
    else:
        op.drop_index('ix_review_words', 'review')
    op.drop_index('ix_audit_subject', 'audit')
    op.drop_index('ix_draft_state', 'draft')
    for index in ('ix_review_source_id', 'ix_review_location', 'ix_review_at', 'ix_review_assigned', 'ix_review_unanswered'):
        op.drop_index(index, 'review')
    op.create_index('ix_review_unanswered', 'review', ['written_at'], sqlite_where=NEEDS_AN_ANSWER, postgresql_where=NEEDS_AN_ANSWER)
    op.drop_column('draft', 'asked_at')
    for column in ('outcome_at', 'outcome', 'answered_version', 'answered_rating', 'at'):
        op.drop_column('review', column)
