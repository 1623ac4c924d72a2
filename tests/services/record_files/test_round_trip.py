"""Export, import into an empty database, compare whole databases."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.core.db import db
from planner.core.errors import Conflict
from planner.models import (
    AgendaItem,
    Body,
    BodyKind,
    Cycle,
    Document,
    DocumentLanguage,
    DocumentSubmitter,
    Meeting,
    Offer,
    Office,
    OfficeRole,
    Origin,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    Slot,
    Stakeholder,
    StakeholderClass,
)
from planner.services import changes
from planner.services.record_files import FILE_NAMES, ImportReport, export_record
from planner.services.record_files.compare import snapshot
from tests.conftest import NOW, on_database
from tests.services.record_files.conftest import by

Load = Callable[..., ImportReport]


def one(model, ref: str):
    return db.session.scalars(select(model).where(model.ref == ref)).one()


def test_the_whole_record_comes_back_equal(the_app, databases, record_template, elsewhere, tmp_path):
    url = databases.new(record_template)
    with on_database(the_app, url), the_app.app_context():
        report = export_record(tmp_path / "out")
        here = snapshot()
    assert report.left_out == {}
    assert sorted(report.files) == sorted(FILE_NAMES)
    # The files of the record say all of it: nothing was entered here.
    assert (report.files["additions.yaml"], report.files["edits.yaml"]) == (0, 0)
    there = elsewhere(tmp_path / "out")
    assert there.keys() == here.keys()
    for table, rows in here.items():
        assert there[table] == rows, table


def test_a_second_export_is_the_same_text(the_app, databases, record_template, tmp_path):
    url = databases.new(record_template)
    with on_database(the_app, url), the_app.app_context():
        export_record(tmp_path / "one")
        export_record(tmp_path / "two")
    for name in FILE_NAMES:
        assert (tmp_path / "one" / name).read_text() == (tmp_path / "two" / name).read_text()


@pytest.fixture
def edited(record_context, actor) -> None:
    """What officers do: a room, texts, minutes, a new document and agenda item of their own, a presentation."""
    with changes.change(actor, at=NOW):
        session = one(PlanSession, "s-csp12-1")
        session.room, session.text = "Room 3, “Léman”", "Bring papers.\r\nSecond line: 10:00 # no comment\n\ttab"
        meeting = one(Meeting, "m-csp12")
        meeting.state = "postponed"
        db.session.add(
            Document(
                ref="document-own-1", title="A paper of our own: NO, yes & 2024-01-01", doc_kind="working_paper",
                origin=Origin.OWN, audience_own=4, audience_parent_id=meeting.id, meeting_id=meeting.id,
                body_id=one(Body, "wgeti").id, on_text="2026-05", symbol="ATT/CSP12.WGETI/2026/CHAIR/900/WG.WP",
                serial=900, note="مرحبا 🙂",
                languages=[DocumentLanguage(language="en", position=0, url="https://example.org/a?b=c")],
                submitters=[DocumentSubmitter(stakeholder_id=one(Stakeholder, "NO").id, position=0)],
            )
        )  # fmt: skip
        item = AgendaItem(
            ref="agenda_item-own", title="Break", origin=Origin.OWN, audience_parent_id=session.id,
            session_id=session.id, position=0, is_break=True, minutes=15,
        )  # fmt: skip
        offer = Offer(
            ref="offer-own", title="A national case", state="placed", origin=Origin.OWN, audience_parent_id=session.id,
            meeting_id=session.meeting_id, presenter_id=one(Stakeholder, "NO").id, language="fr", minutes=12,
            stakeholder_class=StakeholderClass.STATE_PARTY, summary="What we do",
        )  # fmt: skip
        db.session.add_all([item, offer])
        db.session.flush()
        db.session.add(Slot(session_id=session.id, agenda_item_id=item.id, offer_id=offer.id, position=0, minutes=10))
        topic = one(PlanItem, "t7-1")
        revision = db.session.scalars(select(PlanItemRevision).where(PlanItemRevision.item_id == topic.id)).one()
        revision.text = "Annotated by an officer."


def test_edits_of_officers_survive_with_their_origin(edited, elsewhere, tmp_path):
    report = export_record(tmp_path / "out", origins=(Origin.RECORD, Origin.OWN))
    here = snapshot()
    there = elsewhere(tmp_path / "out")
    assert report.left_out == {}
    assert there == here
    titles = (
        "Room 3, “Léman”",
        "Second line",
        "document-own-1",
        "agenda_item-own",
        "offer-own",
        "Annotated by an officer",
    )
    text = str(there)
    assert [title for title in titles if title not in text] == []


def test_what_people_entered_stays_at_home_unless_asked_for(edited, elsewhere, tmp_path):
    export_record(tmp_path / "out")
    text = "".join((tmp_path / "out" / name).read_text() for name in FILE_NAMES)
    assert "document-own-1" not in text
    assert "offer-own" not in text
    assert "agenda_item-own" not in text
    elsewhere(tmp_path / "out")


def test_bodies_cycles_and_states_of_our_own_keep_their_keys(record_context, actor, elsewhere, tmp_path):
    with changes.change(actor, at=NOW):
        db.session.add_all(
            [
                Body(
                    ref="body-1", title="A group of our own", slug="own-group", code="Own group", origin=Origin.OWN,
                    body_kind=BodyKind.WORKING_GROUP, audience_own=1,
                ),
                Cycle(
                    ref="cycle-1", title="CSP13", code="CSP13", series="CSP", number=13, from_on=date(2026, 8, 29),
                    until_on=date(2027, 8, 28), origin=Origin.OWN, audience_own=1,
                ),
                Stakeholder(
                    ref="stakeholder-1", title="A State of our own", is_state=True, iso2="QQ", origin=Origin.OWN,
                    audience_own=1,
                ),
            ]
        )  # fmt: skip
        version = db.session.scalars(
            select(PlanVersion).where(PlanVersion.ref == "plan-art11/v1").options(selectinload(PlanVersion.actions))
        ).one()
        version.state = "superseded"
    report = export_record(tmp_path / "out", origins=(Origin.RECORD, Origin.OWN))
    here = snapshot()
    there = elsewhere(tmp_path / "out")
    assert report.left_out == {}
    assert {table for table in here if here[table] != there[table]} == set()
    assert there["conference_action"] == here["conference_action"]


def test_an_office_that_was_entered_by_hand_is_the_one_that_seats_point_to(context, load, actor, files):
    load()
    files.edit("meetings.yaml", lambda data: by(data["meetings"], "id", "m-csp8-wg1").update(
        chair={"role": "Chair", "state": "SE"}))  # fmt: skip
    with changes.change(actor, at=NOW):
        office = Office(
            ref="office-own", title="Chair", origin=Origin.OWN, body_id=one(Body, "wgeti").id,
            cycle_id=one(Cycle, "CSP8").id, role=OfficeRole.CHAIR, holder_id=one(Stakeholder, "SE").id, audience_own=1,
        )  # fmt: skip
        db.session.add(office)
    report = load(files.directory)
    assert (report.updated, report.created) == ([("meeting", "m-csp8-wg1")], [])
    meeting = db.session.scalars(
        select(Meeting).where(Meeting.ref == "m-csp8-wg1").options(selectinload(Meeting.chairings))
    ).one()
    assert [row.office_id for row in meeting.chairings] == [office.id]
    assert load(files.directory).changed is False


def test_what_is_not_asked_for_stays_out(full_context, tmp_path):
    assert export_record(tmp_path / "record").left_out == {}
    assert "ill-" not in "".join((tmp_path / "record" / name).read_text() for name in FILE_NAMES)


def test_a_directory_that_holds_something_is_left_alone(record_context, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Conflict):
        export_record(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    export_record(tmp_path, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*FILE_NAMES, "mine.txt"])
    with pytest.raises(Conflict):
        export_record(tmp_path / "mine.txt")
