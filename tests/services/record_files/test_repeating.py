"""What a second import does: nothing, or exactly what the files say, and never over what people wrote."""

import pytest
from sqlalchemy import func, select

from planner.core.db import db
from planner.models import (
    AttendanceCount,
    AuditEntry,
    Call,
    Citation,
    ConferenceAction,
    Decision,
    Document,
    Meeting,
    Offer,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    Record,
    Release,
    Slot,
    StatusPeriod,
)
from planner.services import changes
from planner.services.record_files.compare import snapshot
from tests.conftest import NOW
from tests.services.record_files.conftest import by


def one(model, ref: str):
    return db.session.scalars(select(model).where(model.ref == ref)).one()


def revisions() -> dict[str, int]:
    return {f"{row.kind} {row.ref}": row.rev for row in db.session.execute(select(Record.kind, Record.ref, Record.rev))}


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_the_second_run_changes_nothing(record_context, load, count_queries, the_app):
    before, audit, revs = snapshot(), entries(), revisions()
    with count_queries(the_app) as counted:
        report = load()
    assert report.changed is False
    assert (report.created, report.updated, report.kept, report.vanished, report.released) == ([], [], [], [], [])
    assert report.total == 672
    assert [text for text in counted.statements if not text.lstrip().upper().startswith("SELECT")] == []
    assert (snapshot(), entries(), revisions()) == (before, audit, revs)


def test_a_dry_run_tells_all_and_writes_nothing(context, load):
    report = load(dry_run=True)
    assert report.dry_run
    assert report.counts()["document"] == 59
    assert snapshot() == {}
    assert load().counts() == report.counts()


def test_a_changed_value_changes_its_record_alone(record_context, load, files):
    files.replace("documents.yaml", 'title: "WGTU draft agenda"', 'title: "WGTU draft agenda, revised"')
    before = revisions()
    report = load(files.directory)
    assert (report.updated, report.created, report.kept) == ([("document", "d-wgtu776")], [], [])
    changed = {key for key, rev in revisions().items() if before[key] != rev}
    assert changed == {"document d-wgtu776"}
    assert one(Document, "d-wgtu776").title == "WGTU draft agenda, revised"
    assert load(files.directory).changed is False


def test_a_changed_row_of_a_record_counts_as_its_change(record_context, load, files):
    files.edit(
        "documents.yaml", lambda data: by(data["documents"], "id", "d-wp9-rbc").update(submitted_by=["AT", "MX", "ES"])
    )
    report = load(files.directory)
    assert report.updated == [("document", "d-wp9-rbc")]
    assert load(files.directory).changed is False
    document = one(Document, "d-wp9-rbc")
    assert document.rev == document.imported_rev


def test_a_changed_session_is_released_again(record_context, load, files):
    files.replace("meetings.yaml", 'title: "Opening session"', 'title: "Opening"')
    report = load(files.directory)
    assert report.released == ["m-csp10"]
    meeting = one(Meeting, "m-csp10")
    numbers = db.session.scalars(
        select(Release.number).where(Release.meeting_id == meeting.id).order_by(Release.number)
    )
    assert list(numbers) == [1, 2]


def test_what_a_person_edited_is_kept_and_reported(record_context, load, files, actor):
    with changes.change(actor, at=NOW):
        one(Document, "d-wgtu776").title = "Edited by an officer"
        one(Document, "d-wgtu777").note = "An officer's note"
    files.replace("documents.yaml", 'title: "WGTU draft agenda"', 'title: "WGTU draft agenda, revised"')
    report = load(files.directory)
    assert report.kept == [("document", "d-wgtu776"), ("document", "d-wgtu777")]
    assert report.updated == []
    assert one(Document, "d-wgtu776").title == "Edited by an officer"
    report = load(files.directory, overwrite=True)
    assert report.updated == [("document", "d-wgtu776"), ("document", "d-wgtu777")]
    assert one(Document, "d-wgtu776").title == "WGTU draft agenda, revised"
    assert one(Document, "d-wgtu777").note is None
    assert load(files.directory).changed is False


