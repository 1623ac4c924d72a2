"""Feeds of persons, and the bodies that they are narrowed to"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personal_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("only_ours", sa.Boolean(), nullable=False),
        sa.Column("deadlines_as_days", sa.Boolean(), nullable=False),
        sa.Column("with_busy", sa.Boolean(), nullable=False),
        sa.Column("with_illustration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_read_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_personal_feed_named")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_personal_feed_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_feed")),
    )
    op.create_index(op.f("ix_personal_feed_user_id"), "personal_feed", ["user_id"])
    op.create_table(
        "personal_feed_body",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_personal_feed_body_body_id_body")),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["personal_feed.id"], name=op.f("fk_personal_feed_body_feed_id_personal_feed")
        ),
        sa.PrimaryKeyConstraint("feed_id", "body_id", name=op.f("pk_personal_feed_body")),
    )


def downgrade() -> None:
    op.drop_table("personal_feed_body")
    op.drop_index(op.f("ix_personal_feed_user_id"), table_name="personal_feed")
    op.drop_table("personal_feed")
