"""Rounds of comments on a version: rounds, personal links, comments, and what must always be true of them.

Two checks of tables that are there are widened. SQLite has no statement for that: a table is made anew, which would end
the triggers of `record` and run into the many keys that point to it. Its documentation (lang_altertable, section 7) gives
the other way, for changes that touch no row: the text of the table in the schema is written anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = "link_id IS NOT NULL AND state IN ('draft', 'held', 'queued', 'failed')"
KINDS = ("agenda_item", "body", "decision", "document", "instrument", "output", "person", "plan", "plan_item", "source",
         "stakeholder")
MESSAGES = ("invitation", "update", "cancellation")
NEW_MESSAGES = (*MESSAGES, "comment_link", "comment_reminder")

Rule = tuple[str, str, str, str | None, str]
"""Name, event, table, the condition under which it refuses (None is always), and what it says; as in 0002."""

CLOSED_ROUND = "EXISTS (SELECT 1 FROM consultation WHERE version_id = {version} AND closed_at IS NOT NULL)"
UNTIL = "(SELECT comments_until FROM plan_version WHERE plan_version.id = NEW.version_id)"
_CLOSED = "the round of comments is closed"
_LATE = "a comment is late when it came after the deadline"
RULES: list[Rule] = [
    ("consultation_close", "UPDATE OF closed_at", "consultation",
     "NEW.closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM comment JOIN record ON record.id = comment.id"
     " WHERE comment.version_id = NEW.version_id AND comment.disposition IS NULL AND NOT record.is_withdrawn)",
     "a round closes when every comment has a disposition"),
    ("consultation_version", "UPDATE OF id, version_id", "consultation",
     "NEW.id <> OLD.id OR NEW.version_id <> OLD.version_id", "a round stays with its version"),
    ("consultation_no_delete", "DELETE", "consultation", None, "rounds of comments are closed, never deleted"),
    ("comment_round_closed", "INSERT", "comment",
     "NOT EXISTS (SELECT 1 FROM consultation WHERE version_id = NEW.version_id AND closed_at IS NULL)", _CLOSED),
    ("comment_decided", "UPDATE OF disposition", "comment",
     "NEW.disposition IS NULL AND " + CLOSED_ROUND.format(version="NEW.version_id"), _CLOSED),
    ("comment_restored", "UPDATE OF is_withdrawn", "record",
     "OLD.kind = 'comment' AND OLD.is_withdrawn AND NOT NEW.is_withdrawn AND EXISTS (SELECT 1 FROM comment"
     " JOIN consultation ON consultation.version_id = comment.version_id"
     " WHERE comment.id = NEW.id AND consultation.closed_at IS NOT NULL)", _CLOSED),
    ("comment_late_insert", "INSERT", "comment", f"NEW.is_late <> (NEW.submitted_at > {UNTIL})", _LATE),
    ("comment_late_update", "UPDATE OF is_late, submitted_at", "comment",
     f"NEW.is_late <> (NEW.submitted_at > {UNTIL})", _LATE),
    ("comment_item", "INSERT", "comment",
     "NEW.item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM plan_item_revision AS r"
     " WHERE r.item_id = NEW.item_id AND r.version_id = NEW.version_id)", "the version has no such item"),
    ("comment_place", "UPDATE OF id, version_id, item_id, stakeholder_id, in_reply_to_id", "comment",
     "NEW.id <> OLD.id OR NEW.version_id <> OLD.version_id OR NEW.stakeholder_id <> OLD.stakeholder_id"
     " OR COALESCE(NEW.item_id, 0) <> COALESCE(OLD.item_id, 0)"
     " OR COALESCE(NEW.in_reply_to_id, 0) <> COALESCE(OLD.in_reply_to_id, 0)",
     "a comment stays where it was made"),
    ("comment_no_delete", "DELETE", "comment", None, "records are cancelled, never deleted"),
]  # fmt: skip


def values(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("may_comment", sa.JSON(), nullable=False),
        sa.Column("comments_shown", values("comments_shown", "never", "after", "at_once"), nullable=False),
        sa.Column("comment_readers", values("comment_readers", "states_parties", "states", "all"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_consultation_closed_by_whom")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_consultation_version_id_plan_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("version_id", name=op.f("uq_consultation_version_id")),
    )
    op.create_table(
        "consultation_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("address = lower(address)", name=op.f("ck_consultation_link_address_lower")),
        sa.CheckConstraint("length(trim(person_name)) > 0", name=op.f("ck_consultation_link_named")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_link_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"], ["stakeholder.id"], name=op.f("fk_consultation_link_stakeholder_id_stakeholder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_link")),
        sa.UniqueConstraint("consultation_id", "address", name=op.f("uq_consultation_link_consultation_id_address")),
    )
    op.create_index(op.f("ix_consultation_link_stakeholder_id"), "consultation_link", ["stakeholder_id"])
    _create_comment()
    _allow("record", "ck_record_withdrawn_kind", _withdrawable(KINDS), _withdrawable(sorted((*KINDS, "comment"))))
    _allow("outbox_message", "ck_outbox_message_message_kind", _kinds(MESSAGES), _kinds(NEW_MESSAGES))
    op.execute(
        "ALTER TABLE outbox_message ADD COLUMN link_id INTEGER"
        " CONSTRAINT fk_outbox_message_link_id_consultation_link REFERENCES consultation_link (id)"
    )
    op.create_index(op.f("ix_outbox_message_link_id"), "outbox_message", ["link_id"])
    op.create_index(
        "uq_outbox_message_link_open", "outbox_message", ["link_id", "message_kind"], unique=True,
        sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN),
    )
    # Rounds that run in this very moment: whoever sees the version may comment, as it was told when it was circulated.
    op.execute(
        """INSERT INTO consultation (version_id, opened_at, may_comment, comments_shown, comment_readers)
        SELECT plan_version.id, record.updated_at, '["state_party", "signatory_state", "observer_state",
          "regional_organisation", "international_organisation", "civil_society", "research_academia", "industry"]',
          'after', 'all'
        FROM plan_version JOIN record ON record.id = plan_version.id
        WHERE record.state = 'circulated' AND record.origin <> 'record' AND plan_version.version_kind = 'numbered'
          AND plan_version.comments_until IS NOT NULL"""
    )
    _add_rules()


def _create_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column(
            "stakeholder_class",
            values(
                "commenter_class", "state_party", "signatory_state", "observer_state", "regional_organisation",
                "international_organisation", "civil_society", "research_academia", "industry", "secretariat",
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("in_reply_to_id", sa.Integer(), nullable=True),
        sa.Column(
            "comment_kind", values("comment_kind", "proposed_wording", "question", "support", "remark"), nullable=False
        ),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("proposed_title", sa.String(), nullable=True),
        sa.Column("proposed_text", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("disposition", values("disposition", "taken", "taken_in_part", "not_taken"), nullable=True),
        sa.Column("disposition_reason", sa.String(), nullable=True),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disposed_by", sa.String(length=200), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("text IS NULL OR length(text) BETWEEN 1 AND 20000", name=op.f("ck_comment_text_length")),
        sa.CheckConstraint(
            "proposed_title IS NULL OR length(proposed_title) BETWEEN 1 AND 1000", name=op.f("ck_comment_wording_title")
        ),
        sa.CheckConstraint(
            "proposed_text IS NULL OR length(proposed_text) BETWEEN 1 AND 20000", name=op.f("ck_comment_wording_text")
        ),
        sa.CheckConstraint(
            "CASE WHEN comment_kind = 'proposed_wording'"
            " THEN item_id IS NOT NULL AND (proposed_title IS NOT NULL OR proposed_text IS NOT NULL)"
            " ELSE text IS NOT NULL AND proposed_title IS NULL AND proposed_text IS NULL END",
            name=op.f("ck_comment_says_something"),
        ),
        sa.CheckConstraint("in_reply_to_id <> id", name=op.f("ck_comment_no_reply_to_itself")),
        sa.CheckConstraint(
            "(disposition IS NULL) = (disposed_at IS NULL) AND (disposition IS NULL) = (disposed_by IS NULL)",
            name=op.f("ck_comment_disposed_by_whom"),
        ),
        sa.CheckConstraint(
            "CASE WHEN disposition IS NULL THEN disposition_reason IS NULL"
            " ELSE disposition = 'taken' OR (disposition_reason IS NOT NULL AND length(trim(disposition_reason)) > 0)"
            " END",
            name=op.f("ck_comment_disposition_with_reason"),
        ),
        sa.CheckConstraint(
            "applied_at IS NULL OR (disposition IS NOT NULL AND disposition <> 'not_taken'"
            " AND comment_kind = 'proposed_wording')",
            name=op.f("ck_comment_applied_if_taken"),
        ),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_comment_id_record")),
        sa.ForeignKeyConstraint(["version_id"], ["consultation.version_id"], name=op.f("fk_comment_version_id_consultation")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_item.id"], name=op.f("fk_comment_item_id_plan_item")),
        sa.ForeignKeyConstraint(["stakeholder_id"], ["stakeholder.id"], name=op.f("fk_comment_stakeholder_id_stakeholder")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_person_id_person")),
        sa.ForeignKeyConstraint(["link_id"], ["consultation_link.id"], name=op.f("fk_comment_link_id_consultation_link")),
        sa.ForeignKeyConstraint(
            ["in_reply_to_id", "version_id"], ["comment.id", "comment.version_id"], name="fk_comment_reply_in_round"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("id", "version_id", name=op.f("uq_comment_id_version_id")),
    )
    for column in ("item_id", "stakeholder_id", "person_id", "link_id", "in_reply_to_id"):
        op.create_index(op.f(f"ix_comment_{column}"), "comment", [column])
    op.create_index("ix_comment_version", "comment", ["version_id", "item_id"])


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM comment")).scalar():
        raise RuntimeError("There are comments; the version before this one has no place for them.")
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _, table, _, _ in RULES:
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.execute("DELETE FROM outbox_message WHERE message_kind IN ('comment_link', 'comment_reminder')")
    op.drop_index("uq_outbox_message_link_open", "outbox_message")
    op.drop_index(op.f("ix_outbox_message_link_id"), "outbox_message")
    if is_sqlite:
        # a column that points elsewhere is not dropped by a statement of SQLite; no trigger stands on this table
        with op.batch_alter_table("outbox_message") as batch:
            batch.drop_column("link_id")
    else:
        op.drop_column("outbox_message", "link_id")
    _allow("outbox_message", "ck_outbox_message_message_kind", _kinds(NEW_MESSAGES), _kinds(MESSAGES))
    _allow("record", "ck_record_withdrawn_kind", _withdrawable(sorted((*KINDS, "comment"))), _withdrawable(KINDS))
    op.drop_table("comment")
    op.drop_table("consultation_link")
    op.drop_table("consultation")


def _quoted(members: object) -> str:
    return ", ".join(f"'{one}'" for one in members)  # type: ignore[attr-defined]


def _withdrawable(kinds: object) -> str:
    return f"withdrawn_because IS NULL OR (kind IN ({_quoted(kinds)}) AND (state IS NULL OR state <> 'acted_on'))"


def _kinds(members: object) -> str:
    return f"message_kind IN ({_quoted(members)})"


def _allow(table: str, name: str, before: str, after: str) -> None:
    """Let a check of a table say something else, without a row being written."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({after})")
        return
    bind = op.get_bind()
    written = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :n"), {"n": table})
    text = written.scalar_one()
    if text.count(before) != 1:
        raise RuntimeError(f"The table {table} does not read as expected; its check {name} cannot be widened.")
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    bind.execute(sa.text("PRAGMA writable_schema = ON"))
    bind.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :n"),
        {"sql": text.replace(before, after), "n": table},
    )
    bind.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema = OFF"))


def _add_rules() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, event, table, condition, message in RULES:
        if is_sqlite:
            when = f"WHEN {condition}" if condition else ""
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            continue
        body = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"
        inner = f"IF {condition} THEN {body} END IF;" if condition else body
        result = "OLD" if event == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {inner} RETURN {result}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
