"""The table of comments equals the database, by item and by State, as page, CSV and workbook."""

import csv
import io
from datetime import timedelta

import openpyxl
from sqlalchemy import select

from planner.core.db import db
from planner.formats import comment_table
from planner.models import Comment, ConsultationLink, Person, PlanItemRevision, Stakeholder
from planner.rules.comment_words import COMMENT_KINDS, DISPOSITIONS
from planner.services import consultations
from planner.services.consultations import Asked

from .shared import NOW, item, remark, submit, version, viewer, wording


def in_database() -> dict[int, dict[str, str]]:
    """Return what the rows of the database say, each read by itself."""
    db.session.expire_all()
    found = {}
    for c in db.session.scalars(select(Comment).where(Comment.version_id == version().id)):
        on = select(PlanItemRevision.title).where(
            PlanItemRevision.item_id == c.item_id, PlanItemRevision.version_id == c.version_id
        )
        person = select(Person.title).where(Person.id == c.person_id)
        link = select(ConsultationLink.person_name).where(ConsultationLink.id == c.link_id)
        found[c.id] = {
            "On": db.session.scalar(on) or "The plan as a whole",
            "From": db.session.scalar(select(Stakeholder.title).where(Stakeholder.id == c.stakeholder_id)) or "",
            "Kind": str(COMMENT_KINDS[c.comment_kind.value]),
            "Comment": c.text or "",
            "Proposed title": c.proposed_title or "",
            "Proposed text": c.proposed_text or "",
            "Late": "late" if c.is_late else "",
            "Withdrawn": "withdrawn" if c.is_withdrawn else "",
            "Answer": str(DISPOSITIONS[c.disposition.value]) if c.disposition else "",
            "Reason": c.disposition_reason or "",
            "Through": db.session.scalar(link) or db.session.scalar(person) or "",
            "In reply to": str(c.in_reply_to_id or ""),
            "Submitted UTC": c.submitted_at.isoformat(),
        }
    return found


def fill() -> None:
    first = submit("delegate", remark("=SUM(1) is\ntwo lines"), on="carriers")
    submit("signatory", remark("-1 from us"), in_reply_to_id=first)
    submit("ngo", wording(text="Another text"), on="q-carrier", at=version().comments_until + timedelta(hours=1))
    gone = submit("observer", on="depots")
    consultations.withdraw_comment(viewer("observer"), gone, at=NOW)


def table(order: str) -> list[consultations.CommentRow]:
    chair = viewer("chair")
    return consultations.table_of_comments(chair, consultations.get_round(chair, version().id, at=NOW), order)


def test_the_csv_equals_the_database(full_context):
    fill()
    expected = in_database()
    for order in ("item", "state"):
        lines = list(csv.DictReader(io.StringIO(comment_table.csv_text(table(order)))))
        told = {
            int(line["Number"]): {
                name: line[name].removeprefix("'") if name != "Proposed text" else line[name]
                for name in next(iter(expected.values()))
            }
            for line in lines
        }
        assert told == expected
        assert len(lines) == len(expected) == 11


def test_the_workbook_equals_the_database_on_both_sheets(full_context):
    fill()
    expected = in_database()
    book = openpyxl.load_workbook(io.BytesIO(comment_table.workbook(table("item"), "officers")))
    assert book.sheetnames == ["By item", "By State"]
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        told = {}
        for row in rows:
            line = dict(zip(head, row, strict=True))
            told[line["Number"]] = {
                name: f"{line[name].isoformat()}+00:00" if name == "Submitted UTC" else str(line[name] or "")
                for name in next(iter(expected.values()))
            }
        assert told == expected


def test_by_item_a_reply_follows_what_it_answers_and_by_state_each_stands_together(full_context):
    fill()
    rows = table("item")
    places = [row.item_place for row in rows]
    assert places == sorted(places)
    for row in rows:
        if row.in_reply_to_id is not None:
            before = rows[rows.index(row) - 1]
            assert row.in_reply_to_id in (before.id, before.in_reply_to_id)
    names = [row.stakeholder for row in table("state")]
    assert names == sorted(names, key=str.casefold)


def test_the_page_shows_what_the_table_holds(full_context):
    fill()
    chair = viewer("chair")
    page = consultations.get_page(chair, version().id, Asked(), at=NOW)
    shown = [entry.row for group in page.groups for entry in group.entries]
    assert shown == table("item")
    assert (page.count, page.late, page.undecided) == (11, 1, 6)
    narrowed = consultations.get_page(chair, version().id, Asked(by="state", answer="late"), at=NOW)
    assert [entry.row.stakeholder for group in narrowed.groups for entry in group.entries] == [
        "Civil Society Network U"
    ]
    on = {group.item.number: group.item.id for group in page.groups if group.item}
    assert on["3.1"] == item("carriers").id


def test_a_delegate_is_told_no_answer_before_the_round_is_closed(full_context):
    delegate = viewer("delegate")
    found = consultations.get_round(delegate, version().id, at=NOW)
    rows = consultations.list_comment_rows(delegate, found)
    assert {row.stakeholder for row in rows} >= {"Exporting State A", "Signatory State G"}
    assert {(row.disposition, row.reason, row.applied_at) for row in rows} == {(None, None, None)}
