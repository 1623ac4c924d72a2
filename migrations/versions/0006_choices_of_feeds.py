"""What feeds hold in one column, the state of the data, and what persons follow"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_FLAGS = ("only_ours", "deadlines_as_days", "with_busy", "with_illustration")
_feed = sa.table(
    "personal_feed",
    sa.column("id", sa.Integer()),
    sa.column("choice", sa.JSON()),
    *(sa.column(name, sa.Boolean()) for name in _FLAGS),
)
_body = sa.table("personal_feed_body", sa.column("feed_id", sa.Integer()), sa.column("body_id", sa.Integer()))


def upgrade() -> None:
    op.create_table(
        "data_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_state_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_state")),
    )
    op.create_table(
        "follow",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_follow_record_id_record")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_follow_user_id_user_account")),
        sa.PrimaryKeyConstraint("user_id", "record_id", name=op.f("pk_follow")),
    )
    op.drop_index("ix_calendar_entry_feed", table_name="calendar_entry")
    op.create_index("ix_calendar_entry_feed", "calendar_entry", ["component", "starts_on", "id"])
    # copies, which the first readers make anew
    op.execute("DELETE FROM stored_feed")
    op.add_column("stored_feed", sa.Column("state", sa.BigInteger(), nullable=False, server_default="-1"))
    op.add_column("personal_feed", sa.Column("choice", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("personal_feed", sa.Column("told", sa.JSON(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    bodies: dict[int, list[int]] = {}
    for feed_id, body_id in connection.execute(sa.select(_body.c.feed_id, _body.c.body_id).order_by(_body.c.body_id)):
        bodies.setdefault(feed_id, []).append(body_id)
    for row in connection.execute(sa.select(_feed)).mappings().all():
        choice: dict[str, object] = {name: True for name in _FLAGS if row[name]}
        if row["id"] in bodies:
            choice["body_ids"] = bodies[row["id"]]
        connection.execute(_feed.update().where(_feed.c.id == row["id"]).values(choice=choice))
    op.drop_table("personal_feed_body")
    with op.batch_alter_table("personal_feed") as feed:
        for name in _FLAGS:
            feed.drop_column(name)
        feed.alter_column("choice", server_default=None)
        feed.alter_column("told", server_default=None)
    with op.batch_alter_table("stored_feed") as stored:
        stored.alter_column("state", server_default=None)


def downgrade() -> None:
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
    for name in _FLAGS:
        op.add_column("personal_feed", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(_feed.c.id, _feed.c.choice)).mappings().all():
        choice = row["choice"] if isinstance(row["choice"], dict) else json.loads(row["choice"])
        flags = {name: bool(choice.get(name)) for name in _FLAGS}
        connection.execute(_feed.update().where(_feed.c.id == row["id"]).values(flags))
        for body_id in choice.get("body_ids", []):
            connection.execute(_body.insert().values(feed_id=row["id"], body_id=body_id))
    with op.batch_alter_table("personal_feed") as feed:
        feed.drop_column("choice")
        feed.drop_column("told")
        for name in _FLAGS:
            feed.alter_column(name, server_default=None)
    op.drop_column("stored_feed", "state")
    op.drop_index("ix_calendar_entry_feed", table_name="calendar_entry")
    op.create_index("ix_calendar_entry_feed", "calendar_entry", ["origin", "component", "body_id", "starts_on"])
    op.drop_table("follow")
    op.drop_table("data_state")
