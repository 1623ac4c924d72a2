"""Marks of the states that calendars were in, so that a database put back from a copy knows those of its own"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No marks for the states there are: each calendar gets its first with its next number.
    op.create_table(
        "dav_state",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_dav_state_number_positive")),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["dav_collection.id"], name=op.f("fk_dav_state_collection_id_dav_collection")
        ),
        sa.PrimaryKeyConstraint("collection_id", "number", name=op.f("pk_dav_state")),
    )


def downgrade() -> None:
    op.drop_table("dav_state")
