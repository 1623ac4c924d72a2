"""A large world: ten cycles, a thousand sessions, ten thousand presentations, two hundred items of a plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from planner.access.viewer import system
from planner.core.db import db
from planner.models import (
    Body,
    BodyKind,
    Cycle,
    Document,
    FollowUp,
    ItemKind,
    Meeting,
    Offer,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    SessionItem,
    Slot,
    Stakeholder,
    StakeholderClass,
    VersionKind,
)
from planner.services import changes, releases

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CYCLES, SESSIONS, PER_SESSION, TOPICS = 10, 100, 10, 20
"""Cycles; sessions in each; presentations in each session; topics in each cycle."""


def build() -> None:
    """Write the world into the empty database of the running application, a cycle at a time."""
    actor = system(AT.date(), "bench")
    with changes.change(actor, at=AT):
        body = Body(
            ref="b", title="Bench body", slug="bench", code="Bench", body_kind=BodyKind.WORKING_GROUP, audience_own=1
        )
        states = [
            Stakeholder(
                ref=f"s{n}",
                title=f"State {n}",
                is_state=True,
                iso2=f"{chr(65 + n // 26)}{chr(65 + n % 26)}",
                audience_own=1,
            )
            for n in range(200)
        ]
        db.session.add_all([body, *states])
        db.session.flush()
        plan = Plan(ref="p", title="Bench plan", body_id=body.id, audience_parent_id=body.id)
        db.session.add(plan)
        db.session.flush()
        version = PlanVersion(
            ref="v", title="Version 1", plan_id=plan.id, version_kind=VersionKind.NUMBERED, number=1, position=1,
            state="circulated", audience_parent_id=plan.id,
        )  # fmt: skip
        db.session.add(version)
    for number in range(1, CYCLES + 1):
        _cycle(number, body, plan, version, states)
        print(f"cycle {number} of {CYCLES}")


def _cycle(number: int, body: Body, plan: Plan, version: PlanVersion, states: list[Stakeholder]) -> None:
    actor = system(AT.date(), "bench")
    start = date(2016 + number, 9, 1)
    with changes.change(actor, at=AT):
        cycle = Cycle(
            ref=f"c{number}", title=f"Cycle {number}", series="bench", number=number, code=f"C{number}",
            from_on=start, until_on=date(2017 + number, 9, 1), audience_own=1,
        )  # fmt: skip
        db.session.add(cycle)
        db.session.flush()
        theme = _item(plan, version, cycle, ItemKind.THEME, f"t{number}", f"Theme of cycle {number}", None, 0)
        topics = [
            _item(plan, version, cycle, ItemKind.TOPIC, f"t{number}-{n}", f"Topic {n} of cycle {number}", theme, n)
            for n in range(TOPICS)
        ]
        meeting = Meeting(
            ref=f"m{number}", title=f"Meeting {number}", cycle_id=cycle.id, body_id=body.id, zone="Europe/Zurich",
            start_on=f"{2017 + number}-02-01", end_on=f"{2017 + number}-02-28", state="confirmed", audience_parent_id=body.id,
        )  # fmt: skip
        db.session.add(meeting)
        db.session.flush()
        for n in range(SESSIONS):
            _session(number, n, meeting, topics, states)
    releases.publish_release(meeting.id, name="First", actor=actor, at=AT)


def _item(
    plan: Plan,
    version: PlanVersion,
    cycle: Cycle,
    kind: ItemKind,
    ref: str,
    title: str,
    parent: PlanItem | None,
    place: int,
) -> PlanItem:
    item = PlanItem(ref=ref, title=title, plan_id=plan.id, item_kind=kind, audience_parent_id=version.id)
    db.session.add(item)
    db.session.flush()
    db.session.add(
        PlanItemRevision(
            item_id=item.id,
            version_id=version.id,
            title=title,
            cycle_id=cycle.id,
            position=place,
            is_shown=True,
            parent_id=parent.id if parent else None,
        )  # fmt: skip
    )
    return item


def _session(cycle: int, n: int, meeting: Meeting, topics: list[PlanItem], states: list[Stakeholder]) -> None:
    starts = datetime(2017 + cycle, 2, 1 + n // 4, 8 + 2 * (n % 4), 0, tzinfo=UTC)
    plan_session = PlanSession(
        ref=f"s{cycle}-{n}", title=f"Session {n} of cycle {cycle}", meeting_id=meeting.id, position=n, zone="Europe/Zurich",
        on_text=starts.date().isoformat(), starts_at=starts, ends_at=starts + timedelta(minutes=110), state="confirmed",
        audience_parent_id=meeting.id, published=False,
    )  # fmt: skip
    db.session.add(plan_session)
    db.session.flush()
    db.session.add(SessionItem(session_id=plan_session.id, item_id=topics[n % TOPICS].id, position=0))
    for k in range(PER_SESSION):
        offer = Offer(
            ref=f"o{cycle}-{n}-{k}", title=f"Presentation {k} of session {n}, cycle {cycle}", meeting_id=meeting.id,
            presenter_id=states[(n * PER_SESSION + k) % len(states)].id, stakeholder_class=StakeholderClass.STATE_PARTY,
            state="placed", audience_parent_id=plan_session.id, published=False, minutes=10,
        )  # fmt: skip
        db.session.add(offer)
        db.session.flush()
        db.session.add(Slot(session_id=plan_session.id, offer_id=offer.id, position=k, minutes=10))
    if n % 5 == 0:
        output = Output(
            ref=f"out{cycle}-{n}", title=f"Output of session {n}, cycle {cycle}", output_kind="report", state="drafted",
            session_id=plan_session.id, audience_parent_id=plan_session.id,
        )  # fmt: skip
        db.session.add(output)
        db.session.flush()
        db.session.add(
            FollowUp(
                ref=f"f{cycle}-{n}",
                title=f"Follow-up of session {n}, cycle {cycle}",
                state="open",
                comes_from_id=output.id,
                due_on=starts.date() + timedelta(days=30),
                audience_parent_id=output.id,
            )  # fmt: skip
        )
        db.session.add(
            Document(
                ref=f"d{cycle}-{n}",
                title=f"Paper {n} of cycle {cycle}",
                doc_kind="working_paper",
                audience_parent_id=meeting.id,
            )
        )