def test_what_a_person_edited_in_the_rows_of_a_record_is_kept(record_context, load, files, actor):
    """Attendance, a place in the programme, a citation, a status, the text of a topic: none of them is a field."""
    revision = select(PlanItemRevision).where(PlanItemRevision.item_id == one(PlanItem, "t7-1").id)
    rows = {
        AttendanceCount.meeting_id: ("m-csp1", {"count": 7}),
        Citation.record_id: ("d-wgtu776", {"note": "p. 2"}),
        StatusPeriod.stakeholder_id: ("NO", {"act": "accession"}),
        PlanItemRevision.item_id: ("t7-1", {"text": "By an officer."}),
        Slot.session_id: ("s-csp4-div", {"minutes": 99}),
    }
    with changes.change(actor, at=NOW):
        for owner, (ref, values) in rows.items():
            found = select(owner.class_).where(owner.in_(select(Record.id).where(Record.ref == ref)))
            row = db.session.scalars(found).first()
            for name, value in values.items():
                setattr(row, name, value)
    report = load()
    assert report.kept == [
        ("document", "d-wgtu776"), ("meeting", "m-csp1"), ("plan_item", "t7-1"), ("plan_session", "s-csp4-div"),
        ("stakeholder", "NO"),
    ]  # fmt: skip
    assert (report.created, report.updated) == ([], [])
    assert db.session.scalars(revision).one().text == "By an officer."
    report = load(overwrite=True)
    assert report.kept == []
    assert db.session.scalars(revision).one().text != "By an officer."
    assert load().changed is False


def test_what_a_person_edited_of_what_was_entered_elsewhere_is_kept(record_context, load, files, actor):
    call = {
        "id": "call-1", "origin": "own", "title": "A call", "state": "open", "audience_parent": {"meeting": "m-csp12"},
        "meeting": "m-csp12", "opens_at": "2026-01-01T09:00:00+00:00", "closes_at": "2026-02-01T09:00:00+00:00",
    }  # fmt: skip
    edits = {"schema_version": 1, "meetings": [{"id": "m-csp12", "hosts": [{"stakeholder": "NO", "position": 0}]}]}
    files.write("additions.yaml", {"schema_version": 1, "calls": [call]})
    files.write("edits.yaml", edits)
    report = load(files.directory)
    assert (report.created, report.updated) == ([("call", "call-1")], [("meeting", "m-csp12")])
    with changes.change(actor, at=NOW):
        one(Call, "call-1").text = "By an officer"
    files.write("additions.yaml", {"schema_version": 1, "calls": [{**call, "title": "The call, renamed"}]})
    files.write("edits.yaml", {**edits, "meetings": [{"id": "m-csp12", "venue": "Elsewhere", "hosts": []}]})
    report = load(files.directory)
    assert (report.kept, report.updated) == ([("call", "call-1")], [("meeting", "m-csp12")])
    assert (one(Call, "call-1").title, one(Call, "call-1").text) == ("A call", "By an officer")
    # What the files do not say is not there: overwriting means that too.
    assert load(files.directory, overwrite=True).updated == [("call", "call-1")]
    assert (one(Call, "call-1").title, one(Call, "call-1").text) == ("The call, renamed", None)


def test_a_draft_of_an_officer_is_not_released_by_an_import(record_context, load, files, actor):
    with changes.change(actor, at=NOW):
        one(PlanSession, "s-csp10-att10").title = "A draft that nobody may see yet"
    files.replace("meetings.yaml", 'title: "Opening session"', 'title: "Opening"')
    report = load(files.directory)
    assert report.updated == [("plan_session", "s-csp10-open")]
    assert report.released == []


def test_a_presentation_that_was_moved_stays_where_it_is(record_context, load, actor):
    offer, target = one(Offer, "s-csp4-div/p1"), one(PlanSession, "s-csp4-wgtr")
    with changes.change(actor, at=NOW):
        slot = db.session.scalars(select(Slot).where(Slot.offer_id == offer.id)).one()
        slot.session_id, slot.position = target.id, 9
    report = load()
    assert report.kept == [("offer", "s-csp4-div/p1")]
    assert db.session.scalars(select(Slot.session_id).where(Slot.offer_id == offer.id)).one() == target.id


def test_what_the_conference_acted_on_stays_and_is_reported(record_context, load, files):
    def change(data: dict) -> None:
        version = by(by(data["plans"], "id", "plan-art11")["versions"], "version", 1)
        version.update(date="2019-09-01", status="welcomed", by="CSP6", note="Read again.")

    files.edit("plan.yaml", change)
    files.edit("documents.yaml", lambda data: by(data["documents"], "id", "d-wp9-rbc").update(pages=9))
    before = one(PlanVersion, "plan-art11/v1")
    text = (before.state, before.on_text, before.acted_by_cycle_id)
    acts = select(ConferenceAction.verb, ConferenceAction.cycle_id).where(ConferenceAction.record_id == before.id)
    held = db.session.execute(acts).all()
    report = load(files.directory)
    after = one(PlanVersion, "plan-art11/v1")
    assert (after.state, after.on_text, after.acted_by_cycle_id, after.note) == (*text, "Read again.")
    assert db.session.execute(acts).all() == held
    assert (report.faults, report.kept) == ([], [("plan_version", "plan-art11/v1")])
    assert report.updated == [("document", "d-wp9-rbc"), ("plan_version", "plan-art11/v1")]
    again = load(files.directory)
    assert (again.changed, again.kept) == (False, [("plan_version", "plan-art11/v1")])


