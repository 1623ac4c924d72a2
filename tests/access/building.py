"""Puts a random world into the database, people with accounts included."""

from __future__ import annotations

from datetime import date, timedelta

from planner.access.viewer import system
from planner.core import clock
from planner.core.db import db
from planner.models import (
    AudienceGrant,
    Body,
    BodyKind,
    Call,
    Comment,
    CommentKind,
    Contribution,
    ContributionKind,
    Decision,
    Delegation,
    DelegationRole,
    Document,
    FollowUp,
    Meeting,
    Offer,
    Office,
    OfficeRole,
    OfficeUser,
    Origin,
    Output,
    Person,
    Plan,
    PlanSession,
    PlanVersion,
    Record,
    Registration,
    Slot,
    Stakeholder,
    StakeholderClass,
    StatusPeriod,
    UserAccount,
    VersionKind,
)
from planner.services import changes, editing, releases, rounds

from .worlds import BITS, Node, World

AT = clock.now().replace(microsecond=0)
DAY = AT.date()
STATUSES = {"party": ("state_party", date(2015, 1, 1)), "signatory": ("signatory", date(2014, 1, 1))}


def mask(grounds: frozenset[str] | None) -> int | None:
    return None if grounds is None else sum(BITS[ground] for ground in grounds)


def build(world: World) -> dict[str, int]:
    """Write a world; return the ids of its records by key. What is released is published, a release per meeting."""
    ids: dict[str, int] = {}
    actor = system(DAY, "test")
    with changes.change(actor, at=AT):
        stakeholders = _stakeholders()
        db.session.flush()
        _write([node for node in world.nodes if is_released(node)], ids, stakeholders)
    for node in world.nodes:
        if node.kind == "meeting" and any(n.kind == "plan_session" and n.parent is node for n in world.nodes):
            releases.publish_release(ids[node.key], name="First", actor=actor, at=AT)
    for node in world.nodes:
        if node.into:
            given = {"continued_in_id": ids[node.into.key], "reason": "One is enough.", "release_now": True}
            rev = db.session.get_one(PlanSession, ids[node.key]).rev
            editing.move_record(actor, ids[node.key], "merge", rev=rev, at=AT, given=given)
    with changes.change(actor, at=AT):
        _write([node for node in world.nodes if not is_released(node)], ids, stakeholders)
        _people(world, ids, stakeholders)
    return ids


def is_released(node: Node) -> bool:
    return node.released and (node.parent is None or is_released(node.parent))


def _write(nodes: list[Node], ids: dict[str, int], stakeholders: dict[str, Stakeholder]) -> None:
    for node in nodes:
        position = len(ids)
        record = _record(node, ids, stakeholders, position)
        record.ref = node.key
        record.title = f"Title of {node.key}"
        record.origin = Origin.OWN
        record.audience_own = mask(node.own)
        record.audience_parent_id = ids[node.parent.key] if node.parent else None
        record.published = node.released if node.kind == "contribution" else node.kind not in ("plan_session", "offer")
        db.session.add(record)
        db.session.flush()
        ids[node.key] = record.id
        for ground, who in sorted(node.named):
            db.session.add(AudienceGrant(record_id=record.id, ground=BITS[ground], stakeholder_id=stakeholders[who].id))
        if isinstance(record, PlanVersion):
            record.comments_until = AT + timedelta(days=9)
            rounds.open_round(record, at=AT)
        if isinstance(record, Offer):
            assert node.parent
            db.session.add(Slot(session_id=ids[node.parent.key], offer_id=record.id, position=position))


def _stakeholders() -> dict[str, Stakeholder]:
    made = {}
    for number, name in enumerate(("party", "signatory", "observer", "undecided")):
        state = Stakeholder(ref=f"x-{name}", title=name, is_state=True, iso2=f"Q{number}", audience_own=1)
        if name in STATUSES:
            status, since = STATUSES[name]
            state.statuses = [StatusPeriod(status=status, from_text=since.isoformat(), certain_from=since)]
        if name == "undecided":
            # became a Party some day of this very year: on the day of the test nobody can say
            state.statuses = [
                StatusPeriod(
                    status="state_party",
                    from_text=str(DAY.year),
                    possible_from=date(DAY.year, 1, 1),
                    certain_from=date(DAY.year + 1, 1, 1),
                )
            ]
        made[name] = state
    made["ngo"] = Stakeholder(
        ref="x-ngo", title="ngo", is_state=False, stakeholder_class=StakeholderClass.CIVIL_SOCIETY, audience_own=1
    )
    db.session.add_all(made.values())
    return made


