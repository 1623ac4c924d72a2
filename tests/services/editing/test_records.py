"""What may be written, by whom, and what happens when two write at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from planner.access.viewer import Viewer, public
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from planner.models import (
    AuditEntry,
    ConferenceAction,
    Cycle,
    FollowUp,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    Record,
    Stakeholder,
    VersionKind,
)
from planner.services import audit_chain, editing
from planner.services.editing import EditConflict
from tests.conftest import NOW
from tests.services.consultations.shared import answer_all
from tests.services.editing.shared import a_document, changes_of, first, group, invalid, new_session, viewer


def test_a_new_record_in_the_illustration_is_illustration(full_context):
    document = a_document()
    assert (document.origin, document.audience_parent_id, document.home_body_id) == (
        "illustration",
        group().id,
        group().id,
    )


def test_a_change_is_audited_with_old_and_new(full_context):
    document = a_document(pages="3")
    editing.edit_record(
        viewer("secretariat"), document.id, rev=document.rev, at=NOW, values={"pages": "4"}, reason=" miscounted "
    )
    assert changes_of(document)[-1] == {"pages": [3, 4]}
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.reason, entry.action, entry.actor_name) == ("miscounted", "edit", viewer("secretariat").name)
    assert audit_chain.broken_audit_entry() is None


def test_what_did_not_change_writes_nothing(full_context):
    document = a_document(pages="3")
    before = (document.rev, len(changes_of(document)))
    editing.edit_record(viewer("secretariat"), document.id, rev=document.rev, at=NOW, values={"pages": " 3 "})
    db.session.refresh(document)
    assert (document.rev, len(changes_of(document))) == before


def test_the_second_of_two_editors_is_shown_both_and_loses_nothing(full_context):
    actor = viewer("secretariat")
    document = a_document(pages="3", note="first")
    seen = editing.get_editable(actor, document.id)
    base = editing.digests(seen.values)
    editing.edit_record(actor, document.id, rev=seen.rev, at=NOW, values={"title": "Theirs", "pages": "9"}, base=base)
    mine = {**seen.values, "title": "Mine", "note": "mine too"}
    with pytest.raises(EditConflict) as caught:
        editing.edit_record(actor, document.id, rev=seen.rev, at=NOW, values=mine, base=base)
    conflict = caught.value
    assert (conflict.theirs, conflict.yours) == ({"title": "Theirs"}, {"title": "Mine"})
    assert (conflict.merged, conflict.mine) == ({"pages": 9}, {"note": "mine too"})
    db.session.expire_all()
    assert editing.get_editable(actor, document.id).values["title"] == "Theirs"
    editing.edit_record(
        actor, document.id, rev=conflict.rev, at=NOW, values={"title": "Mine", "note": "mine too"}, base=base
    )
    after = editing.get_editable(actor, document.id).values
    assert (after["title"], after["pages"], after["note"]) == ("Mine", 9, "mine too")


def test_links_alone_count_the_revision_up(full_context):
    actor = viewer("secretariat")
    document = a_document()
    state = first(Stakeholder)
    rev = document.rev
    editing.edit_record(actor, document.id, rev=rev, at=NOW, values={"submitters": [f"x (#{state.id})"]})
    with pytest.raises(Conflict):
        editing.edit_record(actor, document.id, rev=rev, at=NOW, values={"submitters": []})


def test_only_the_officer_of_the_kind_may(full_context):
    document = a_document()
    outcome = {}
    for name in ("chair", "delegate", "observer", "ngo"):
        try:
            editing.edit_record(viewer(name), document.id, rev=document.rev, at=NOW, values={"title": "x"})
        except (NotAllowed, NotVisible) as error:
            outcome[name] = type(error)
    assert outcome == dict.fromkeys(("chair", "delegate", "observer", "ngo"), NotAllowed)
    with pytest.raises(NotAllowed):
        editing.create_record(public(NOW.date()), "document", at=NOW, values={"title": "x"})


def test_what_may_not_be_seen_is_not_there(full_context):
    plan_session = editing.create_record(
        viewer("chair"), "plan_session", at=NOW, values={**new_session(), "title": "Unreleased"}
    )
    assert plan_session.published is False
    for name in ("delegate", "ngo"):
        with pytest.raises(NotVisible):
            editing.edit_record(viewer(name), plan_session.id, rev=1, at=NOW, values={"title": "x"})


def test_hours_become_instants_of_the_venue(full_context):
    values = {**new_session(), "on_text": "2027-07-01", "start": "10:00", "end": "13:00"}
    made = editing.create_record(viewer("chair"), "plan_session", at=NOW, values=values)
    assert (made.starts_at.isoformat(), made.ends_at.isoformat()) == (
        "2027-07-01T08:00:00+00:00",
        "2027-07-01T11:00:00+00:00",
    )
    assert editing.get_editable(viewer("chair"), made.id).values["start"] == "10:00"


BAD_SESSIONS = [
    ({"on_text": "2027-03-28", "start": "02:30", "end": "04:00"}, "start"),
    ({"on_text": "2027-10-31", "start": "02:30", "end": "04:00"}, "start"),
    ({"on_text": "2027-07-01", "start": "10:00", "end": "10:00"}, "end"),
    ({"on_text": "2027-07-01", "start": "10:00"}, "end"),
    ({"on_text": "2027-07", "start": "10:00", "end": "11:00"}, "on_text"),
    ({"on_text": "2027-02-30"}, "on_text"),
    ({"zone": "Europe/Nowhere"}, "zone"),
    ({"duration_minutes": "0"}, "duration_minutes"),
    ({"title": "   "}, "title"),
    ({"title": "x" * 1001}, "title"),
    ({"title": "a\x00b"}, "title"),
    ({"title": "a\ud800b"}, "title"),
    ({"title": "a\nb"}, "title"),
    ({"title": ["x"]}, "title"),
    ({"text": "x" * 100_001}, "text"),
    ({"items": ["999999999"]}, "items.0"),
    ({"items": "1"}, "items"),
    ({"mode": "by magic"}, "mode"),
    ({"meeting_id": "1' OR 1=1"}, "meeting_id"),
    ({"meeting_id": True}, "meeting_id"),
    ({"position": "1e3"}, "position"),
    ({"state": "held"}, "state"),
    ({"audience_own": ["nobody"]}, "audience_own"),
]


def test_bad_input_is_refused_beside_its_field(full_context):
    for given_values, fault in BAD_SESSIONS:
        faults = list(invalid("plan_session", {**new_session(), **given_values}, "chair"))
        assert (given_values, faults) == (given_values, [fault])


BAD_DOCUMENTS = [
    ({"symbol": "ATT/CSP9/2023/SEC"}, "symbol"),
    ({"doc_kind": ""}, "doc_kind"),
    ({"annex_label": "A"}, "annex_of_id"),
    ({"languages": [{"language": "en"}, {"language": "en"}]}, "languages.1.language"),
    ({"languages": [{"url": "https://x.example/"}]}, "languages.0.language"),
    ({"languages": [{"language": "en", "url": "javascript:alert(1)"}]}, "languages.0.url"),
    ({"pages": "many"}, "pages"),
    ({"on_text": "31/12/2026"}, "on_text"),
]


def test_a_bad_document_is_refused(full_context):
    for given_values, fault in BAD_DOCUMENTS:
        values = {"title": "A paper", "doc_kind": "proposal", "body_id": group().id, **given_values}
        assert (given_values, list(invalid("document", values, "secretariat"))) == (given_values, [fault])


def test_no_text_is_longer_than_its_column(full_context):
    from planner.services.editing.kinds import Choice, Shaped, Text

    wrong = []
    for kind, spec in editing.SPECS.items():
        for field in spec.fields:
            model = PlanItemRevision if field.on == "revision" else spec.model
            column = getattr(model, field.name, None) if isinstance(field.kind, Text | Shaped) else None
            length = getattr(column.type, "length", None) if column is not None else None
            if length is not None and not isinstance(field.kind, Choice) and field.kind.most > length:
                wrong.append((kind, field.name, field.kind.most, length))
    assert wrong == []


def test_a_symbol_is_there_once(full_context):
    a_document(symbol="ATT/CSP13/2027/SEC/901/Conf.Rep")
    faults = invalid("document", {"title": "B", "doc_kind": "proposal", "body_id": group().id,
                                  "symbol": "ATT/CSP13/2027/SEC/901/Conf.Rep"}, "secretariat")  # fmt: skip
    assert faults == {"symbol": "Another document has this symbol."}


def test_a_symbol_of_another_form_is_said_to_be_one(full_context):
    document = a_document(symbol="A/CONF.217/2013/L.3", symbol_is_other=True)
    assert (document.symbol, document.serial) == ("A/CONF.217/2013/L.3", None)


def test_cycles_do_not_overlap(full_context):
    cycle = first(Cycle) or db.session.scalars(select(Cycle).order_by(Cycle.id)).first()
    values = {"title": "x", "code": "CSPX", "series": cycle.series, "number": "99", "until_on": str(cycle.until_on)}
    assert list(invalid("cycle", values)) == ["from_on"]


def test_an_audience_is_never_wider(full_context):
    closed = editing.create_record(
        viewer("chair"), "plan_session", at=NOW, values={**new_session(), "audience_own": ["states_parties"]}
    )
    values = {"title": "x", "session_id": closed.id, "audience_own": ["public"]}
    assert list(invalid("agenda_item", values, "chair")) == ["audience_own"]


def test_what_belongs_to_no_body_does_not_vanish(full_context):
    actor = viewer("secretariat")
    state = first(Stakeholder)
    editing.edit_record(actor, state.id, rev=state.rev, at=NOW, values={"audience_own": [], "note": "x"})
    assert editing.get_editable(actor, state.id).values["audience_own"] == ["public"]
    db.session.refresh(state)
    with pytest.raises(Invalid) as caught:
        editing.edit_record(actor, state.id, rev=state.rev, at=NOW, values={"audience_own": ["officers"]})
    assert list(caught.value.fields) == ["audience_own"]


def test_a_due_date_follows_from_the_session(full_context):
    made = editing.create_record(
        viewer("chair"), "plan_session", at=NOW, values={**new_session(), "on_text": "2027-07-01"}
    )
    follow_up = editing.create_record(
        viewer("chair"),
        "follow_up",
        at=NOW,
        values={"title": "Report", "comes_from_id": made.id, "owner_email": "A@b.org", "due_session_id": made.id,
                "due_offset_days": "-28"},
    )  # fmt: skip
    assert (str(follow_up.due_on), follow_up.owner_email) == ("2027-06-03", "a@b.org")


def test_a_follow_up_is_closed_with_evidence(full_context):
    follow_up = first(FollowUp, state="open")
    rev = follow_up.rev
    with pytest.raises(Invalid) as caught:
        editing.move_record(viewer("chair"), follow_up.id, "close", rev=rev, at=NOW, given={"evidence": " "})
    assert list(caught.value.fields) == ["evidence"]
    done = editing.move_record(
        viewer("chair"), follow_up.id, "close", rev=rev, at=NOW, given={"evidence": "The report is there."}
    )
    assert (done.state, done.evidence, done.closed_on) == ("done", "The report is there.", NOW.date())
    with pytest.raises(Conflict):
        editing.move_record(viewer("chair"), follow_up.id, "close", rev=done.rev, at=NOW, given={"evidence": "x"})
    with pytest.raises(NotVisible):
        editing.move_record(viewer("chair"), follow_up.id, "explode", rev=done.rev, at=NOW, given={})


def test_an_item_is_edited_in_the_working_copy_and_shown_when_it_is_circulated(full_context):
    chair = viewer("chair")
    plan = first(Plan)
    copy = db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.version_kind == "working_copy")
    ).one()
    item = db.session.scalars(
        select(PlanItem)
        .join(PlanItemRevision, PlanItemRevision.item_id == PlanItem.id)
        .where(PlanItem.plan_id == plan.id, PlanItemRevision.is_shown)
        .order_by(PlanItem.id)
    ).first()
    old = item.public_title or item.title
    editing.edit_record(chair, item.id, rev=item.rev, at=NOW, values={"title": "A new name for it"})
    db.session.refresh(item)
    assert (item.title, item.public_title) == ("A new name for it", old)
    with pytest.raises(Invalid):
        editing.move_record(chair, copy.id, "circulate", rev=copy.rev, at=NOW, given={})
    version = editing.move_record(
        chair, copy.id, "circulate", rev=copy.rev, at=NOW, given={"deadline": "2027-01-15 18:00"}
    )
    db.session.expire_all()
    shown = select(PlanItemRevision).where(PlanItemRevision.item_id == item.id, PlanItemRevision.is_shown)
    assert db.session.scalars(shown).one().title == "A new name for it"
    assert (version.version_kind, version.state, version.published) == (VersionKind.NUMBERED, "circulated", True)
    assert version.comments_until.isoformat() == "2027-01-15T18:00:00+00:00"
    assert audit_chain.broken_audit_entry() is None


def test_what_the_conference_did_is_kept_in_its_own_verb(full_context):
    chair = viewer("chair")
    answer_all(at=NOW)
    version = db.session.scalars(
        select(PlanVersion).where(PlanVersion.origin == "illustration", PlanVersion.state == "circulated")
    ).first()
    cycle = db.session.scalars(select(Cycle).order_by(Cycle.number.desc())).first()
    submitted = editing.move_record(chair, version.id, "submit", rev=version.rev, at=NOW, given={})
    welcomed = editing.move_record(
        chair, version.id, "welcome", rev=submitted.rev, at=NOW, given={"cycle_id": cycle.id, "paragraph": "22"}
    )
    actions = db.session.scalars(select(ConferenceAction).where(ConferenceAction.record_id == version.id)).all()
    assert [(a.verb, a.cycle_id, a.paragraph, a.origin) for a in actions] == [
        ("welcomes", cycle.id, "22", "illustration")
    ]
    assert welcomed.state == "welcomed"
    with pytest.raises(Conflict):
        editing.edit_record(chair, version.id, rev=welcomed.rev, at=NOW, values={"title": "x"})
    seen = editing.get_editable(chair, version.id)
    assert (seen.is_closed, [field.name for field in seen.spec.fields]) == (
        True,
        ["actions", "documents", "note", "citations"],
    )
    (act,) = seen.values["actions"]
    corrected = {"actions": [{**act, "paragraph": "23"}], "note": "Paragraph read again."}
    editing.edit_record(chair, version.id, rev=seen.rev, at=NOW, values=corrected)
    after = editing.get_editable(chair, version.id).values
    assert (after["actions"], after["note"]) == (corrected["actions"], corrected["note"])


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=60)
def test_any_text_is_kept_as_typed_or_refused(full_app, text):
    with full_app.app_context():
        actor = viewer("secretariat")
        document = db.session.scalars(select(Record).where(Record.kind == "document")).first()
        editable = editing.get_editable(actor, document.id)
        faults = _try(actor, editable, text)
        wanted = text.replace("\r\n", "\n").replace("\r", "\n").strip() or None
        kept = editing.get_editable(actor, document.id).values["note"]
        assert (kept, faults) == ((wanted, []) if not faults else (editable.values["note"], ["note"]))


def _try(actor: Viewer, editable: editing.Editable, text: str) -> list[str]:
    try:
        editing.edit_record(actor, editable.record.id, rev=editable.rev, at=NOW, values={"note": text})
    except Invalid as error:
        return list(error.fields)
    return []
