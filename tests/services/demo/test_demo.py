"""What the illustration promises (DESIGN.md section 11), on the day that it is loaded and after a refresh."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import selectin_polymorphic

from planner.access.viewer import Viewer, public, system
from planner.access.visibility import visible, visible_records
from planner.core.db import Base, db
from planner.core.errors import Conflict
from planner.models import (
    AgendaItem,
    AuditEntry,
    Body,
    Call,
    ConferenceAction,
    Contribution,
    ContributionKind,
    Cycle,
    Decision,
    Document,
    FollowUp,
    Instrument,
    ItemLineage,
    Meeting,
    Offer,
    Office,
    Origin,
    Output,
    OutputVersion,
    PlanItem,
    PlanSession,
    PlanVersion,
    PublishedSession,
    PublishedSlot,
    Record,
    Release,
    Source,
    Stakeholder,
    StakeholderClass,
    TreatyArticle,
    UserAccount,
)
from planner.rules import lifecycle
from planner.rules.audience import Ground
from planner.services import accounts, chain, changes
from planner.services.demo import is_loaded, load_demo, refresh_demo
from planner.services.record_files import import_record
from tests.conftest import DEMO_PASSWORD, NOW, on_database

PEOPLE = ("chair", "secretariat", "delegate", "signatory", "observer", "ngo", "admin")
SHIFTS = [0, 3, 7, 30, 365, 1000, -200]


def by_ref(ref: str) -> Any:
    return db.session.scalars(select(Record).where(Record.ref == f"ill-{ref}")).one()


def of_illustration(model: type[Record]) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.origin == Origin.ILLUSTRATION)))


def revisions_of() -> dict[int, int]:
    return {row.id: row.rev for row in db.session.execute(select(Record.id, Record.rev))}


def viewer_of(name: str) -> Viewer:
    account = db.session.scalars(select(UserAccount).where(UserAccount.email == f"{name}@demo.example")).one()
    viewer = accounts.load_viewer(account.id, account.session_epoch, day=NOW.date())
    assert viewer is not None
    return viewer


@pytest.mark.parametrize("days", SHIFTS)
def test_there_is_always_something_next_open_running_and_overdue(full_context, days):
    at = NOW + timedelta(days=days)
    if days:
        refresh_demo(at)
    stranger = public(at.date())
    editions = (
        select(PublishedSession)
        .join(PlanSession, PlanSession.id == PublishedSession.session_id)
        .where(PlanSession.origin == Origin.ILLUSTRATION, visible(stranger, PlanSession))
    )
    coming = [e for e in db.session.scalars(editions) if e.starts_at > at and e.state in ("confirmed", "tentative")]
    held = [e for e in db.session.scalars(editions) if e.ends_at < at and e.state == "held"]
    calls = db.session.scalars(visible_records(stranger, Call).where(Call.state == "open")).all()
    rounds = db.session.scalars(visible_records(stranger, PlanVersion).where(PlanVersion.state == "circulated")).all()
    actions = db.session.scalars(visible_records(stranger, FollowUp).where(FollowUp.state.in_(("open", "in_progress"))))
    cycle = db.session.scalars(select(Cycle).where(Cycle.origin == Origin.ILLUSTRATION).order_by(Cycle.number)).first()

    assert min(e.starts_at for e in coming) - at < timedelta(weeks=13)
    assert held
    assert all(one.state != "held" for one in of_illustration(PlanSession) if one.ends_at > at)
    assert any(call.opens_at < at < call.closes_at for call in calls)
    assert any(one.comments_until and one.comments_until > at for one in rounds)
    due = [one.due_on for one in actions if one.due_on]
    assert any(day < at.date() for day in due)
    assert any(at.date() < day <= at.date() + timedelta(days=7) for day in due)
    assert cycle.from_on <= at.date() < cycle.until_on


def dated_values(with_releases: bool = False) -> dict[str, Any]:
    """Everything that the illustration says, by kind and key, but for what counts writes and what releases froze."""
    silent = {"id", "rev", "created_at", "updated_at", "audience_parent_id", "home_body_id", "home_meeting_id"}
    values: dict[str, Any] = {}
    names = {record.id: f"{record.kind} {record.ref}" for record in db.session.scalars(select(Record))}
    mappers = [m for m in inspect(Record).self_and_descendants if m.class_ is not Record]
    rows = db.session.scalars(
        select(Record)
        .where(Record.origin == Origin.ILLUSTRATION)
        .options(selectin_polymorphic(Record, [m.class_ for m in mappers]))
        .execution_options(populate_existing=True)
    )
    for record in rows:
        if isinstance(record, Release) and not with_releases:
            continue
        columns = [a for a in inspect(record).mapper.column_attrs if a.key not in silent]
        values[names[record.id]] = {
            a.key: names.get(getattr(record, a.key), "?") if a.columns[-1].foreign_keys and getattr(record, a.key)
            else getattr(record, a.key)
            for a in columns
        }  # fmt: skip
    for edition in db.session.scalars(select(PublishedSession)):
        if values.get(names[edition.session_id]):
            values[f"edition of {names[edition.session_id]}"] = (edition.on_text, edition.starts_at, edition.title)
    for model in (OutputVersion, ConferenceAction):
        for row in db.session.scalars(select(model)):
            key = names[row.output_id if isinstance(row, OutputVersion) else row.record_id]
            if key in values:
                values.setdefault(f"{model.__name__} of {key}", []).append(row.on_text)
    return values


@pytest.mark.parametrize("days", [400, -150])
def test_a_refresh_gives_what_a_fresh_load_gives(the_app, databases, empty_template, days):
    later = NOW + timedelta(days=days)
    found = []
    for first, then in ((NOW, later), (later, None)):
        url = databases.new(empty_template)
        with on_database(the_app, url), the_app.app_context():
            load_demo(at=first, password=DEMO_PASSWORD)
            if then:
                report = refresh_demo(then)
                assert (report.moved > 60, report.made, report.day) == (True, {}, then.date())
            found.append(dated_values())
    assert found[0] == found[1]


def test_a_second_load_changes_nothing_and_says_so(full_context):
    before = (dated_values(with_releases=True), db.session.scalar(select(func.count(AuditEntry.id))))
    revisions = revisions_of()
    report = load_demo(at=NOW + timedelta(days=500), password="another password")
    assert (report.changed, report.made, report.moved, report.released, report.day) == (False, {}, 0, 0, NOW.date())
    assert [person.is_new for person in report.people] == [False] * 7
    assert (dated_values(with_releases=True), db.session.scalar(select(func.count(AuditEntry.id)))) == before
    assert revisions_of() == revisions
    assert accounts.authenticate("chair@demo.example", "another password", at=NOW) is None
    assert accounts.authenticate("chair@demo.example", DEMO_PASSWORD, at=NOW)


def test_a_refresh_in_the_same_week_changes_nothing(full_context):
    before = dated_values(with_releases=True)
    assert refresh_demo(NOW + timedelta(days=3)).changed is False
    assert dated_values(with_releases=True) == before


def test_without_an_illustration_there_is_nothing_to_refresh(context):
    assert is_loaded() is False
    with pytest.raises(Conflict):
        refresh_demo(NOW)


def test_what_people_edited_stays_but_for_its_dates(full_context):
    with changes.change(system(NOW.date(), "test"), at=NOW):
        meeting = by_ref("m-second")
        meeting.venue = "Another house"
        meeting.start_on, meeting.end_on = "2030-01-01", "2030-01-04"
    load_demo(at=NOW, password=DEMO_PASSWORD)
    assert (by_ref("m-second").venue, by_ref("m-second").start_on) == ("Another house", "2030-01-01")
    refresh_demo(NOW + timedelta(days=70))
    assert (by_ref("m-second").venue, by_ref("m-second").start_on) == ("Another house", "2027-07-06")


def test_every_row_is_an_illustration_and_the_record_is_left_alone(the_app, databases, empty_template):
    from planner.core.paths import SEED

    with on_database(the_app, databases.new(empty_template)), the_app.app_context():
        import_record(SEED, actor=system(NOW.date(), "planner import"), at=NOW)
        before = revisions_of()
        load_demo(at=NOW, password=DEMO_PASSWORD)
        made = select(Record.origin, func.count()).where(Record.id.not_in(before)).group_by(Record.origin)
        assert [origin for origin, _ in db.session.execute(made)] == [Origin.ILLUSTRATION]
        after = {key: rev for key, rev in revisions_of().items() if key in before}
        assert after == before


def test_no_row_of_the_illustration_names_a_real_stakeholder_as_an_actor(full_context):
    origins = {record.id: record.origin for record in db.session.scalars(select(Record))}
    real = {
        record.id
        for record in db.session.scalars(select(Record).where(Record.kind.in_(("stakeholder", "person", "body"))))
        if record.origin is not Origin.ILLUSTRATION
    }
    actors = {"holder_id", "presenter_id", "stakeholder_id", "owner_id", "asked_id", "person_id",
                                    "of_state_id", "proposed_by_id"}  # fmt: skip
    seen: Counter[str] = Counter()
    for mapper in Base.registry.mappers:
        keys = {attribute.key for attribute in mapper.column_attrs}
        owner = getattr(mapper.class_, "__audit_parent__", "id" if issubclass(mapper.class_, Record) else None)
        if owner is None or not keys & actors or owner in actors:
            continue
        for row in db.session.scalars(select(mapper.class_).execution_options(populate_existing=True)):
            named = {getattr(row, key) for key in keys & actors} - {None}
            is_ours = origins.get(getattr(row, owner)) is Origin.ILLUSTRATION
            seen[mapper.class_.__name__] += is_ours
            assert not (is_ours and named & real), row
            if not is_ours:
                assert not any(origins.get(one) is Origin.ILLUSTRATION for one in named), row
    assert {"Offer", "OfferPresenter", "Contribution", "Chairing", "Intervention", "FollowUp", "Decision"} <= set(seen)
    assert all(len(state.iso2 or "") == 2 and state.iso2[0] == "X" for state in of_illustration(Stakeholder)
               if state.is_state)  # fmt: skip


def test_it_holds_one_of_every_kind(full_context):
    assert {offer.state for offer in of_illustration(Offer)} == set(lifecycle.states("offer"))
    assert {one.state for one in of_illustration(FollowUp)} == set(lifecycle.states("follow_up"))
    assert {one.state for one in of_illustration(Output)} == set(lifecycle.states("output"))
    assert {one.state for one in of_illustration(Contribution)} == set(lifecycle.states("contribution"))
    assert {one.state for one in of_illustration(Decision)} == set(lifecycle.states("decision"))
    assert {one.contribution_kind for one in of_illustration(Contribution)} == set(ContributionKind)
    assert {one.stakeholder_class for one in of_illustration(Offer)} | {StakeholderClass.SECRETARIAT} == set(
        StakeholderClass
    )
    assert {one.sector for one in of_illustration(Stakeholder)} >= {
        "bank", "manufacturer", "carrier", "shipper", "broker", "insurer", "export_control", "customs",
    }  # fmt: skip
    assert {one.state for one in of_illustration(PlanSession)} >= {"tentative", "confirmed", "held"}
    assert [one.code for one in sorted(of_illustration(Cycle), key=lambda one: one.number)] == [
        "CSP13", "CSP14", "CSP15", "CSP16", "CSP17",
    ]  # fmt: skip
    answered = {
        one.item_id for one in of_illustration(Contribution) if one.contribution_kind is ContributionKind.ANSWER
    }
    assert len(answered) >= 4
    assert db.session.scalars(select(ItemLineage).join(PlanItem, PlanItem.id == ItemLineage.item_id)
                              .where(PlanItem.origin == Origin.ILLUSTRATION)).all()  # fmt: skip
    symbols = [one.symbol for one in of_illustration(Document)]
    assert None in symbols
    assert all(symbol.startswith("ILL/2026/") for symbol in symbols if symbol)


def test_only_what_hangs_on_the_treaty_itself_points_into_the_record(full_context):
    """Articles, stages and the body that the demo secretariat may correct; nothing else of the record is touched."""
    real = (Instrument, Source)
    assert [record for model in real for record in of_illustration(model)] == []
    offices = [office for office in of_illustration(Office) if office.body_id]
    bodies = {body.id: body for body in db.session.scalars(select(Body))}
    assert [(o.title, bodies[o.body_id].code, o.holder_id) for o in offices
            if bodies[o.body_id].origin is not Origin.ILLUSTRATION] == [
        ("Access of the demonstration to the record", "CSP", None)
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["d-mandate", "f-draft"])
def test_the_chain_is_whole_from_either_end(full_context, start):
    walk = chain.walk(public(NOW.date()), by_ref(start))
    empty = [station.name for station in walk.stations if not station.count]
    assert empty == ([] if start == "d-mandate" else ["action"])


def test_a_decision_stands_between_its_session_and_its_follow_up(full_context):
    walk = chain.walk(public(NOW.date()), by_ref("f-invite"))
    assert [s.name for s in walk.stations if not s.count] == ["output"]
    assert walk.at("action").records[0].title.startswith("The Working Group begins the catalogue")


def test_what_was_not_finished_is_carried_into_the_next_cycle(full_context):
    carried = by_ref("f-denials")
    assert (carried.state, db.session.get(Cycle, carried.carried_to_cycle_id).code) == ("carried_over", "CSP14")
    lineage = db.session.scalars(select(ItemLineage).where(ItemLineage.item_id == by_ref("denials-2").id)).one()
    assert (lineage.from_item_id, lineage.lineage_kind.value) == (by_ref("denials").id, "carried_over")


def test_the_demo_people_stand_for_what_their_names_say(full_context):
    grounds = {name: viewer_of(name).grounds for name in PEOPLE}
    states = int(Ground.PUBLIC | Ground.STATES)
    both = states | int(Ground.STATES_PARTIES)
    outside = int(Ground.PUBLIC)
    assert grounds == {
        "chair": both, "secretariat": outside, "delegate": both, "signatory": states, "observer": outside,
        "ngo": outside, "admin": outside,
    }  # fmt: skip
    assert {name for name in PEOPLE if viewer_of(name).is_officer} == {"chair", "secretariat", "admin"}
    assert {name for name in PEOPLE if viewer_of(name).everywhere} == {"admin"}
    record_root = db.session.scalars(select(Body.id).where(Body.code == "CSP")).one()
    assert {name for name in PEOPLE if viewer_of(name).is_officer_of(record_root)} == {"secretariat", "admin"}
    assert {name for name in PEOPLE if viewer_of(name).is_officer_of(by_ref("closed-exchange").id)} == {
        "chair", "secretariat", "admin",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ref", "who"),
    [
        ("s-lessons", {"chair", "secretariat", "delegate", "signatory", "observer", "ngo", "admin", ""}),
        ("s-closed", {"chair", "secretariat", "delegate", "signatory", "admin"}),
        ("s-forum", {"chair", "secretariat", "delegate", "signatory", "admin"}),
        ("s-experts", {"chair", "secretariat", "delegate", "admin"}),
        ("m-forum", {"chair", "secretariat", "delegate", "signatory", "observer", "ngo", "admin", ""}),
        ("d-cases", {"chair", "secretariat", "delegate", "signatory", "admin"}),
        ("d-experts", {"chair", "secretariat", "delegate", "admin"}),
        ("d-list", {"chair", "secretariat", "delegate", "signatory", "ngo", "admin"}),
        ("d-speaking", {"chair", "secretariat", "ngo", "admin"}),
        ("o-stock", {"chair", "secretariat", "ngo", "admin"}),
        ("o-case-a", {"chair", "secretariat", "delegate", "signatory", "admin"}),
        ("i-earlier-g", {"chair", "secretariat", "signatory", "admin"}),
        ("r-terms", {"chair", "secretariat", "delegate", "signatory", "admin"}),
        ("f-alert", {"chair", "secretariat", "delegate", "signatory", "admin"}),
        ("plan/working-copy", {"chair", "secretariat", "admin"}),
        ("person-delegate", {"chair", "secretariat", "admin"}),
    ],
)
def test_who_sees_what(full_context, ref, who):
    record = by_ref(ref)
    found = {
        name
        for name in (*PEOPLE, "")
        if db.session.scalars(
            select(Record.id).where(Record.id == record.id, visible(viewer_of(name) if name else public(NOW.date())))
        ).all()
    }
    assert found == who


@pytest.mark.parametrize("days", [0, 200])
def test_officers_see_a_working_copy_that_is_not_released(full_context, days):
    at = NOW + timedelta(days=days)
    if days:
        refresh_demo(at)
    moved = by_ref("s-closed")
    shown = db.session.get(PublishedSession, moved.id)
    assert moved.starts_at - shown.starts_at == timedelta(hours=5)
    assert moved.on_text == shown.on_text
    placed = set(db.session.scalars(select(PublishedSlot.offer_id)))
    assert (by_ref("o-insurer").id in placed, by_ref("o-transit").id in placed) == (False, True)
    assert by_ref("verification").title == "Post-delivery verification, by agreement"
    assert by_ref("verification").public_title == "Post-delivery verification"
    assert by_ref("q-insurer").published is False


def test_every_meeting_with_sessions_has_a_release(full_context):
    released = set(db.session.scalars(select(Release.meeting_id).where(Release.is_current)))
    with_sessions = {one.meeting_id for one in of_illustration(PlanSession)}
    assert with_sessions <= released
    assert all(one.published for one in of_illustration(PlanSession))
    assert all(one.published for one in of_illustration(AgendaItem))


def test_no_session_is_overfull(full_context):
    """Lengths of items and of what is presented under them fit into the session."""
    offers = {offer.id: offer for offer in of_illustration(Offer)}
    for plan_session in of_illustration(PlanSession):
        items = db.session.scalars(select(AgendaItem).where(AgendaItem.session_id == plan_session.id))
        from planner.models import Slot

        slots = db.session.scalars(select(Slot).where(Slot.session_id == plan_session.id)).all()
        assert all(slot.offer_id in offers for slot in slots)
        minutes = sum(item.minutes or 0 for item in items) + sum(slot.minutes or 0 for slot in slots)
        assert 0 < minutes <= (plan_session.ends_at - plan_session.starts_at) / timedelta(minutes=1), plan_session.ref


def test_it_loads_without_the_record_and_links_to_it_later(app):
    from planner.core.paths import SEED

    with app.app_context():
        report = load_demo(at=NOW, password=DEMO_PASSWORD)
        assert (sum(report.made.values()) > 200, [person.is_new for person in report.people]) == (True, [True] * 7)
        import_record(SEED, actor=system(NOW.date(), "planner import"), at=NOW)
        assert load_demo(at=NOW, password=DEMO_PASSWORD).made == {"office": 1}
        assert db.session.scalar(select(func.count()).select_from(TreatyArticle)) > 20


def test_a_meeting_that_moved_keeps_its_hours(full_context):
    def hours() -> dict[str, tuple[int, str, int]]:
        from zoneinfo import ZoneInfo

        found = {}
        for one in of_illustration(PlanSession):
            local: datetime = one.starts_at.astimezone(ZoneInfo(one.zone))
            found[one.ref] = (local.weekday(), f"{local:%H:%M}", (one.ends_at - one.starts_at).seconds // 60)
            assert one.on_text == local.date().isoformat()
        return found

    before = hours()
    refresh_demo(NOW + timedelta(days=150))
    assert hours() == before


def test_papers_follow_the_meeting_they_belong_to(full_context):
    refresh_demo(NOW + timedelta(days=366))
    years = {one.symbol.split("/")[1] for one in of_illustration(Document) if one.symbol}
    assert years == {"2027"}
    meetings = {one.ref: one.start_on for one in of_illustration(Meeting)}
    assert meetings["ill-m-first"] == "2028-02-15"
