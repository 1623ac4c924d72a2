"""Passwords of devices, and what their calendars were told last"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_device_password_named")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_device_password_digest_whole")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_device_password_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_password")),
        sa.UniqueConstraint("digest", name=op.f("uq_device_password_digest")),
    )
    op.create_index(op.f("ix_device_password_user_id"), "device_password", ["user_id"])
    op.create_table(
        "dav_collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_dav_collection_number_not_negative")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_dav_collection_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dav_collection")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_dav_collection_user_id_key")),
    )
    op.create_table(
        "dav_member",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=130), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_dav_member_number_positive")),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["dav_collection.id"], name=op.f("fk_dav_member_collection_id_dav_collection")
        ),
        sa.PrimaryKeyConstraint("collection_id", "name", name=op.f("pk_dav_member")),
    )
    op.create_index("ix_dav_member_number", "dav_member", ["collection_id", "number"])


def downgrade() -> None:
    op.drop_index("ix_dav_member_number", table_name="dav_member")
    op.drop_table("dav_member")
    op.drop_table("dav_collection")
    op.drop_index(op.f("ix_device_password_user_id"), table_name="device_password")
    op.drop_table("device_password")
