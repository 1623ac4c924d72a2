"""Answers, the deadline, the close, and what a taken wording does to the working copy."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, Stale
from planner.models import AuditEntry, Comment, Disposition, PlanItemRevision, PlanVersion, VersionKind
from planner.services import consultations, editing

from .shared import NOW, answer_all, comment, item, submit, version, viewer, wording

LATER = NOW + timedelta(hours=2)


def dispose(who: str, comment_id: int, disposition: str, reason: str | None = None) -> None:
    consultations.dispose(viewer(who), comment_id, disposition, reason, rev=comment(comment_id).rev, at=LATER)


def draft_of(key: str) -> PlanItemRevision:
    return db.session.scalars(
        select(PlanItemRevision)
        .join(PlanVersion, PlanVersion.id == PlanItemRevision.version_id)
        .where(PlanItemRevision.item_id == item(key).id, PlanVersion.version_kind == VersionKind.WORKING_COPY)
    ).one()


def test_a_comment_is_answered_with_the_reason(full_context):
    made = submit("delegate")
    for disposition in ("taken_in_part", "not_taken"):
        with pytest.raises(Invalid, match="Say why"):
            dispose("chair", made, disposition, "  ")
    with pytest.raises(Invalid, match="Say what becomes"):
        dispose("chair", made, "", "Because")
    with pytest.raises(NotAllowed):
        dispose("delegate", made, "taken")
    dispose("chair", made, "not_taken", "It is in the annex.")
    held = comment(made)
    assert (held.disposition, held.disposition_reason) == (Disposition.NOT_TAKEN, "It is in the annex.")
    assert (held.disposed_at, held.disposed_by) == (LATER, "Chair of the Working Group (illustration)")
    with pytest.raises(Stale):
        consultations.dispose(viewer("chair"), made, "taken", None, rev=1, at=LATER)
    with pytest.raises(Conflict, match="has been answered"):
        consultations.edit_comment(viewer("delegate"), made, wording(), rev=held.rev, at=LATER)
    consultations.take_back_disposition(viewer("chair"), made, rev=comment(made).rev, at=LATER)
    assert comment(made).disposition is None


def test_a_round_closes_when_every_comment_has_an_answer(full_context):
    chair = viewer("chair")
    waiting = db.session.scalars(select(Comment).where(Comment.disposition.is_(None))).all()
    assert len(waiting) == 3
    with pytest.raises(Conflict, match="3 comments have no answer yet"):
        consultations.close_round(chair, version().id, at=LATER)
    withdrawn = submit("delegate")
    consultations.withdraw_comment(viewer("delegate"), withdrawn, at=NOW)
    answer_all()
    consultations.close_round(chair, version().id, at=LATER)
    found = consultations.get_round(chair, version().id, at=LATER)
    assert (found.is_closed, found.held.closed_at, found.held.closed_by) == (True, LATER, chair.name)
    with pytest.raises(Conflict, match="closed already"):
        consultations.close_round(chair, version().id, at=LATER)
    with pytest.raises(Conflict, match="Nothing in it changes"):
        dispose("chair", waiting[0].id, "taken")
    with pytest.raises(Conflict, match="Nothing in it changes"):
        editing.move_record(
            chair, withdrawn, "restore", rev=comment(withdrawn).rev, at=LATER, given={"reason": "Wanted again"}
        )
    with pytest.raises(NotAllowed):
        consultations.close_round(viewer("delegate"), version().id, at=LATER)


def test_a_version_goes_to_the_conference_with_every_comment_answered(full_context):
    chair = viewer("chair")
    with pytest.raises(Conflict, match="3 comments have no answer yet"):
        editing.move_record(chair, version().id, "submit", rev=version().rev, at=LATER, given={})
    assert version().state == "circulated"
    answer_all()
    editing.move_record(chair, version().id, "submit", rev=version().rev, at=LATER, given={})
    assert (version().state, consultations.get_round(chair, version().id, at=LATER).is_closed) == ("submitted", True)


def test_a_later_deadline_makes_what_came_in_between_be_in_time(full_context):
    until = version().comments_until
    assert until is not None
    late = submit("delegate", at=until + timedelta(hours=1))
    assert comment(late).is_late
    for local in ("", until.strftime("%Y-%m-%dT%H:%M"), "tomorrow"):
        with pytest.raises(Invalid):
            consultations.extend_round(
                viewer("chair"), version().id, until_local=local, reason="Asked for", at=until + timedelta(hours=2)
            )
    with pytest.raises(Invalid, match="Give a reason"):
        consultations.extend_round(viewer("chair"), version().id, until_local="2027-02-01T18:00", reason="", at=NOW)
    consultations.extend_round(
        viewer("chair"), version().id, until_local="2027-02-01T18:00", reason="Two States asked for it", at=LATER
    )
    assert version().comments_until.isoformat() == "2027-02-01T18:00:00+00:00"
    assert not comment(late).is_late
    latest = select(AuditEntry).where(AuditEntry.record_id == version().id).order_by(AuditEntry.id.desc())
    assert db.session.scalars(latest).first().reason == "Two States asked for it"


def test_editing_the_deadline_settles_what_is_late_too(full_context):
    until = version().comments_until
    made = submit("delegate", at=until)
    earlier = (until - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    editing.edit_record(
        viewer("chair"), version().id, rev=version().rev, at=NOW, values={"comments_until_local": earlier}
    )
    assert comment(made).is_late
    with pytest.raises(Invalid, match="has a deadline"):
        editing.edit_record(
            viewer("chair"), version().id, rev=version().rev, at=NOW, values={"comments_until_local": ""}
        )


def test_a_taken_wording_is_written_into_the_working_copy(full_context):
    made = submit("delegate", wording(title="Losses from depots", text="Seen within days."), on="depots")
    with pytest.raises(Conflict, match="Answer the comment first"):
        consultations.apply_comment(viewer("chair"), made, at=LATER)
    dispose("chair", made, "taken")
    consultations.apply_comment(viewer("chair"), made, at=LATER)
    draft = draft_of("depots")
    assert (draft.title, draft.text) == ("Losses from depots", "Seen within days.")
    assert comment(made).applied_at == LATER
    assert item("depots").title == "Losses from depots"
    assert item("depots").public_title == "Losses from depots: seen soon"
    with pytest.raises(Conflict, match="already"):
        consultations.apply_comment(viewer("chair"), made, at=LATER)
    with pytest.raises(Conflict, match="at least in part"):
        dispose("chair", made, "not_taken", "No")


def test_what_changed_since_is_shown_before_it_is_overwritten(full_context):
    made = submit("delegate", wording(title="Losses from depots"), on="depots")
    dispose("chair", made, "taken_in_part", "The title only.")
    editing.edit_record(
        viewer("chair"), item("depots").id, rev=item("depots").rev, at=LATER, values={"title": "Lost from depots"}
    )
    with pytest.raises(Stale, match="changed since"):
        consultations.apply_comment(viewer("chair"), made, at=LATER)
    shown = consultations.get_application(viewer("chair"), made)
    assert shown.has_changed
    assert (shown.commented.title, shown.present.title, shown.proposed.title) == (
        "Losses from depots: seen soon", "Lost from depots", "Losses from depots",
    )  # fmt: skip
    editing.edit_record(
        viewer("chair"), item("depots").id, rev=item("depots").rev, at=LATER, values={"title": "Stolen from depots"}
    )
    with pytest.raises(Stale, match="meanwhile"):
        consultations.apply_comment(viewer("chair"), made, at=LATER, base=shown.base)
    assert (draft_of("depots").title, comment(made).applied_at) == ("Stolen from depots", None)
    again = consultations.get_application(viewer("chair"), made)
    consultations.apply_comment(viewer("chair"), made, at=LATER, base=again.base)
    assert draft_of("depots").title == "Losses from depots"


def test_nothing_is_written_into_an_item_that_was_taken_out(full_context):
    made = submit("delegate", wording(title="What is told back"), on="q-answer")
    dispose("chair", made, "taken")
    editing.move_record(
        viewer("chair"), item("q-answer").id, "withdraw", rev=item("q-answer").rev, at=LATER,
        given={"reason": "Asked before"},
    )  # fmt: skip
    with pytest.raises(Conflict, match="no longer in the working copy"):
        consultations.apply_comment(viewer("chair"), made, at=LATER)


def test_circulating_opens_a_round_as_it_is_asked(full_context):
    chair = viewer("chair")
    draft = db.session.scalars(select(PlanVersion).where(PlanVersion.ref == "ill-plan/working-copy")).one()
    given = {
        "deadline": "2027-03-01T12:00", "may_comment": ["observer_state", "state_party"],
        "comments_shown": "never", "comment_readers": "states",
    }  # fmt: skip
    with pytest.raises(Invalid, match="Choose at least one"):
        editing.move_record(chair, draft.id, "circulate", rev=draft.rev, at=NOW, given={**given, "may_comment": []})
    editing.move_record(chair, draft.id, "circulate", rev=draft.rev, at=NOW, given=given)
    found = consultations.get_round(chair, draft.id, at=NOW)
    assert found.held.may_comment == ["state_party", "observer_state"]
    assert (found.held.comments_shown, found.held.comment_readers, found.held.opened_at) == ("never", "states", NOW)
    assert (found.is_open, found.is_over) == (True, False)
    assert found.until.isoformat() == "2027-03-01T12:00:00+00:00"
