"""The outbox, invitations to sessions, and the mails read for answers"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = "invitation_id IS NOT NULL AND state IN ('draft', 'held', 'queued', 'failed')"


def values(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def answers(name: str) -> sa.Enum:
    return values(name, "needs_action", "accepted", "tentative", "declined")


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", answers("answer"), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_sequence", sa.Integer(), nullable=True),
        sa.Column("asked_sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("address = lower(address)", name=op.f("ck_invitation_address_lower")),
        sa.CheckConstraint(
            "(answer = 'needs_action') = (answered_at IS NULL)", name=op.f("ck_invitation_answered_when")
        ),
        sa.CheckConstraint("asked_sequence >= 0", name=op.f("ck_invitation_asked_not_negative")),
        sa.ForeignKeyConstraint(["session_id"], ["plan_session.id"], name=op.f("fk_invitation_session_id_plan_session")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("session_id", "address", name=op.f("uq_invitation_session_id_address")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])
    op.create_index(op.f("ix_invitation_uid"), "invitation", ["uid"])
    op.create_table(
        "mail_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail_key", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_address", sa.String(length=254), nullable=True),
        sa.Column(
            "outcome",
            values(
                "reply_outcome",
                "taken", "outdated", "wrong_sender", "wrong_code", "unknown", "unreadable", "bounce", "no_answer",
            ),
            nullable=False,
        ),
        sa.Column("answer", answers("reply_answer"), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["plan_session.id"], name=op.f("fk_mail_reply_session_id_plan_session")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_mail_reply_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_reply")),
        sa.UniqueConstraint("mail_key", name=op.f("uq_mail_reply_mail_key")),
    )
    op.create_index(op.f("ix_mail_reply_invitation_id"), "mail_reply", ["invitation_id"])
    op.create_index("ix_mail_reply_session", "mail_reply", ["session_id", "id"])
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_kind", values("message_kind", "invitation", "update", "cancellation"), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("to_name", sa.String(length=1000), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=True),
        sa.Column("subject", sa.String(length=1200), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column("method", sa.String(length=10), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column(
            "state",
            values(
                "message_state",
                "draft", "held", "queued", "sending", "sent", "failed", "unclear", "bounced", "withdrawn",
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.Column("handled_by", sa.String(length=200), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(calendar IS NULL) = (method IS NULL)", name=op.f("ck_outbox_message_calendar_with_method")
        ),
        sa.CheckConstraint(
            "method IS NULL OR method IN ('REQUEST', 'CANCEL')", name=op.f("ck_outbox_message_method_known")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_message_attempts_not_negative")),
        sa.CheckConstraint(
            "state <> 'sending' OR lease_until IS NOT NULL", name=op.f("ck_outbox_message_sending_has_lease")
        ),
        sa.CheckConstraint(
            "state NOT IN ('sent', 'bounced') OR sent_at IS NOT NULL", name=op.f("ck_outbox_message_sent_when")
        ),
        sa.CheckConstraint(
            "state <> 'queued' OR send_after IS NOT NULL", name=op.f("ck_outbox_message_queued_until")
        ),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_outbox_message_record_id_record")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_outbox_message_invitation_id_invitation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbox_message_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_message_id")),
    )
    for column in ("record_id", "invitation_id", "person_id"):
        op.create_index(op.f(f"ix_outbox_message_{column}"), "outbox_message", [column])
    op.create_index("ix_outbox_message_due", "outbox_message", ["state", "send_after"])
    op.create_index(
        "uq_outbox_message_open",
        "outbox_message",
        ["invitation_id"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def downgrade() -> None:
    op.drop_table("outbox_message")
    op.drop_table("mail_reply")
    op.drop_table("invitation")