def test_the_text_of_a_decision_changes_with_its_mark_alone(record_context, load, files):
    decision = db.session.scalars(select(Decision).order_by(Decision.id)).first()
    meeting = db.session.get_one(Meeting, decision.meeting_id)
    text = decision.title

    def retype(data: dict, **mark: str) -> None:
        outcome = by(data["meetings"], "id", meeting.ref)["outcome"]
        entry = outcome[decision.position]
        entry = entry if isinstance(entry, dict) else {"text": entry}
        outcome[decision.position] = {**entry, "text": "As it was said", **mark}

    files.edit("meetings.yaml", retype)
    assert load(files.directory).kept == [("decision", decision.ref)]
    assert one(Decision, decision.ref).title == text
    mark = {"original_text": text, "correction_reason": "Typed wrongly", "state": "corrected"}
    files.edit("meetings.yaml", lambda data: retype(data, **mark))
    report = load(files.directory)
    assert (report.faults, report.kept, report.updated) == ([], [], [("decision", decision.ref)])
    marked = one(Decision, decision.ref)
    assert (marked.title, marked.original_text, marked.state) == ("As it was said", text, "corrected")
    assert load(files.directory).changed is False


def test_what_vanished_is_reported_and_never_deleted(record_context, load, files):
    files.edit("instruments.yaml", lambda data: data["instruments"].remove(by(data["instruments"], "id", "nadi")))
    report = load(files.directory)
    assert report.vanished == [("instrument", "nadi")]
    assert report.changed is False
    assert one(Record, "nadi").state is None


def test_agenda_items_may_be_added_and_change_places(record_context, load, files):
    def change(data: dict) -> None:
        meeting = by(data["meetings"], "id", "m-csp10-wg")
        agenda = by(meeting["sessions"], "id", "s-csp10-ceii")["agenda_items"]
        for number, item in enumerate(agenda, 1):
            item["id"] = f"s-csp10-ceii/{number}"
        agenda.reverse()
        agenda.append({"number": "4", "title": "Closing"})

    files.edit("meetings.yaml", change)
    report = load(files.directory)
    assert report.created == [("agenda_item", "s-csp10-ceii/4")]
    assert report.updated == [("agenda_item", "s-csp10-ceii/1"), ("agenda_item", "s-csp10-ceii/3")]
    assert load(files.directory).changed is False


def test_progress_counts_up_to_the_end(context, load):
    seen = []
    load(progress=lambda done, total, label: seen.append((done, total, label)))
    totals = {total for _, total, _ in seen}
    assert len(totals) == 1
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1][0] == totals.pop()
    assert {label for _, _, label in seen} == {
        "bodies.yaml", "documents.yaml", "instruments.yaml", "meetings.yaml", "parties.yaml", "plan.yaml",
    }  # fmt: skip


def test_every_change_of_an_import_has_its_entry(record_context, load, files):
    files.replace("documents.yaml", 'title: "WGTU draft agenda"', 'title: "WGTU draft agenda, revised"')
    before = entries()
    load(files.directory)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert entries() == before + 1
    assert (entry.action, entry.subject, entry.changes) == (
        "import", "document", {"title": ["WGTU draft agenda", "WGTU draft agenda, revised"]},
    )  # fmt: skip


def test_nothing_is_written_when_the_database_refuses(context, load, monkeypatch):
    from planner.services.record_files import loading

    def broken(*_args) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(loading.meetings, "load_decisions", broken)
    with pytest.raises(RuntimeError, match="planted"):
        load()
    assert snapshot() == {}


def test_a_renamed_key_that_meets_the_old_record_is_a_fault_in_words(record_context, load, files):
    before = snapshot()
    files.replace("bodies.yaml", "slug: wgtu", "slug: universalization")
    report = load(files.directory)
    (fault,) = report.faults
    assert str(fault).partition(" The database says:")[0] == (
        "The files cannot stand beside what the database holds, "
        "as when a key was changed but not a name that may be used once."
    )
    assert (report.created, report.updated) == ([], [])
    assert snapshot() == before
