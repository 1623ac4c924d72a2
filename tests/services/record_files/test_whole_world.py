"""Everything that people can enter comes back: whole databases, every table and column."""

from datetime import timedelta

from sqlalchemy import inspect, select

from planner.core.db import Base, db
from planner.models import Origin, Record
from planner.services import releases
from planner.services.editing.specs import SPECS
from planner.services.record_files import export_record
from planner.services.record_files.compare import Snapshot, snapshot
from planner.services.record_files.left_behind import COUNTED, DERIVED, STAMPS, TABLES
from tests.conftest import NOW
from tests.services.record_files.officers import (
    ADMIN,
    Officers,
    current,
    enter_everything,
    enter_parties,
    enter_plan,
    working_copy,
)


def assert_equal(there: Snapshot, here: Snapshot) -> None:
    assert there.keys() == here.keys()
    for table, rows in here.items():
        assert there[table] == rows, table


def test_all_that_officers_entered_comes_back_equal(full_context, elsewhere, tmp_path):
    entered = enter_everything()
    report = export_record(tmp_path / "all", origins=tuple(Origin))
    here = snapshot()
    assert report.left_out == {}
    assert entered.made.keys() >= {kind for kind, spec in SPECS.items() if spec.creatable}
    # A table without a row, or a column without a value, would prove nothing.
    assert here.keys() == Base.metadata.tables.keys() - TABLES.keys()
    assert unused_columns() == set()
    there = elsewhere(tmp_path / "all")
    assert_equal(there, here)
    assert "Seen by nobody" in str(there["plan_session"]) + str(there["record"])
    assert "Seen by nobody" not in str(there["published_session"])


def unused_columns() -> set[str]:
    """Return the columns in which no row of the database has a value."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.c
        if table.name not in TABLES and db.session.scalar(select(column).where(column.is_not(None)).limit(1)) is None
    }


def test_a_later_export_brings_the_same_database_on(record_context, elsewhere, tmp_path):
    """Another version is circulated and shown, another release is current, a presentation comes off the programme."""
    with_accounts = (Origin.RECORD, Origin.OWN)
    o = Officers()
    enter_parties(o, with_accounts=False)
    enter_plan(o)
    o.create(
        "meeting", body_id=o.made["body"].id, joint_bodies=[], held_during_id=None, country="KE", audience_own=None
    )
    o.create("plan_session", on_text="2027-02-02", start="09:30", end="11:00", joint_bodies=[], audience_own=None)
    offer = o.create("offer", call_id=None, co_presenters=[], stakeholder_class="industry", audience_own=None)
    for verb in ("submit", "accept", "confirm"):
        o.move(offer, verb)
    o.move(offer, "place", session_id=o.made["plan_session"].id, agenda_item_id=None, position=4, minutes=12)
    releases.publish_release(o.made["meeting"].id, name="First", actor=ADMIN, at=NOW)
    export_record(tmp_path / "one", origins=with_accounts)
    o.move(working_copy(o.made["plan"]), "circulate", deadline="2027-01-15T18:00")
    o.edit(o.made["plan_session"], title="Another title", start="10:00")
    o.move(offer, "unplace")
    releases.publish_release(o.made["meeting"].id, name="Second", actor=ADMIN, at=NOW + timedelta(days=1))
    export_record(tmp_path / "two", origins=with_accounts)
    assert_equal(elsewhere(tmp_path / "one", tmp_path / "two"), snapshot())


def test_a_later_export_brings_what_was_withdrawn_and_taken_back(record_context, elsewhere, tmp_path):
    """An output is final again, and withdrawn; a theme leaves the plan with the version that is without it.

    The act on the version is taken back before: a file alone changes nothing on which the Conference acted elsewhere.
    """
    with_accounts = (Origin.RECORD, Origin.OWN)
    o = Officers()
    enter_parties(o, with_accounts=False)
    cycles = {"first_cycle_id": o.made["cycle"].id, "last_cycle_id": o.made["cycle"].id}
    plan = o.create("plan", audience_own=None, **cycles)
    theme, other = (
        o.create("plan_item", item_kind="theme", parent_id=None, audience_own=None, lineage=[], **cycles)
        for _ in range(2)
    )
    version = working_copy(plan)
    o.move(version, "circulate", deadline="2027-01-15T18:00")
    o.move(version, "submit")
    o.move(version, "adopt", cycle_id=o.made["cycle"].id, paragraph="12", on_text="2027-08")
    output = o.create("output", audience_own=None, session_id=None, actions=[])
    for verb in ("draft", "finalise"):
        o.move(output, verb)
    o.move(output, "act_on", verb="adopts", cycle_id=o.made["cycle"].id, paragraph="3", on_text="2027-08-20")
    o.move(version, "take_back", reason="It was but submitted.")
    drafted = o.create("plan_item", item_kind="theme", parent_id=None, audience_own=None, lineage=[], **cycles)
    export_record(tmp_path / "one", origins=with_accounts)
    o.move(output, "take_back", reason="It was but submitted.")
    o.move(output, "withdraw", reason="Another one was meant.")
    o.move(theme, "withdraw", reason="Not wanted.")
    o.move(drafted, "withdraw", reason="Nobody saw it.")
    o.move(working_copy(plan), "circulate", deadline="2027-02-15T18:00")
    export_record(tmp_path / "two", origins=with_accounts)
    told = {
        record.id: (record.state, record.is_withdrawn)
        for record in map(current, (version, output, theme, other, drafted))
    }
    assert told == {
        version.id: ("submitted", False),
        output.id: ("final", True),
        theme.id: (None, True),
        other.id: (None, False),
        drafted.id: (None, True),
    }
    assert_equal(elsewhere(tmp_path / "one", tmp_path / "two"), snapshot())


def test_what_stays_behind_is_there_to_stay_behind():
    assert TABLES.keys() - {"alembic_version"} <= Base.metadata.tables.keys()
    columns = {str(column) for table in Base.metadata.tables.values() for column in table.c}
    assert columns >= {*COUNTED, *(f"{table}.{name}" for table, names in DERIVED.items() for name in names)}
    assert STAMPS.keys() <= {column.key for column in inspect(Record).local_table.c}
    assert all(len(reason) > 20 for reason in (*TABLES.values(), *STAMPS.values(), *COUNTED.values()))
