"""Bodies of feeds after all other columns: SQLite reads through a row to find what stands behind a body of megabytes"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # copies, which the first readers make anew
    op.drop_table("stored_feed")
    op.create_table(
        "stored_feed",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("plain", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stored_feed")),
    )


def downgrade() -> None:
    op.drop_table("stored_feed")
    op.create_table(
        "stored_feed",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plain", sa.LargeBinary(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stored_feed")),
    )
