"""What waits for an officer, agendas, links, releases: pages beside the forms."""

from __future__ import annotations

from sqlalchemy import select

from planner.core.db import db
from planner.models import AgendaItem, Meeting, Offer, PlanSession, Record, RecordDocument, Release
from tests.administration.pages import errors_of, fields_of, with_values


def one(full_app, statement):
    with full_app.app_context():
        return db.session.scalars(statement).first()


def test_the_workbench_is_for_officers(full_app, sign_in, client):
    answers = {name: sign_in(name).get("/workbench").status_code for name in ("chair", "secretariat", "admin")}
    refused = {name: sign_in(name).get("/workbench").status_code for name in ("delegate", "observer", "ngo")}
    assert answers == dict.fromkeys(answers, 200)
    assert refused == dict.fromkeys(refused, 403)
    assert client.get("/workbench").status_code == 303


def test_links_are_added_and_taken_out_one_by_one(full_app, sign_in):
    secretariat = sign_in("secretariat")
    with full_app.app_context():
        session = db.session.scalars(select(PlanSession).where(PlanSession.origin == "illustration")).first()
        document = db.session.scalars(
            select(Record).where(Record.kind == "document", Record.origin == "record")
        ).first()
    address = f"/records/{session.id}/links"
    before = one(full_app, select(Record.rev).where(Record.id == session.id))
    assert secretariat.get(address).status_code == 200
    answer = secretariat.post(address, data={"name": "documents", "target": f"(#{document.id})", "rev": before})
    assert answer.status_code == 303
    held = select(RecordDocument.document_id).where(RecordDocument.record_id == session.id)
    with full_app.app_context():
        assert document.id in db.session.scalars(held).all()
    rev = one(full_app, select(Record.rev).where(Record.id == session.id))
    again = secretariat.post(address, data={"name": "documents", "target": f"(#{document.id})", "rev": rev})
    assert (again.status_code, errors_of(again.data)) == (422, ["This is in the list twice."])
    gone = {"name": "documents", "target": document.id, "rev": rev, "remove": "1"}
    assert secretariat.post(address, data=gone).status_code == 303
    with full_app.app_context():
        assert document.id not in db.session.scalars(held).all()
    assert secretariat.post(address, data={**gone, "name": "title"}).status_code == 404


def test_an_agenda_is_put_in_order_by_numbers(full_app, sign_in):
    chair = sign_in("admin")
    with full_app.app_context():
        items = db.session.scalars(
            select(AgendaItem).where(AgendaItem.origin == "illustration").order_by(AgendaItem.session_id)
        ).all()
    session_id = items[0].session_id
    mine = sorted((item for item in items if item.session_id == session_id), key=lambda item: item.position)
    address = f"/records/{session_id}/agenda"
    page = chair.get(address)
    assert page.status_code == 200
    places = {f"position-{item.id}": [str(len(mine) - number)] for number, item in enumerate(mine)}
    answer = chair.post(address, data={**with_values(fields_of(page.data, "agenda")), **places})
    assert answer.status_code == 303
    with full_app.app_context():
        now = db.session.scalars(
            select(AgendaItem.id).where(AgendaItem.session_id == session_id).order_by(AgendaItem.position)
        ).all()
    assert now == [item.id for item in reversed(mine)]
    wrong = chair.post(
        address, data={**with_values(fields_of(chair.get(address).data, "agenda")), f"minutes-{mine[0].id}": "soon"}
    )
    assert (wrong.status_code, errors_of(wrong.data)) == (422, ["“soon” is not a whole number."])


def test_a_programme_is_released_with_its_changes_shown_before(full_app, sign_in):
    chair = sign_in("admin")
    with full_app.app_context():
        session = db.session.scalars(
            select(PlanSession)
            .where(
                PlanSession.meeting_id.in_(select(Release.meeting_id).where(Release.is_current)),
                PlanSession.origin == "illustration",
                PlanSession.state == "confirmed",
            )
            .order_by(PlanSession.id.desc())
        ).first()
    edit = f"/records/{session.id}/edit"
    sent = with_values(fields_of(chair.get(edit).data), room="Room of the test")
    assert chair.post(edit, data=sent).status_code == 303
    address = f"/meetings/{session.meeting_id}/publish"
    page = chair.get(address)
    assert (page.status_code, b"another room" in page.data) == (200, True)
    empty = chair.post(address, data={"name": " "})
    assert (empty.status_code, errors_of(empty.data)) == (
        422,
        ["A release has a name, as in “Second draft programme”."],
    )
    assert chair.post(address, data={"name": "After the test"}).status_code == 303
    with full_app.app_context():
        current = db.session.scalars(
            select(Release).where(Release.meeting_id == session.meeting_id, Release.is_current)
        ).one()
        assert (current.title, current.origin) == ("After the test", "illustration")
    assert sign_in("delegate").get(address).status_code == 403


def test_a_presentation_is_placed_moved_and_taken_off(full_app, sign_in):
    chair = sign_in("chair")
    with full_app.app_context():
        offer = db.session.scalars(
            select(Offer).where(Offer.state == "confirmed", Offer.origin == "illustration")
        ).first()
        sessions = db.session.scalars(select(PlanSession).where(PlanSession.meeting_id == offer.meeting_id)).all()
    address = f"/records/{offer.id}/place"
    page = chair.get(address)
    assert page.status_code == 200
    answer = chair.post(
        address, data=with_values(fields_of(page.data), session_id=str(sessions[0].id), agenda_item_id="", minutes="12")
    )
    assert (answer.status_code, errors_of(answer.data)) == (303, [])
    placed = one(full_app, select(Offer).where(Offer.id == offer.id))
    assert (placed.state, placed.audience_own) == ("placed", offer.audience_own)
    rev = one(full_app, select(Record.rev).where(Record.id == offer.id))
    off = chair.post(f"/records/{offer.id}/take-off", data={"rev": rev})
    assert off.status_code == 303
    assert one(full_app, select(Offer.state).where(Offer.id == offer.id)) == "confirmed"


def test_meetings_of_the_record_are_not_released_by_the_chair_of_the_illustration(full_app, sign_in):
    meeting_id = one(full_app, select(Meeting.id).where(Meeting.origin == "record"))
    assert sign_in("chair").get(f"/meetings/{meeting_id}/publish").status_code == 403
