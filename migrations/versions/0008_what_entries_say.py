"""Further kinds of calendar entries, their texts in further languages, and what more they say"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = ("session", "meeting", "call", "follow_up", "deadline", "busy", "consultation")
ADDED = ("registration_opens", "registration_closes", "presentation")
_SAME_ENTRY = "a calendar entry keeps its UID, and its sequence never falls"
# Added with their checks, column by column: a copy of the table, which SQLite needs for a constraint of its own, would
# break the rules of other tables that name it.
COLUMNS = (
    ("plan_session", "remote_url", sa.String(length=500), {"remote_url_https": "substr(remote_url, 1, 8) = 'https://'"}),
    ("meeting", "latitude", sa.Double(), {"latitude_range": "latitude BETWEEN -90 AND 90"}),
    (
        "meeting",
        "longitude",
        sa.Double(),
        {
            "longitude_range": "longitude BETWEEN -180 AND 180",
            "latitude_with_longitude": "(latitude IS NULL) = (longitude IS NULL)",
        },
    ),
)
# On SQLite a changed constraint copies the table, and the rules of 0002 that hang on it are lost with the old one.
RULES = (
    ("calendar_entry_uid", "UPDATE OF uid", "NEW.uid <> OLD.uid"),
    ("calendar_entry_sequence", "UPDATE OF sequence", "NEW.sequence < OLD.sequence"),
)


def upgrade() -> None:
    _allow((*BEFORE, *ADDED))
    for table, column, kind, checks in COLUMNS:
        said = " ".join(f"CONSTRAINT ck_{table}_{name} CHECK ({check})" for name, check in checks.items())
        written = kind.compile(dialect=op.get_bind().dialect)
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {written} {said}")
    op.create_table(
        "calendar_entry_text",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["calendar_entry.id"], name=op.f("fk_calendar_entry_text_entry_id_calendar_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", "language", name=op.f("pk_calendar_entry_text")),
    )


def downgrade() -> None:
    op.drop_table("calendar_entry_text")
    for table, column, _, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    kinds = ", ".join(f"'{kind}'" for kind in ADDED)
    op.execute(f"DELETE FROM calendar_entry WHERE entry_kind IN ({kinds})")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    """Let entries be of these kinds and no others."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("calendar_entry") as batch:
        batch.drop_constraint(op.f("ck_calendar_entry_entry_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_calendar_entry_entry_kind"), sa.column("entry_kind").in_(kinds))
    if is_sqlite:
        for name, event, condition in RULES:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON calendar_entry WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{_SAME_ENTRY}'); END"
            )
