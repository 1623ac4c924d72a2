"""What was seen is withdrawn with a reason, says so everywhere, and can be restored; a wrong act is taken back."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html
from sqlalchemy import select

from planner.access.viewer import system
from planner.core.db import db
from planner.models import AuditEntry, Body, ConferenceAction, Cycle, Plan, Record
from planner.rules.lifecycle import ConferenceVerb, all_moves
from planner.services import search_index
from planner.services.broken_links import check_plan
from planner.services.editing import SPECS
from planner.web.urls import PAGES, record_url
from tests.administration.pages import errors_of, fields_of, with_values
from tests.conftest import NOW
from tests.factories.output import act_on, make_follow_up, make_output
from tests.factories.plan import make_plan, make_version
from tests.factories.plan_session import edit

REASON = "It was entered <b>twice</b>."
WORD = dict.fromkeys(("body", "instrument", "person", "stakeholder"), "no longer in use")
REGISTERS = {
    "output": "/outputs", "decision": "/decisions", "document": "/documents", "plan": "/plans", "body": "/bodies",
    "stakeholder": "/stakeholders", "instrument": "/instruments", "source": "/sources",
}  # fmt: skip


def words_of(page: bytes) -> str:
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def found(full_app, kind: str, **states) -> dict:
    """Return what is stored of the first record of a kind that everybody may see."""
    with full_app.test_request_context():
        chosen = select(Record).where(Record.kind == kind, Record.published, Record.audience.bitwise_and(1) != 0)
        chosen = chosen.where(Record.state.is_(None) | (Record.state != "acted_on"))
        for name, value in states.items():
            chosen = chosen.where(getattr(Record, name) == value)
        record = db.session.scalars(chosen.order_by(Record.origin == "record", Record.id)).first()
        return {"id": record.id, "title": record.title, "ref": record.ref, "url": record_url(kind, record.id)}


def stored(full_app, record_id: int) -> tuple:
    with full_app.app_context():
        row = select(Record.state, Record.is_withdrawn, Record.withdrawn_because).where(Record.id == record_id)
        return tuple(db.session.execute(row).one())


def move(client, record_id: int, verb: str, **given):
    """Make a move as a browser does: ask for its form, fill it in, send it."""
    address = f"/records/{record_id}/move/{verb}"
    page = client.get(address)
    return client.post(address, data=with_values(fields_of(page.data), **given)) if page.status_code == 200 else page


def row_of(client, register: str, record: dict) -> str:
    """Return the cell "Withdrawn" of a record in the file of its register."""
    export = client.get(f"{register}?format=csv&illustrations=include")
    return next(row["Withdrawn"] for row in csv.DictReader(io.StringIO(export.text)) if record["ref"] in row.values())


@pytest.mark.parametrize("kind", REGISTERS)
def test_what_was_seen_is_withdrawn_and_says_so(full_app, sign_in, client, kind):
    admin = sign_in("admin")
    record = found(full_app, kind)
    before = stored(full_app, record["id"])
    address = f"/records/{record['id']}/move/withdraw"
    page = admin.get(address)
    assert [name for name, _ in fields_of(page.data)] == ["rev", "reason"]
    refused = admin.post(address, data=with_values(fields_of(page.data)))
    assert (refused.status_code, errors_of(refused.data)) == (422, ["Reason: This is needed."])
    assert f'href="{address}"' in admin.get(record["url"]).text
    answer = move(admin, record["id"], "withdraw", reason=REASON)
    assert (answer.status_code, answer.location) == (303, record["url"])
    assert stored(full_app, record["id"]) == (before[0], True, REASON)
    word = WORD.get(kind, "withdrawn")
    seen = client.get(record["url"])
    assert f"This is {word}. {REASON}" in words_of(seen.data)
    assert "<b>twice</b>" not in seen.text
    assert row_of(client, REGISTERS[kind], record) == word
    assert word in words_of(client.get(REGISTERS[kind], query_string={"q": record["title"][:60]}).data)
    assert word in words_of(client.get("/search", query_string={"q": f"{record['title']}"[:80], "kind": kind}).data)
    assert [link for link in admin.get(record["url"]).text.split('"') if f"/{record['id']}/move/" in link] == [
        f"/records/{record['id']}/move/restore"
    ]
    with full_app.app_context():
        viewer = system(NOW.date(), "test")
        assert record["id"] not in {link.record_id for link in check_plan(viewer)}
    assert move(admin, record["id"], "restore", reason="It was right.").status_code == 303
    assert stored(full_app, record["id"]) == before
    assert f"This is {word}." not in words_of(client.get(record["url"]).data)
    told = words_of(admin.get(f"/records/{record['id']}/history").data)
    assert all(text in told for text in (REASON, "It was right.", "Why it was withdrawn"))


@pytest.mark.parametrize("kind", REGISTERS)
def test_who_may_not_withdraw_is_refused(full_app, sign_in, client, kind):
    record = found(full_app, kind)
    address = f"/records/{record['id']}/move/withdraw"
    before = stored(full_app, record["id"])
    sent = {"rev": "1", "reason": REASON}
    answers = {name: sign_in(name).post(address, data=sent).status_code for name in ("delegate", "observer", "ngo")}
    assert answers == {"delegate": 403, "observer": 403, "ngo": 403}
    assert client.post(address, data=sent).status_code == 303
    assert stored(full_app, record["id"]) == before


def test_every_kind_that_is_found_ends_in_some_way(full_app):
    """No kind that a form writes is without an end, but for those that have a last day and those of the Treaty."""
    ends = {"withdrawn", "cancelled", "dropped"}
    without = {kind for kind in SPECS if not ends & {one.target for one in all_moves(kind)}}
    assert without == {"cycle", "office", "stage", "treaty_article"}
    assert set(SPECS) - {"agenda_item"} <= set(PAGES)
    assert set(REGISTERS) <= set(search_index.KINDS)


def test_a_withdrawn_record_makes_no_other_move(full_app, sign_in):
    admin = sign_in("admin")
    record = found(full_app, "output", state="drafted")
    assert move(admin, record["id"], "withdraw", reason=REASON).status_code == 303
    answer = admin.get(f"/records/{record['id']}/move/finalise")
    assert (answer.status_code, "It has been withdrawn. Restore it first." in answer.text) == (409, True)
    assert admin.get(f"/records/{record['id']}/move/withdraw").status_code == 409


def acted_on(full_app, kind: str) -> tuple[int, str, str]:
    """Make a record on which the Conference is said to have acted; return its id, its page and its state before."""
    with full_app.test_request_context():
        cycle = db.session.scalars(select(Cycle).where(Cycle.origin == "illustration")).first()
        body = db.session.scalars(select(Plan).where(Plan.origin == "illustration")).first().body_id
        body = db.session.get_one(Body, body)
        if kind == "output":
            record = make_output("A report", state="final", audience_own=None, audience_parent_id=body.id)
        else:
            plan = make_plan(body, ref="Another plan", first=cycle)
            record = make_version(plan, 1, state="submitted", acted_by_cycle_id=cycle.id)
        before = record.state
        act_on(record, ConferenceVerb.ENDORSES, cycle)
        edit(record, state="acted_on" if kind == "output" else "endorsed")
        return record.id, record_url(kind, record.id), before


@pytest.mark.parametrize("kind", ["output", "plan_version"])
def test_an_act_that_was_recorded_by_mistake_is_taken_back_by_the_secretariat(full_app, sign_in, kind):
    record_id, page, before = acted_on(full_app, kind)
    address = f"/records/{record_id}/move/take_back"
    chair, secretariat = sign_in("chair"), sign_in("secretariat")
    assert (address in chair.get(page).text, address in secretariat.get(page).text) == (False, True)
    assert (chair.get(address).status_code, chair.post(address, data={"rev": "1"}).status_code) == (403, 403)
    assert secretariat.get(f"/records/{record_id}/move/withdraw").status_code in (404, 409)
    assert move(secretariat, record_id, "take_back").status_code == 422
    assert move(secretariat, record_id, "take_back", reason="Another text was meant.").status_code == 303
    with full_app.app_context():
        record = db.session.get_one(Record, record_id)
        acts = list(db.session.scalars(select(ConferenceAction).where(ConferenceAction.record_id == record_id)))
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (record.state, acts, entry.action, entry.reason) == (before, [], "take_back", "Another text was meant.")
        assert getattr(record, "acted_by_cycle_id", None) is None
    told = words_of(secretariat.get(f"/records/{record_id}/history").data)
    assert "Undo the recorded act" in told


def test_an_act_on_which_something_rests_is_not_taken_back(full_app, sign_in):
    record_id, _, _ = acted_on(full_app, "output")
    secretariat = sign_in("secretariat")
    with full_app.app_context():
        make_follow_up("What was asked of all", comes_from_id=record_id)
    answer = move(secretariat, record_id, "take_back", reason="A mistake.")
    assert (answer.status_code, "“What was asked of all” rests on it." in answer.text) == (409, True)
    assert stored(full_app, record_id)[0] == "acted_on"
