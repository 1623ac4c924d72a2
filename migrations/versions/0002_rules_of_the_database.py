"""Rules that the database keeps itself, whoever writes: what was acted on, released or decided does not change, what is
closed says by what, nothing is deleted, and nothing stands above itself.

What no rule here holds, and why:

- A cycle whose dates move can come to lie on the wrong side of another one that a body, a plan or an item names with it.
  The illustration moves its cycles one after the other; half-way they stand so, and a rule per row would refuse it.
- An open follow-up without owner or due day is allowed: the record knows such ones, and the report of broken links lists
  them. Closing is where both are needed.
- A row of the public edition can be added to the current release. What is in a release stands in its JSON, which the two
  databases ask in different words; changing and deleting such rows is refused.
- Which release is current is free. It moves when an embargo ends and with an import, which marks the new one and unmarks
  the old one in either order.
- An act of the Conference can be taken away from a version. That is how one is taken back that was recorded by mistake;
  who may do it, and why it was done, is the matter of the service and of the history.
- PostgreSQL lets the owner of a table empty it at once (TRUNCATE), past all rules of rows. SQLite lets REPLACE delete past
  them on connections without `recursive_triggers`; ours have it (core/db.py).
- A second correction of a decision needs no new reason here. Its text is in the table of all records, its reason in its
  own, and a rule sees one row at a time; the service asks for it.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Rule = tuple[str, str, str, str | None, str]
"""Name, event, table, the condition under which it refuses (None is always), and what it says."""

OVERLAP = """EXISTS (SELECT 1 FROM cycle AS other WHERE other.series = NEW.series AND other.id <> NEW.id
  AND (other.from_on IS NULL OR other.from_on < NEW.until_on) AND (NEW.from_on IS NULL OR NEW.from_on < other.until_on))"""
VERBS = "('takes_note', 'welcomed', 'endorsed', 'adopted')"
ACTED_ON = f"""EXISTS (SELECT 1 FROM record JOIN plan_version ON plan_version.id = record.id
  WHERE record.id = {{version}} AND (record.state IN {VERBS}
    OR (record.state = 'superseded' AND plan_version.acted_by_cycle_id IS NOT NULL)))"""
VERSION_OF = "(SELECT version_id FROM plan_item_revision WHERE plan_item_revision.id = {row}.revision_id)"
TEXTS = (
    "id, item_id, version_id, title, text, parent_id, cycle_id, last_cycle_id, position, years, document_id, "
    "related_body_id, output_kind, result"
)
VERSION = (
    "id, plan_id, version_kind, number, position, on_text, change, text_held, document_id, acted_by_cycle_id, "
    "comments_until, based_on_id"
)
FROZEN = "id, meeting_id, number, released_at, effective_at, programme, changes, digest"
NOT_CHANGED = "the version was acted on"


def _of_record(condition: str) -> str:
    """Return the condition that the record of a new row of another table is so."""
    return f"EXISTS (SELECT 1 FROM record WHERE record.id = NEW.id AND {condition})"


def _acted_on(*versions: str) -> str:
    return " OR ".join(ACTED_ON.format(version=version) for version in versions)


def _link_rules(table: str) -> list[Rule]:
    """Return what keeps the Articles or stages of a text of a version that was acted on."""
    old, new = (_acted_on(VERSION_OF.format(row=row)) for row in ("OLD", "NEW"))
    return [
        (f"{table}_frozen_insert", "INSERT", table, new, NOT_CHANGED),
        (f"{table}_frozen_update", "UPDATE", table, f"{old} OR {new}", NOT_CHANGED),
        (f"{table}_frozen_delete", "DELETE", table, old, NOT_CHANGED),
    ]


_IS_VERSION = "OLD.kind = 'plan_version'"
_IS_CLOSED = "NEW.version_kind <> 'numbered' AND " + _of_record("record.state <> 'draft'")
_TAKEN_BACK = f"""NEW.state = 'submitted' AND OLD.state IN {VERBS}
  AND NOT EXISTS (SELECT 1 FROM conference_action WHERE conference_action.record_id = NEW.id)
  AND NOT EXISTS (SELECT 1 FROM plan_version JOIN record AS other ON other.id = plan_version.id
    WHERE plan_version.based_on_id = NEW.id AND other.state <> 'withdrawn')"""
_NO_DRAFT = "a reconstruction or working copy is a draft"
_NO_CYCLE = "a version is acted on by the Conference of a cycle"
VERSIONS: list[Rule] = [
    # An end of its own: from there it becomes superseded, once. Only where the act was recorded by mistake, and has been
    # taken away, is it submitted again.
    ("version_acted_on", "UPDATE OF state", "record",
     f"{_IS_VERSION} AND NEW.state <> OLD.state AND ({_acted_on('OLD.id')})"
     " AND NOT (NEW.state = 'superseded' AND OLD.state <> 'superseded')"
     f" AND NOT ({_TAKEN_BACK})", NOT_CHANGED),
    ("version_title", "UPDATE OF title", "record",
     f"{_IS_VERSION} AND NEW.title <> OLD.title AND ({_acted_on('OLD.id')})", NOT_CHANGED),
    ("version_frozen", f"UPDATE OF {VERSION}", "plan_version", _acted_on("OLD.id"), NOT_CHANGED),
    ("version_draft", "UPDATE OF state", "record",
     f"{_IS_VERSION} AND NEW.state <> 'draft' AND EXISTS (SELECT 1 FROM plan_version"
     " WHERE plan_version.id = NEW.id AND plan_version.version_kind <> 'numbered')", _NO_DRAFT),
    ("version_draft_insert", "INSERT", "plan_version",
     _IS_CLOSED, _NO_DRAFT),
    ("version_draft_update", "UPDATE OF version_kind", "plan_version",
     _IS_CLOSED, _NO_DRAFT),
    ("version_cycle", "UPDATE OF state", "record",
     f"{_IS_VERSION} AND NEW.state IN {VERBS} AND EXISTS (SELECT 1 FROM plan_version"
     " WHERE plan_version.id = NEW.id AND plan_version.acted_by_cycle_id IS NULL)", _NO_CYCLE),
    ("version_cycle_insert", "INSERT", "plan_version",
     "NEW.acted_by_cycle_id IS NULL AND " + _of_record(f"record.state IN {VERBS}"), _NO_CYCLE),
    ("revision_frozen_insert", "INSERT", "plan_item_revision", _acted_on("NEW.version_id"), NOT_CHANGED),
    ("revision_frozen_update", f"UPDATE OF {TEXTS}", "plan_item_revision",
     _acted_on("OLD.version_id", "NEW.version_id"), NOT_CHANGED),
    ("revision_frozen_delete", "DELETE", "plan_item_revision", _acted_on("OLD.version_id"), NOT_CHANGED),
    *_link_rules("revision_article"),
    *_link_rules("revision_stage"),
]  # fmt: skip

GROUNDS = """COALESCE(TRIM({row}.evidence), '') <> '' AND ({row}.owner_id IS NOT NULL OR COALESCE({row}.owner_email, '') <> '')
  AND ({row}.due_on IS NOT NULL OR {row}.due_session_id IS NOT NULL)"""
REASON = "COALESCE(TRIM({row}.reason), '') <> ''"
_NOT_DONE = "a follow-up that is done has evidence, an owner and a due day"
_NOT_DROPPED = "a follow-up that is dropped has a reason"
_CLOSED_ROW = _of_record("record.state = 'done'") + f" AND NOT ({GROUNDS.format(row='NEW')})"
_DROPPED_ROW = _of_record("record.state = 'dropped'") + f" AND NOT ({REASON.format(row='NEW')})"


def _state_of_follow_up(state: str, ground: str) -> str:
    held = f"SELECT 1 FROM follow_up WHERE follow_up.id = NEW.id AND {ground.format(row='follow_up')}"
    return f"NEW.kind = 'follow_up' AND NEW.state = '{state}' AND NOT EXISTS ({held})"


FOLLOW_UPS: list[Rule] = [
    ("follow_up_done", "UPDATE OF state", "record", _state_of_follow_up("done", GROUNDS), _NOT_DONE),
    ("follow_up_done_insert", "INSERT", "follow_up", _CLOSED_ROW, _NOT_DONE),
    ("follow_up_done_update", "UPDATE", "follow_up", _CLOSED_ROW, _NOT_DONE),
    ("follow_up_dropped", "UPDATE OF state", "record", _state_of_follow_up("dropped", REASON), _NOT_DROPPED),
    ("follow_up_dropped_insert", "INSERT", "follow_up", _DROPPED_ROW, _NOT_DROPPED),
    ("follow_up_dropped_update", "UPDATE", "follow_up", _DROPPED_ROW, _NOT_DROPPED),
]

_NO_ACT = "an output that was acted on has an act of the Conference"
_LAST_ACT = """EXISTS (SELECT 1 FROM record WHERE record.id = OLD.record_id AND record.kind = 'output' AND record.state = 'acted_on')
  AND NOT EXISTS (SELECT 1 FROM conference_action AS other WHERE other.record_id = OLD.record_id AND other.id <> OLD.id)"""
OUTPUTS: list[Rule] = [
    # The act points to the record, so it can only come after it; the state comes last.
    ("output_acted_on_insert", "INSERT", "record", "NEW.kind = 'output' AND NEW.state = 'acted_on'", _NO_ACT),
    ("output_acted_on", "UPDATE OF state", "record",
     "NEW.kind = 'output' AND NEW.state = 'acted_on'"
     " AND NOT EXISTS (SELECT 1 FROM conference_action WHERE conference_action.record_id = NEW.id)", _NO_ACT),
    ("output_act_delete", "DELETE", "conference_action", _LAST_ACT, _NO_ACT),
    ("output_act_update", "UPDATE OF id, record_id", "conference_action",
     f"(NEW.record_id <> OLD.record_id OR NEW.id <> OLD.id) AND {_LAST_ACT}", _NO_ACT),
]  # fmt: skip

_MARKED = "EXISTS (SELECT 1 FROM decision WHERE decision.id = NEW.id AND decision.original_text IS NOT NULL)"
_NO_MARK = "the text of a decision changes with a mark and a reason"
DECISIONS: list[Rule] = [
    ("decision_text", "UPDATE OF title", "record",
     f"OLD.kind = 'decision' AND NEW.title <> OLD.title AND NOT (NEW.state = 'corrected' AND {_MARKED})", _NO_MARK),
    ("decision_state", "UPDATE OF state", "record",
     f"OLD.kind = 'decision' AND (OLD.state = 'corrected' AND NEW.state <> 'corrected'"
     f" OR NEW.state = 'corrected' AND NOT {_MARKED})", _NO_MARK),
    ("decision_mark_insert", "INSERT", "decision",
     "NEW.original_text IS NULL AND " + _of_record("record.state = 'corrected'"), _NO_MARK),
    # The mark is the text that everybody had read until then, and stays.
    ("decision_mark", "UPDATE OF original_text", "decision",
     "(OLD.original_text IS NOT NULL AND (NEW.original_text IS NULL OR NEW.original_text <> OLD.original_text))"
     " OR (OLD.original_text IS NULL AND NEW.original_text IS NOT NULL AND "
     + _of_record("record.title <> NEW.original_text") + ")", _NO_MARK),
]  # fmt: skip

# A release replaces the rows that everybody reads when it has become the current one: those that it takes away belong to
# the release before it. A session or presentation that went to another meeting is taken out of what that one has shown.
_STILL_SHOWN = """EXISTS (SELECT 1 FROM release JOIN plan_session ON plan_session.id = OLD.session_id
  WHERE release.id = {release} AND release.is_current AND release.meeting_id = plan_session.meeting_id{more})"""
_RELEASE_OF_SLOT = "(SELECT release_id FROM published_session WHERE published_session.session_id = {row}.session_id)"
_SAME_MEETING = (
    " AND EXISTS (SELECT 1 FROM offer WHERE offer.id = OLD.offer_id AND offer.meeting_id = release.meeting_id)"
)
_IN_RELEASE = "what everybody sees changes with a release"
RELEASES: list[Rule] = [
    ("release_frozen", f"UPDATE OF {FROZEN}", "release", None, "a release does not change"),
    ("release_title", "UPDATE OF title", "record", "OLD.kind = 'release' AND NEW.title <> OLD.title",
     "a release does not change"),
    ("published_session_update", "UPDATE", "published_session", None, _IN_RELEASE),
    ("published_session_delete", "DELETE", "published_session",
     _STILL_SHOWN.format(release="OLD.release_id", more=""), _IN_RELEASE),
    ("published_session_insert", "INSERT", "published_session",
     "NOT EXISTS (SELECT 1 FROM release WHERE release.id = NEW.release_id AND release.is_current)", _IN_RELEASE),
    ("published_slot_update", "UPDATE", "published_slot", None, _IN_RELEASE),
    ("published_slot_delete", "DELETE", "published_slot",
     _STILL_SHOWN.format(release=_RELEASE_OF_SLOT.format(row="OLD"), more=_SAME_MEETING), _IN_RELEASE),
    ("published_slot_insert", "INSERT", "published_slot",
     f"NOT EXISTS (SELECT 1 FROM release WHERE release.id = {_RELEASE_OF_SLOT.format(row='NEW')}"
     " AND release.is_current)", _IN_RELEASE),
]  # fmt: skip


def _order_rules(table: str, first: str, last: str) -> list[Rule]:
    """Return what keeps the last cycle of a row from lying before its first."""
    condition = f"""EXISTS (SELECT 1 FROM cycle AS a JOIN cycle AS b ON b.until_on < a.until_on
      WHERE a.id = NEW.{first} AND b.id = NEW.{last})"""
    message = "the last cycle is not before the first"
    return [
        (f"{table}_cycles_insert", "INSERT", table, condition, message),
        (f"{table}_cycles_update", f"UPDATE OF {first}, {last}", table, condition, message),
    ]


def _ring_rule(name: str, table: str, column: str) -> Rule:
    """Return what keeps a row from standing above itself; a new one has nothing below it, and a CHECK sees to itself."""
    condition = f"""EXISTS (WITH RECURSIVE above(id) AS (SELECT NEW.{column}
      UNION SELECT {table}.{column} FROM {table} JOIN above ON above.id = {table}.id) SELECT 1 FROM above WHERE id = NEW.id)"""
    return (name, f"UPDATE OF {column}", table, condition, "nothing stands above itself")


ORDERS: list[Rule] = [
    ("cycle_overlap_insert", "INSERT", "cycle", OVERLAP, "cycles of one series overlap"),
    ("cycle_overlap_update", "UPDATE", "cycle", OVERLAP, "cycles of one series overlap"),
    *_order_rules("body", "first_cycle_id", "last_cycle_id"),
    *_order_rules("plan", "first_cycle_id", "last_cycle_id"),
    *_order_rules("plan_item_revision", "cycle_id", "last_cycle_id"),
    _ring_rule("body_ring", "body", "parent_id"),
    _ring_rule("annex_ring", "document", "annex_of_id"),
    _ring_rule("successor_ring", "document", "supersedes_id"),
]

_SAME_ENTRY = "a calendar entry keeps its UID, and its sequence never falls"
ENTRIES: list[Rule] = [
    ("calendar_entry_uid", "UPDATE OF uid", "calendar_entry", "NEW.uid <> OLD.uid", _SAME_ENTRY),
    ("calendar_entry_sequence", "UPDATE OF sequence", "calendar_entry", "NEW.sequence < OLD.sequence", _SAME_ENTRY),
]

# The tables that hold the part of a record which only its kind has.
RECORDS = (
    "record agenda_item body call contribution cycle decision document follow_up instrument meeting offer office output "
    "person plan plan_item plan_session plan_version reference_note release source stage stakeholder treaty_article"
).split()
KEPT: list[Rule] = [
    ("audit_no_update", "UPDATE", "audit_entry", None, "the history does not change"),
    ("audit_no_delete", "DELETE", "audit_entry", None, "the history does not change"),
    ("record_kind", "UPDATE OF id, kind", "record", "NEW.id <> OLD.id OR NEW.kind <> OLD.kind",
     "a record stays what it is"),
    *((f"{table}_no_delete", "DELETE", table, None, "records are cancelled, never deleted") for table in RECORDS),
]  # fmt: skip

RULES = [*VERSIONS, *FOLLOW_UPS, *OUTPUTS, *DECISIONS, *RELEASES, *ORDERS, *ENTRIES, *KEPT]


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, event, table, condition, message in RULES:
            when = f"WHEN {condition}" if condition else ""
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        return
    for name, event, table, condition, message in RULES:
        body = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"
        inner = f"IF {condition} THEN {body} END IF;" if condition else body
        result = "OLD" if event == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {inner} RETURN {result}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _, table, _, _ in RULES:
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
