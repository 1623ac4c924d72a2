"""A meeting with everything that not everybody may see of a programme, and one viewer of each class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.core.db import db
from planner.models import (
    AudienceGrant,
    Call,
    Offer,
    OfficeRole,
    PlanSession,
    Slot,
    Stakeholder,
    StakeholderClass,
    UserAccount,
)
from planner.rules.audience import Ground
from planner.services import changes
from planner.services.releases import publish_release

from . import stakeholder as stakeholders
from . import user as users
from .meeting import AT, WRITER, make_body, make_meeting
from .offer import make_offer, make_organisation, place
from .plan_session import edit, make_agenda_item, make_plan_session

START = datetime(2027, 2, 16, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2019, 1, 29, tzinfo=UTC)
FAR = datetime(2199, 1, 1, tzinfo=UTC)
VIEWERS = ("stranger", "observer", "signatory", "delegate", "officer")


@dataclass(frozen=True)
class Programme:
    """The ids of what `build` makes."""

    body: int
    meeting: int
    open_session: int
    states_session: int
    draft_session: int
    other_session: int
    embargoed_meeting: int
    embargoed_session: int
    embargoed_release: int
    release: int
    placed: int
    moved: int
    closed: int
    unplaced: int
    withdrawn: int
    call: int
    presenter: int


def build() -> Programme:
    """Release a programme, then go on drafting it.

    In the working copy the open session has another title, day and room, a presentation of it stands in another
    session with another title, class and length, and one session is not released. A second meeting has a release
    under embargo.
    """
    body = make_body("wg", title="Working Group")
    presenter = make_accounts(body.id)
    company = make_organisation("company", title="Carrier K", stakeholder_class=StakeholderClass.INDUSTRY)
    meeting = make_meeting(
        body, ref="m1", title="First series", start_on="2027-02-16", end_on="2027-02-17", city="Geneva"
    )
    call = _call(meeting.id)
    opened = make_plan_session(meeting, ref="open", title="What was learned", room="Room 3", **_hours(0))
    states = make_plan_session(
        meeting, ref="states", title="Two closed cases", position=1, audience_own=int(Ground.STATES), **_hours(1)
    )
    other = make_plan_session(meeting, ref="other", title="Another session", position=2, on_text="2027-02")
    items = [
        make_agenda_item(opened, position=0, number="1", title="Opening", minutes=10),
        make_agenda_item(opened, position=1, number="2", title="National practice"),
        make_agenda_item(opened, position=2, title="Break", minutes=15, is_break=True),
    ]
    kind = {"stakeholder_class": StakeholderClass.STATE_PARTY}
    placed = make_offer(meeting, presenter, title="One case each", summary="Two licences.", call_id=call.id, **kind)
    moved = make_offer(meeting, company, title="What a carrier checks", call_id=call.id)
    closed = make_offer(meeting, presenter, title="A case behind doors", **kind)
    place(placed, opened, item=items[1], position=0, minutes=25)
    place(moved, opened, item=items[1], position=1, minutes=130)
    place(closed, states, minutes=20)
    unplaced = make_offer(meeting, presenter, title="Not placed yet", state="submitted", call_id=call.id, **kind)
    withdrawn = make_offer(meeting, presenter, title="Withdrawn again", state="withdrawn", call_id=call.id, **kind)
    for offer in (placed, closed, unplaced, withdrawn):
        _own(offer, presenter.id)
    release = publish_release(meeting.id, name="First programme", actor=WRITER, at=AT)
    draft = make_plan_session(meeting, ref="draft", title="Only drafted", position=3, **_hours(2))
    edit(opened, title="What will be learned", room="Room 9", **_hours(5))
    _move(moved, other)
    later = make_meeting(body, ref="m2", title="Second series", start_on="2027-04-27")
    held_back = make_plan_session(later, ref="held-back", title="Held back", **_hours(70))
    embargoed = publish_release(later.id, name="Under embargo", actor=WRITER, at=AT, embargo_until=FAR)
    return Programme(
        body.id, meeting.id, opened.id, states.id, draft.id, other.id, later.id, held_back.id, embargoed.id,
        release.id, placed.id, moved.id, closed.id, unplaced.id, withdrawn.id, call.id, presenter.id,
    )  # fmt: skip


def client_of(app: Flask, viewer: str) -> FlaskClient:
    """Return a browser in which the viewer is signed in; the stranger is not."""
    client = app.test_client()
    if viewer == "stranger":
        return client
    with app.app_context():
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == f"{viewer}@test.example")).one()
        cookie = f"{account.id}.{account.session_epoch}"
    with client.session_transaction() as session:
        session["_user_id"] = cookie
        session["_fresh"] = True
    return client


def make_accounts(body_id: int) -> Stakeholder:
    """Make an account for each class of viewer; return the State Party that the delegate stands for."""
    party = stakeholders.state("XA", stakeholders.status("state_party", "2015-01-01"), name="Exporting State A")
    signatory = stakeholders.state("XS", stakeholders.status("signatory", "2014-01-01"))
    states = {"observer": stakeholders.state("XO"), "signatory": signatory, "delegate": party}
    for name, one in states.items():
        users.user(f"{name}@test.example", stakeholders.person(name, one))
    users.office(OfficeRole.CHAIR, users.user("officer@test.example"), body_id=body_id)
    return party


def _hours(days: int) -> dict[str, object]:
    starts_at = START + timedelta(days=days)
    return {"on_text": f"{starts_at:%Y-%m-%d}", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}


def _call(meeting_id: int) -> Call:
    with changes.change(WRITER, at=AT):
        call = Call(
            ref="call", title="Call for presentations", state="open", meeting_id=meeting_id, opens_at=LONG_AGO,
            closes_at=FAR,
            audience_parent_id=meeting_id, text="Cases of licensing.", languages=["en", "fr"], minutes=20,
        )  # fmt: skip
        db.session.add(call)
    return call


def _own(offer: Offer, stakeholder_id: int) -> None:
    with changes.change(WRITER, at=AT) as c:
        db.session.add(AudienceGrant(record_id=offer.id, ground=int(Ground.OWNER), stakeholder_id=stakeholder_id))
        c.touch(offer.id)


def _move(offer: Offer, to: PlanSession) -> None:
    with changes.change(WRITER, at=AT):
        slot = db.session.scalars(select(Slot).where(Slot.offer_id == offer.id)).one()
        slot.session_id, slot.agenda_item_id, slot.minutes = to.id, None, 40
        offer.title = "What a carrier will check"
        offer.stakeholder_class = StakeholderClass.CIVIL_SOCIETY