def _record(node: Node, ids: dict[str, int], stakeholders: dict[str, Stakeholder], position: int) -> Record:
    parent = ids[node.parent.key] if node.parent else None
    if node.kind == "body":
        work = mask(node.work)
        return Body(slug=node.key, code=node.key, body_kind=BodyKind.FORUM, parent_id=parent, work_audience=work)
    if node.kind == "meeting":
        day = (DAY + timedelta(days=position)).isoformat()
        return Meeting(body_id=parent, zone="Europe/Zurich", start_on=day, end_on=day, state="confirmed")
    if node.kind == "plan_session":
        start = AT + timedelta(days=position)
        return PlanSession(
            meeting_id=parent, position=position, zone="Europe/Zurich", on_text=start.date().isoformat(),
            starts_at=start, ends_at=start + timedelta(hours=3), state="confirmed",
        )  # fmt: skip
    if node.kind == "call":
        return Call(meeting_id=parent, opens_at=AT, closes_at=AT + timedelta(days=9), state="open")
    if node.kind == "offer":
        assert node.parent
        assert node.parent.parent
        return Offer(
            meeting_id=ids[node.parent.parent.key], presenter_id=stakeholders["party"].id, state="placed",
            stakeholder_class=StakeholderClass.STATE_PARTY,
        )  # fmt: skip
    if node.kind == "contribution":
        return Contribution(
            session_id=parent, stakeholder_id=stakeholders["ngo"].id, contribution_kind=ContributionKind.STUDY,
            state="published" if node.released else "received",
        )  # fmt: skip
    if node.kind in ("plan", "plan_version", "comment"):
        return _of_plan(node, parent, stakeholders, position)
    return _plain(node, parent, position)


def _plain(node: Node, parent: int | None, position: int) -> Record:
    if node.kind == "document":
        return Document(doc_kind="working_paper")
    if node.kind == "output":
        return Output(output_kind="report", state="drafted")
    if node.kind == "decision":
        return Decision(meeting_id=parent, position=position, state="recorded")
    return FollowUp(state="open", due_on=DAY + timedelta(days=30))


def _of_plan(node: Node, parent: int | None, stakeholders: dict[str, Stakeholder], position: int) -> Record:
    if node.kind == "plan":
        return Plan(body_id=parent)
    if node.kind == "plan_version":
        return PlanVersion(
            plan_id=parent, version_kind=VersionKind.NUMBERED, number=position, position=position, state="circulated",
        )  # fmt: skip
    return Comment(
        version_id=parent, stakeholder_id=stakeholders["ngo"].id, stakeholder_class=StakeholderClass.CIVIL_SOCIETY,
        comment_kind=CommentKind.REMARK, text="Said", submitted_at=AT, is_late=False,
    )  # fmt: skip


def _people(world: World, ids: dict[str, int], stakeholders: dict[str, Stakeholder]) -> None:
    for who in world.people:
        if who.key == "stranger":
            continue
        belongs = stakeholders[who.stakeholder].id if who.stakeholder else None
        person = Person(
            ref=f"p-{who.key}", title=who.key, stakeholder_id=belongs, audience_own=64,
            email=f"{who.key}@test.example",
        )  # fmt: skip
        db.session.add(person)
        db.session.flush()
        account = UserAccount(email=f"{who.key}@test.example", person_id=person.id, created_at=AT)
        db.session.add(account)
        db.session.flush()
        if belongs:
            db.session.add(Delegation(person_id=person.id, stakeholder_id=belongs, role=DelegationRole.HEAD))
        for key in sorted(who.meetings):
            db.session.add(Registration(meeting_id=ids[key], person_id=person.id))
        for key in sorted(who.offices):
            office = Office(ref=f"o-{who.key}", title=who.key, body_id=ids[key], role=OfficeRole.CHAIR, audience_own=1)
            db.session.add(office)
            db.session.flush()
            db.session.add(OfficeUser(office_id=office.id, user_id=account.id))
