"""What an officer did about an answer that was refused, and what it seemed to be about"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_reply", sa.Column("about", sa.String(length=300), nullable=True))
    op.add_column("mail_reply", sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True))
    # with its check, as in 0008: SQLite adds none later without a copy of the table
    op.execute(
        "ALTER TABLE mail_reply ADD COLUMN handled_by VARCHAR(200) "
        "CONSTRAINT ck_mail_reply_handled_when CHECK (handled_by IS NULL OR handled_at IS NOT NULL)"
    )
    op.create_index("ix_mail_reply_handled", "mail_reply", ["outcome", "handled_at"])


def downgrade() -> None:
    op.drop_index("ix_mail_reply_handled", "mail_reply")
    for column in ("handled_by", "handled_at", "about"):
        op.execute(f"ALTER TABLE mail_reply DROP COLUMN {column}")
