"""Puts the meetings of the illustration with their sessions and agendas, and releases their programmes."""

from __future__ import annotations

from planner.models import (
    AgendaItem,
    AttendanceCount,
    Body,
    Chairing,
    Intervention,
    Meeting,
    Offer,
    PlanItem,
    PlanSession,
    SessionItem,
    Slot,
)
from planner.services.demo.builder import Builder
from planner.services.demo.days import ZONE
from planner.services.demo.people import register
from planner.services.demo.programme import MEETINGS, Hours, MeetingPlan, Session
from planner.services.demo.world import cycle, stakeholder


def put_meetings(b: Builder) -> None:
    """Put meetings and sessions as a release shows them; offers come after, because they name their meeting."""
    for one in MEETINGS:
        meeting = _put_meeting(b, one)
        for position, plan_session in enumerate(one.sessions):
            _put_session(b, meeting, plan_session, position)
    register(b, b.get(Meeting, "m-first"), "delegate", "signatory", "ngo")
    register(b, b.get(Meeting, "m-consultations"), "delegate", "observer", "ngo")


def put_slots(b: Builder) -> None:
    """Place the offers under the items of the agendas."""
    for meeting in MEETINGS:
        for plan_session in meeting.sessions:
            record = b.get(PlanSession, plan_session.key)
            position = 0
            for number, item in enumerate(plan_session.agenda, 1):
                for ref in item.offers:
                    offer = b.get(Offer, ref)
                    place = b.get(AgendaItem, f"{plan_session.key}/{number}")
                    b.row(
                        record,
                        Slot(
                            session_id=record.id,
                            agenda_item_id=place.id,
                            offer_id=offer.id,
                            position=position,
                            minutes=offer.minutes,
                        ),
                    )
                    position += 1


def release_programmes(b: Builder) -> None:
    """Release the programme of each meeting, then put into the working copy what is not released yet."""
    for one in MEETINGS:
        if one.sessions:
            b.release(b.get(Meeting, one.key), one.release)
    for one in MEETINGS:
        for plan_session in one.sessions:
            record = b.get(PlanSession, plan_session.key)
            if plan_session.moved_to and (b.is_new(record) or b.is_refresh):
                b.redate(record, _times(b, plan_session, plan_session.moved_to))


def _put_meeting(b: Builder, one: MeetingPlan) -> Meeting:
    body = b.get(Body, one.body)
    meeting = b.put(
        Meeting,
        one.key,
        one.title,
        parent=body,
        state=one.state,
        cycle_id=cycle(b, 13).id,
        body_id=body.id,
        series=one.series,
        zone=ZONE,
        city=one.city,
        country="CH" if one.city else None,
        venue=one.venue,
        mode=one.mode,
        theme=one.theme,
        restricted=one.restricted,
        held_during_id=b.get(Meeting, one.held_during).id if one.held_during else None,
        dated={"start_on": b.days.text(*one.first), "end_on": b.days.text(*one.last)},
    )
    if one.chair:
        role, holder = one.chair
        b.row(
            meeting,
            Chairing(
                record_id=meeting.id, seat="chair", role=role, holder_id=stakeholder(b, holder).id, body_id=body.id
            ),
        )
    for position, (group, count) in enumerate(one.attendance):
        b.row(meeting, AttendanceCount(meeting_id=meeting.id, group=group, count=count, position=position))
    return meeting


def _times(b: Builder, one: Session, hours: Hours) -> dict[str, object]:
    week, weekday = one.day
    return {
        "on_text": b.days.text(week, weekday),
        "starts_at": b.days.at(week, weekday, hours[0], hours[1]),
        "ends_at": b.days.at(week, weekday, hours[2], hours[3]),
    }


def _put_session(b: Builder, meeting: Meeting, one: Session, position: int) -> None:
    record = b.put(
        PlanSession,
        one.key,
        one.title,
        parent=meeting,
        own=one.own,
        state=one.state,
        published=False,
        meeting_id=meeting.id,
        position=position,
        body_id=b.get(Body, one.body).id if one.body else None,
        zone=ZONE,
        room=one.room,
        mode=one.mode,
        text=one.text,
        dated=_times(b, one, one.hours),
    )
    for place, ref in enumerate(one.treats):
        b.row(record, SessionItem(session_id=record.id, item_id=b.get(PlanItem, ref).id, position=place))
    for place, ref in enumerate(one.interventions):
        b.row(record, Intervention(session_id=record.id, stakeholder_id=stakeholder(b, ref).id, position=place))
    b.row(record, Chairing(record_id=record.id, seat="facilitator", role="Facilitator",
                           holder_id=stakeholder(b, "XC").id))  # fmt: skip
    shown = 0
    for number, item in enumerate(one.agenda, 1):
        shown += not item.is_break
        b.put(
            AgendaItem,
            f"{one.key}/{number}",
            item.title,
            parent=record,
            published=False,
            session_id=record.id,
            position=number - 1,
            number=None if item.is_break else str(shown),
            is_break=item.is_break,
            minutes=item.minutes,
            text=item.text,
        )
