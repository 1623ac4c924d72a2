"""Entries found by their body: each write asks which entries speak of what was written"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_calendar_entry_body_id"), "calendar_entry", ["body_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_calendar_entry_body_id"), table_name="calendar_entry")
