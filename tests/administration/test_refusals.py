"""No button of an officer leads to a refusal, and what is refused says why in its title."""

from __future__ import annotations

import pytest
from lxml import html
from sqlalchemy import select

from planner.core.db import db
from planner.models import Body, Offer, PlanSession, PlanVersion, Record, Slot
from planner.web.urls import PAGES, record_url
from tests.administration.pages import fields_of, with_values


def links_of(page: bytes) -> list[str]:
    """Return where the buttons of a page lead that ask for a record's forms."""
    return [one for one in html.fromstring(page).xpath("//main//a/@href") if one.startswith("/records/")]


def said(page: bytes) -> tuple[str, str]:
    """Return title and sentence of an error page."""
    main = html.fromstring(page).xpath("//main")[0]
    lead = main.xpath(".//p[@class='lead']")[0]
    return main.xpath(".//h1")[0].text_content().strip(), " ".join(lead.text_content().split())


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_every_button_of_a_record_leads_somewhere(full_app, sign_in, kind):
    admin = sign_in("admin")
    with full_app.test_request_context():
        rows = select(Record.id, Record.state).where(Record.kind == kind).order_by(Record.id)
        addresses = {state: record_url(kind, number) for number, state in db.session.execute(rows)}
    asked = {link for address in addresses.values() for link in links_of(admin.get(address).data)}
    assert {link: admin.get(link).status_code for link in asked} == dict.fromkeys(asked, 200)


def test_every_button_of_an_agenda_leads_somewhere(full_app, sign_in):
    admin = sign_in("admin")
    with full_app.app_context():
        rows = select(Slot.session_id, Offer.state).join(Offer, Offer.id == Slot.offer_id).order_by(Slot.session_id)
        by_state = {state: session_id for session_id, state in db.session.execute(rows)}
    assert {"placed", "delivered"} <= set(by_state)
    asked = {link for one in by_state.values() for link in links_of(admin.get(f"/records/{one}/agenda").data)}
    assert {link: admin.get(link).status_code for link in asked} == dict.fromkeys(asked, 200)
    assert any(link.endswith("/place") for link in asked)


def test_what_was_delivered_keeps_its_place_and_says_why(full_app, sign_in):
    admin = sign_in("admin")
    with full_app.app_context():
        delivered = select(Slot.session_id, Offer.id, Offer.rev).join(Offer, Offer.id == Slot.offer_id)
        session_id, offer_id, rev = db.session.execute(delivered.where(Offer.state == "delivered")).first()
    agenda = admin.get(f"/records/{session_id}/agenda").text
    assert f"/records/{offer_id}/place" not in agenda
    assert f"/records/{offer_id}/take-off" not in agenda
    refused = admin.get(f"/records/{offer_id}/place")
    assert (refused.status_code, said(refused.data)) == (
        409,
        (
            "This cannot be done now",
            "Only a presentation that is confirmed, or placed already, gets a place. This one is delivered.",
        ),
    )
    taken = admin.post(f"/records/{offer_id}/take-off", data={"rev": str(rev)})
    assert (taken.status_code, said(taken.data)) == (
        409,
        ("This cannot be done now", "What became of the presentation is recorded. It stays where it was."),
    )
    with full_app.app_context():
        assert db.session.scalar(select(Slot.session_id).where(Slot.offer_id == offer_id)) == session_id


def test_an_old_page_says_that_somebody_was_faster(full_app, sign_in):
    secretariat = sign_in("secretariat")
    with full_app.app_context():
        one = db.session.scalars(
            select(PlanSession).where(PlanSession.origin == "illustration", PlanSession.state == "confirmed")
        ).first()
    address = f"/records/{one.id}/move/unconfirm"
    fields = with_values(fields_of(secretariat.get(address).data), reason="x")
    edit = f"/records/{one.id}/edit"
    sent = with_values(fields_of(secretariat.get(edit).data), room="Room 77")
    assert secretariat.post(edit, data=sent).status_code == 303
    late = secretariat.post(address, data=fields)
    assert (late.status_code, said(late.data)) == (
        409,
        ("Somebody else changed this first", "Load the page again and look at what was changed before you save."),
    )


def test_a_reconstruction_shows_no_move_and_refuses_one(full_app, sign_in):
    admin = sign_in("admin")
    with full_app.app_context():
        rebuilt = db.session.scalars(select(PlanVersion.id).where(PlanVersion.version_kind == "reconstruction")).first()
    with full_app.test_request_context():
        address = record_url("plan_version", rebuilt)
    assert [link for link in links_of(admin.get(address).data) if "/move/" in link] == []
    refused = admin.post(f"/records/{rebuilt}/move/withdraw", data={"rev": "1", "reason": "x"})
    assert (refused.status_code, said(refused.data)) == (
        409,
        (
            "This cannot be done now",
            "A reconstruction is no version that was circulated or acted on, so it has no moves.",
        ),
    )


def test_the_form_of_a_body_does_not_ask_for_its_address(full_app, sign_in):
    admin = sign_in("admin")
    with full_app.app_context():
        body = db.session.scalars(select(Body).where(Body.origin == "record").order_by(Body.id)).first()
    address = f"/records/{body.id}/edit"
    fields = fields_of(admin.get(address).data)
    assert "slug" not in dict(fields)
    assert admin.post(address, data=with_values(fields, slug="elsewhere", title="Renamed")).status_code == 303
    assert admin.get(f"/bodies/{body.slug}/calendar.ics").status_code == 200
