"""Sessions that were merged into another, or split from one"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEDULED = ("tentative", "confirmed", "held", "cancelled", "postponed")
STATES = {
    "call": ("draft", "open", "closed", "cancelled"),
    "contribution": ("invited", "received", "published", "withdrawn"),
    "decision": ("recorded", "corrected"),
    "follow_up": ("open", "in_progress", "done", "dropped", "carried_over"),
    "meeting": SCHEDULED,
    "offer": (
        "draft", "submitted", "accepted", "confirmed", "placed", "delivered", "undelivered", "declined", "withdrawn",
    ),
    "output": ("outlined", "drafted", "circulated", "final", "acted_on"),
    "plan_session": SCHEDULED,
    "plan_version": (
        "draft", "circulated", "submitted", "takes_note", "welcomed", "endorsed", "adopted", "superseded", "withdrawn",
        "lapsed",
    ),
}  # fmt: skip
COLUMNS = {
    "plan_session": {"continued_in_id": "continued_elsewhere", "split_from_id": "split_from_another"},
    "published_session": {"continued_in_id": None, "split_from_id": None},
    "agenda_item": {"came_from_id": None},
    "slot": {"came_from_id": None},
}
"""Columns that name a session, with the name of the check that it is another one."""
INDEXED = ("plan_session", "published_session")


def upgrade() -> None:
    _allow(SCHEDULED, (*SCHEDULED, "merged"))
    for table, columns in COLUMNS.items():
        for column, check in columns.items():
            # In one statement: a copy of the table, which SQLite needs for a constraint of its own, would break the
            # rules of other tables that name it.
            said = f"CONSTRAINT fk_{table}_{column}_plan_session REFERENCES plan_session (id)"
            if check:
                said += f" CONSTRAINT ck_{table}_{check} CHECK ({column} <> id)"
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {said}")
            if table in INDEXED:
                op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    merged = sa.text("SELECT count(*) FROM record WHERE kind = 'plan_session' AND state = 'merged'")
    if op.get_bind().execute(merged).scalar():
        raise RuntimeError("There are merged sessions. Restore them first: the earlier version knows no such state.")
    for table, columns in reversed(COLUMNS.items()):
        for column in reversed(columns):
            if table in INDEXED:
                op.drop_index(op.f(f"ix_{table}_{column}"), table)
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    _allow((*SCHEDULED, "merged"), SCHEDULED)


def _allow(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Let sessions be in the new states instead of the old ones.

    On SQLite the text of the one check is exchanged in the schema, as https://sqlite.org/lang_altertable.html describes
    for changes that leave every stored row as it is: to copy the table of all records would lose the rules that hang on
    it.
    """
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_record_state_of_kind"), "record", type_="check")
        op.create_check_constraint(op.f("ck_record_state_of_kind"), "record", sa.text(_check(new)))
        return
    exchange = "UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = 'record'"
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.execute(sa.text(exchange), {"old": _part("plan_session", old), "new": _part("plan_session", new)})
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")


def _part(kind: str, states: tuple[str, ...]) -> str:
    names = ", ".join(f"'{state}'" for state in states)
    return f"(kind = '{kind}' AND state IN ({names}))"


def _check(sessions: tuple[str, ...]) -> str:
    parts = [_part(kind, sessions if kind == "plan_session" else states) for kind, states in STATES.items()]
    kinds = ", ".join(f"'{kind}'" for kind in STATES)
    return " OR ".join([*parts, f"(kind NOT IN ({kinds}) AND state IS NULL)"])
