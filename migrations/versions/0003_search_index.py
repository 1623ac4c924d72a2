"""The full-text index over search_document: FTS5 on SQLite, a GIN index on PostgreSQL"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REMOVE = "INSERT INTO search_index(search_index, rowid, title, text) VALUES ('delete', OLD.id, OLD.title, OLD.text);"
ADD = "INSERT INTO search_index(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);"

# Accents are folded and the strokes of document symbols part words. services/search.py asks with the same expression,
# or PostgreSQL would not use the index.
WORDS = (
    "to_tsvector('simple', translate(regexp_replace(normalize(title || ' ' || text, NFD), "
    "'[\u0300-\u036f]', '', 'g'), '/._:@-''’', '        '))"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"CREATE INDEX search_index_words ON search_document USING gin ({WORDS})")
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(title, text, content='search_document', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
    op.execute(f"CREATE TRIGGER search_index_insert AFTER INSERT ON search_document BEGIN {ADD} END")
    op.execute(f"CREATE TRIGGER search_index_delete AFTER DELETE ON search_document BEGIN {REMOVE} END")
    op.execute(f"CREATE TRIGGER search_index_update AFTER UPDATE ON search_document BEGIN {REMOVE} {ADD} END")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP INDEX search_index_words")
        return
    for event in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER search_index_{event}")
    op.execute("DROP TABLE search_index")
