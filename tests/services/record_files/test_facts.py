"""The facts of the files against the database: counted, and looked at one by one where the form changes."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from planner.core.db import db
from planner.core.paths import SEED
from planner.models import (
    AgendaItem,
    AttendanceCount,
    Body,
    Citation,
    Cycle,
    Decision,
    Document,
    Instrument,
    Intervention,
    ItemKind,
    ItemLineage,
    Meeting,
    Offer,
    Office,
    Origin,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    PublishedSession,
    PublishedSlot,
    Record,
    Release,
    SessionItem,
    Slot,
    Source,
    Stage,
    Stakeholder,
    StatusPeriod,
    TreatyArticle,
)
from planner.services.record_files.compare import snapshot

pytestmark = pytest.mark.usefixtures("record_context")

FILES = {name: yaml.safe_load((SEED / f"{name}.yaml").read_text()) for name in
         ("documents", "instruments", "meetings", "parties", "plan")}  # fmt: skip
MEETINGS = FILES["meetings"]["meetings"]
SESSIONS = [one for meeting in MEETINGS for one in meeting.get("sessions", ())]
PLANS = FILES["plan"]["plans"]
THEMES = [cycle for plan in PLANS for cycle in plan["cycles"]]


def count(model, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def refs() -> dict[int, str]:
    return {row.id: row.ref for row in db.session.execute(select(Record.id, Record.ref))}


def column(model, name: str) -> dict[str, object]:
    """Return the values of one column by the keys of the records."""
    return {record.ref: getattr(record, name) for record in db.session.scalars(select(model))}


def one(model, ref: str, *options):
    return db.session.scalars(select(model).where(model.ref == ref).options(*options)).one()


def test_every_record_of_the_files_is_there_once():
    held = {
        "sources": count(Source),
        "documents": count(Document),
        "instruments": count(Instrument),
        "States": count(Stakeholder, Stakeholder.is_state),
        "organisations": count(Stakeholder, ~Stakeholder.is_state),
        "meetings": count(Meeting),
        "sessions": count(PlanSession),
        "agenda items": count(AgendaItem),
        "presentations": count(Offer),
        "slots": count(Slot),
        "interventions": count(Intervention),
        "decisions": count(Decision),
        "attendance": count(AttendanceCount),
        "stages": count(Stage),
        "plans": count(Plan),
        "versions": count(PlanVersion, PlanVersion.number.is_not(None)),
        "themes": count(PlanItem, PlanItem.item_kind == ItemKind.THEME),
        "topics": count(PlanItem, PlanItem.item_kind == ItemKind.TOPIC),
        "expected outputs": count(PlanItem, PlanItem.item_kind == ItemKind.EXPECTED_OUTPUT),
        "outputs": count(Output),
        "questions": count(PlanItem, PlanItem.item_kind == ItemKind.QUESTION),
        "cycles": count(Cycle),
    }
    outputs = sum(len(theme["expected_outputs"]) for theme in THEMES)
    assert held == {
        "sources": 85,
        "documents": 59,
        "instruments": 32,
        "States": 142,
        "organisations": 48,
        "meetings": 38,
        "sessions": 35,
        "agenda items": 30,
        "presentations": 27,
        "slots": 27,
        "interventions": sum(len(plan_session.get("interventions", ())) for plan_session in SESSIONS),
        "decisions": sum(len(meeting.get("outcome", ())) for meeting in MEETINGS),
        "attendance": sum(len(meeting.get("attendance", ())) for meeting in MEETINGS),
        "stages": 4,
        "plans": 5,
        "versions": 4,
        "themes": 10,
        "topics": 23,
        "expected outputs": outputs,
        "outputs": outputs,
        "questions": 8,
        "cycles": 12,
    }


def test_counts_are_those_of_the_readme():
    assert (len(PLANS), len(THEMES), sum(len(theme["topics"]) for theme in THEMES)) == (5, 10, 23)
    assert (len(MEETINGS), len(SESSIONS)) == (38, 35)


def test_every_record_has_the_origin_of_the_record_and_is_published():
    held = db.session.execute(select(Record.origin, Record.published).distinct()).all()
    assert [tuple(row) for row in held] == [(Origin.RECORD, True)]


def test_every_record_remembers_the_revision_that_was_imported():
    differing = select(Record).where(Record.kind != "release", Record.rev != Record.imported_rev)
    assert db.session.scalars(differing).all() == []
    assert count(Record, Record.kind != "release", Record.imported_rev.is_(None)) == 0


def test_every_meeting_with_sessions_has_one_release_that_shows_them():
    with_sessions = {meeting["id"] for meeting in MEETINGS if meeting.get("sessions")}
    names = refs()
    releases = [(names[one.meeting_id], one.number, one.is_current) for one in db.session.scalars(select(Release))]
    assert sorted(releases) == sorted((ref, 1, True) for ref in with_sessions)
    assert (count(PublishedSession), count(PublishedSlot)) == (35, 27)


def test_cycles_run_from_one_conference_to_the_next():
    cycles = db.session.scalars(select(Cycle).order_by(Cycle.number)).all()
    assert [cycle.code for cycle in cycles] == [f"CSP{number}" for number in range(1, 13)]
    assert cycles[0].from_on is None
    assert cycles[0].until_on == date(2015, 8, 28)
    assert (cycles[4].from_on, cycles[4].until_on) == (date(2018, 8, 25), date(2019, 8, 31))
    assert all(before.until_on == after.from_on for before, after in pairwise(cycles))
    assert cycles[4].conference_theme == "Gender and gender-based violence (Latvia)"


def test_bodies_have_parents_and_the_closed_forum_is_known():
    bodies = {body.code: body for body in db.session.scalars(select(Body).options(joinedload(Body.parent)))}
    assert bodies["Article 11"].parent is bodies["WGETI"]
    assert bodies["Article 11"].slug == "article-11"
    assert bodies["DIEF"].audience & 1
    assert bodies["DIEF"].work_audience == 4 | 64
    meetings = db.session.scalars(select(Meeting).where(Meeting.body_id == bodies["DIEF"].id)).all()
    assert [meeting.audience & 1 for meeting in meetings] == [1] * 5
    assert [meeting.restricted for meeting in meetings] == [True] * 5


def test_a_status_is_certain_ninety_days_after_the_end_of_the_year_of_its_deposit():
    names = refs()
    periods = {names[period.stakeholder_id]: period for period in db.session.scalars(select(StatusPeriod))}
    assert len(periods) == 142
    mexico, albania, rwanda, angola = periods["MX"], periods["AL"], periods["RW"], periods["AO"]
    assert (mexico.status, mexico.act, mexico.deposited_text, mexico.from_text, mexico.known_text) == (
        "state_party", "ratification", "2013", None, "2025-08",
    )  # fmt: skip
    # Whoever deposited in 2013 is a Party since the Treaty is in force, which is what all of them have in common.
    assert (mexico.possible_from, mexico.certain_from) == (date(2014, 12, 24), date(2014, 12, 24))
    assert (albania.deposited_text, albania.possible_from, albania.certain_from) == (
        "2014", date(2014, 12, 24), date(2015, 3, 31),
    )  # fmt: skip
    assert {period.certain_from for period in periods.values() if period.deposited_text == "2020"} == {
        date(2021, 3, 31)
    }
    assert (rwanda.status, rwanda.from_text, rwanda.certain_from) == ("signatory", None, date(2025, 8, 31))
    assert (angola.status, angola.from_text, angola.certain_until) == ("signatory", "2013", None)


def test_local_hours_become_instants_and_unknown_ones_stay_unknown():
    virtual = one(PlanSession, "s-csp7-c1")
    assert (virtual.starts_at, virtual.ends_at) == (
        datetime(2021, 6, 28, 11, 30, tzinfo=UTC), datetime(2021, 6, 28, 13, 0, tzinfo=UTC),
    )  # fmt: skip
    winter = one(PlanSession, "s-csp12-1")
    assert (winter.starts_at, winter.zone) == (datetime(2026, 3, 16, 9, 0, tzinfo=UTC), "Europe/Zurich")
    tokyo = one(PlanSession, "s-csp4-div")
    assert (tokyo.on_text, tokyo.starts_at, tokyo.zone) == ("2018-08-21", None, "Asia/Tokyo")
    with_times = {one["id"] for one in SESSIONS if "start" in one}
    held = db.session.scalars(select(PlanSession.ref).where(PlanSession.starts_at.is_not(None)))
    assert set(held) == with_times
    dayless = db.session.scalars(select(PlanSession.ref).where(PlanSession.on_text.is_(None)))
    assert set(dayless) == {one["id"] for one in SESSIONS if one.get("date") is None}


def test_meetings_are_held_cancelled_or_only_announced():
    states = column(Meeting, "state")
    assert states.pop("m-csp6-wg2") == "cancelled"
    assert states.pop("m-csp12") == "confirmed"
    assert set(states.values()) == {"held"}
    assert one(Meeting, "m-csp6-wg2").start_on == "2020-04"


def test_the_real_plan_stands_with_two_versions_and_a_reconstruction():
    plan = one(Plan, "plan-art11", selectinload(Plan.versions).selectinload(PlanVersion.actions))
    described = [
        (version.ref, version.version_kind.value, version.number, version.state, version.text_held, version.on_text,
         [action.verb.value for action in version.actions])
        for version in plan.versions
    ]  # fmt: skip
    assert described == [
        ("plan-art11/reconstruction", "reconstruction", None, "draft", True, None, []),
        ("plan-art11/v1", "numbered", 1, "endorsed", False, "2019-08-30", ["endorses"]),
        ("plan-art11/v2", "numbered", 2, "lapsed", False, "2020-04", []),
    ]
    assert one(PlanVersion, "plan-enip/v1").state == "welcomed"
    assert one(PlanVersion, "plan-wgtr-enip/v1").state == "draft"
    assert count(PlanVersion, PlanVersion.plan_id == one(Plan, "plan-art9").id) == 0


def test_topics_hang_under_their_theme_with_articles_and_lineage():
    item = one(PlanItem, "t7-1", selectinload(PlanItem.lineage).joinedload(ItemLineage.from_item))
    assert [row.from_item.ref for row in item.lineage] == ["t6-1", "t6-4"]
    revision = db.session.scalars(
        select(PlanItemRevision)
        .where(PlanItemRevision.item_id == item.id)
        .options(joinedload(PlanItemRevision.parent), selectinload(PlanItemRevision.article_links))
    ).one()
    assert (revision.parent.ref, revision.is_shown) == ("plan-art11/CSP7", True)
    numbers = select(TreatyArticle.number).where(
        TreatyArticle.id.in_([row.article_id for row in revision.article_links])
    )
    assert set(db.session.scalars(numbers)) == {"8(1)", "11(2)"}


def test_questions_are_derived_and_no_text_of_the_process():
    for number in range(1, 9):
        question = one(PlanItem, f"q-{number}", selectinload(PlanItem.citations))
        assert [(c.field, c.provenance.value) for c in question.citations] == [("", "derived")]
    revisions = db.session.scalars(
        select(PlanItemRevision).join(PlanItem, PlanItem.id == PlanItemRevision.item_id).where(
            PlanItem.item_kind == ItemKind.QUESTION).options(selectinload(PlanItemRevision.stage_links))
    ).all()  # fmt: skip
    assert [(row.cycle_id, row.parent_id, len(row.stage_links)) for row in revisions] == (
        [(None, None, 1)] * 6 + [(None, None, 0)] * 2
    )


def test_outputs_are_never_more_than_the_record_says():
    assert column(Output, "state") == {
        "o5-1": "acted_on", "o6-1": "outlined", "o6-2": "circulated", "o7-1": "drafted", "o8-1": "drafted",
        "o9-1": "outlined", "eo10-1": "acted_on", "eo11-1": "outlined",
    }  # fmt: skip
    acts = [(one.ref, action.verb, names[action.cycle_id]) for names in (refs(),) for one in with_actions(Output)
            for action in one.actions]  # fmt: skip
    assert acts == [("o5-1", "endorses", "CSP5"), ("eo10-1", "welcomes", "CSP10")]


def with_actions(model) -> list:
    return db.session.scalars(select(model).options(selectinload(model.actions)).order_by(model.id)).all()


def test_actions_are_in_the_verb_of_the_record():
    assert {one.ref: action.verb for one in with_actions(Document) for action in one.actions} == {
        "d-possible-measures": "welcomes", "d-wgtu-rep4": "endorses", "d-wgeti-rep5": "adopts",
        "d-plan-art11-v1": "endorses", "d-plan-enip-v1": "welcomes",
    }  # fmt: skip


def test_decisions_have_verb_and_paragraph_where_the_sentence_names_them():
    decisions = {row.ref: row for row in db.session.scalars(select(Decision))}
    assert (decisions["m-csp6/d1"].verb, decisions["m-csp6/d1"].paragraph) == ("establishes", "40")
    assert (decisions["m-csp7/d1"].verb, decisions["m-csp7/d1"].paragraph) == ("mandates", "27(b)")
    assert (decisions["m-csp10/d2"].verb, decisions["m-csp10/d2"].paragraph) == ("welcomes", None)
    assert decisions["m-csp5/d1"].title == "Adopted the WGETI report"


def test_serials_come_from_the_symbols():
    serials = column(Document, "serial")
    assert serials["d-wp584"] == 584
    assert serials["d-seed"] is None
    symbols = {one["id"] for one in FILES["documents"]["documents"] if one.get("symbol")}
    assert len(symbols) == 32
    assert {ref for ref, serial in serials.items() if serial is not None} <= symbols


def test_offices_follow_from_the_seats_with_their_doubt():
    offices = db.session.scalars(select(Office).options(selectinload(Office.citations))).all()
    known = {one.ref: (cited.provenance, cited.confidence) for one in offices for cited in one.citations}
    assert known["article-11/CSP5/facilitator/JM"] == ("sourced", None)
    assert known["article-11/CSP6/facilitator/RS"] == ("recalled", "medium")
    assert known["csp/CSP10/president/RO"] == ("recalled", None)
    assert known["dief/CSP8/chair/MX"] == ("sourced", None)
    assert known["wgeti/CSP6/chair/KR"] == ("sourced", None)
    assert "csp/CSP7/president/SL" in known
    assert len(known) == count(Office)


def test_seats_without_an_office_keep_their_word():
    moderator = one(PlanSession, "s-csp4-div", selectinload(PlanSession.chairings)).chairings[0]
    assert (moderator.role, moderator.office_id) == ("Moderator", None)


def test_sessions_of_a_sub_group_treat_the_theme_of_its_plan():
    names = refs()
    links = [(names[link.session_id], names[link.item_id]) for link in db.session.scalars(select(SessionItem))]
    assert sorted(links) == [
        ("s-csp10-ceii", "plan-ceii/CSP10"),
        ("s-csp10-enip", "plan-enip/CSP10"),
        ("s-csp11-enip", "plan-enip/CSP11"),
        ("s-csp12-1", "plan-enip/CSP12"),
        ("s-csp12-2", "plan-enip/CSP12"),
        ("s-csp5-wg1-11", "plan-art11/CSP5"),
        ("s-csp5-wg2-11", "plan-art11/CSP5"),
        ("s-csp6-wg1-11", "plan-art11/CSP6"),
        ("s-csp7-11", "plan-art11/CSP7"),
    ]


def test_every_source_of_every_record_is_cited():
    names = refs()
    records = db.session.scalars(
        select(Record).options(selectinload(Record.citations).selectinload(Citation.source_links))
    )
    held = {
        (record.kind, record.ref): [names[link.source_id] for link in cited.source_links]
        for record in records
        for cited in record.citations
        if cited.field == ""
    }
    for kind, rows in (
        ("document", FILES["documents"]["documents"]),
        ("instrument", FILES["instruments"]["instruments"]),
        ("meeting", MEETINGS),
        ("plan_session", SESSIONS),
        ("plan", PLANS),
        ("stakeholder", FILES["parties"]["organisations"]),
    ):
        for row in rows:
            assert held.get((kind, row["id"]), []) == row.get("source", []), row["id"]


def test_snapshot_names_records_by_their_keys():
    rows = snapshot()["document_follows"]
    assert rows == ['{"document_id": "document d-seed", "follows_id": "document d-wp257", "position": 0}']
