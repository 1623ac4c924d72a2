"""Rules that the database keeps itself: cycles do not overlap, what was acted on or released does not change, nothing is deleted"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OVERLAP = """EXISTS (SELECT 1 FROM cycle AS other WHERE other.series = NEW.series AND other.id <> NEW.id
  AND (other.from_on IS NULL OR other.from_on < NEW.until_on) AND (NEW.from_on IS NULL OR NEW.from_on < other.until_on))"""
ACTED_ON = """EXISTS (SELECT 1 FROM record JOIN plan_version ON plan_version.id = record.id
  WHERE record.id = {row}.version_id AND (record.state IN ('takes_note', 'welcomed', 'endorsed', 'adopted')
    OR (record.state = 'superseded' AND plan_version.acted_by_cycle_id IS NOT NULL)))"""
TEXTS = (
    "item_id, version_id, title, text, parent_id, cycle_id, last_cycle_id, position, years, document_id, "
    "related_body_id, output_kind, result"
)
FROZEN = "meeting_id, number, released_at, effective_at, programme, changes, digest"
RULES = [
    ("cycle_overlap_insert", "INSERT", "cycle", OVERLAP, "cycles of one series overlap"),
    ("cycle_overlap_update", "UPDATE", "cycle", OVERLAP, "cycles of one series overlap"),
    ("revision_frozen_insert", "INSERT", "plan_item_revision", ACTED_ON.format(row="NEW"), "the version was acted on"),
    ("revision_frozen_update", f"UPDATE OF {TEXTS}", "plan_item_revision", ACTED_ON.format(row="OLD"), "the version was acted on"),
    ("revision_frozen_delete", "DELETE", "plan_item_revision", ACTED_ON.format(row="OLD"), "the version was acted on"),
    ("release_frozen", f"UPDATE OF {FROZEN}", "release", None, "a release does not change"),
    ("audit_no_update", "UPDATE", "audit_entry", None, "the history does not change"),
    ("audit_no_delete", "DELETE", "audit_entry", None, "the history does not change"),
    ("record_no_delete", "DELETE", "record", None, "records are cancelled, never deleted"),
]


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, event, table, condition, message in RULES:
            when = f"WHEN {condition}" if condition else ""
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{message}'); END")
        return
    for name, event, table, condition, message in RULES:
        body = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"
        inner = f"IF {condition} THEN {body} END IF;" if condition else body
        result = "OLD" if event == "DELETE" else "NEW"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {inner} RETURN {result}; END $$")
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _, table, _, _ in RULES:
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
