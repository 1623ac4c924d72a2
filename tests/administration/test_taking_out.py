"""An item is taken out of a plan or off an agenda; what everybody reads follows with the next version or release."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased, selectinload

from planner.access.viewer import system
from planner.core.db import db
from planner.models import (
    AgendaItem,
    AuditEntry,
    Body,
    Cycle,
    ItemKind,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    PublishedSession,
    Record,
    Slot,
)
from planner.rules.lifecycle import ConferenceVerb
from planner.services import releases
from planner.services.editing.reading import working_copy_of
from planner.web.urls import record_url
from tests.administration.pages import fields_of, with_values
from tests.administration.test_withdrawing import move, stored, words_of
from tests.conftest import NOW
from tests.factories.output import act_on
from tests.factories.plan import make_item, make_plan, make_version
from tests.factories.plan_session import edit

REASON = "Nobody speaks to it."
_item = aliased(AgendaItem, flat=True)


@pytest.fixture
def plan(full_app) -> int:
    """The plan of the illustration, with a working copy, which this opens where there is none."""
    with full_app.app_context():
        return db.session.scalars(select(Plan.id).where(Plan.origin == "illustration").order_by(Plan.id)).first()


def new_topic(full_app, admin, plan: int, **given) -> int:
    """Draft a topic under the first theme of the plan, with a text, an Article and a stage; return its id."""
    with full_app.app_context():
        theme = db.session.scalars(
            select(PlanItem.id).where(PlanItem.plan_id == plan, PlanItem.item_kind == "theme").order_by(PlanItem.id)
        ).first()
        rows = select(Record.kind, Record.id).where(Record.kind.in_(("stage", "treaty_article"))).order_by(Record.id)
        some = {kind: f"#{record_id}" for kind, record_id in db.session.execute(rows)}
    page = admin.get(f"/administration/new/plan_item?plan={plan}")
    values = {"title": "A topic of the draft", "plan_id": str(plan), "item_kind": "topic", "parent_id": f"#{theme}"}
    values |= {"text": "What it is about.", "articles": some["treaty_article"], "stages": some["stage"], **given}
    answer = admin.post("/administration/new/plan_item", data=with_values(fields_of(page.data), **values))
    assert answer.status_code == 303, answer.text
    with full_app.app_context():
        return db.session.scalars(select(PlanItem.id).where(PlanItem.title == values["title"])).one()


def texts_of(full_app, item: int) -> list[tuple]:
    """Return version kind, shown, title, text, Articles and stages of each text of an item."""
    with full_app.app_context():
        return [
            (
                str(version.version_kind), one.is_shown, one.title, one.text, one.parent_id,
                len(one.article_links), len(one.stage_links),
            )
            for one, version in db.session.execute(
                select(PlanItemRevision, PlanVersion)
                .join(PlanVersion, PlanVersion.id == PlanItemRevision.version_id)
                .where(PlanItemRevision.item_id == item)
                .options(selectinload(PlanItemRevision.article_links), selectinload(PlanItemRevision.stage_links))
                .order_by(PlanItemRevision.id)
            )
        ]  # fmt: skip


def url_of(full_app, record_id: int, kind: str = "plan_item") -> str:
    with full_app.test_request_context():
        return record_url(kind, record_id)


def test_a_topic_that_only_officers_saw_leaves_the_draft_and_comes_back_whole(full_app, sign_in, client, plan):
    admin = sign_in("admin")
    topic = new_topic(full_app, admin, plan)
    before = texts_of(full_app, topic)
    page = url_of(full_app, topic)
    assert move(sign_in("delegate"), topic, "withdraw", reason=REASON).status_code == 404
    assert move(admin, topic, "withdraw", reason=REASON).status_code == 303
    assert (texts_of(full_app, topic), stored(full_app, topic)) == ([], (None, True, REASON))
    assert f"This is withdrawn. {REASON}" in words_of(admin.get(page).data)
    assert client.get(page).status_code == 404
    assert "A topic of the draft" not in words_of(
        admin.get(url_of(full_app, copy_of(full_app, plan), "plan_version")).data
    )
    told = words_of(admin.get(f"/records/{topic}/history").data)
    assert all(text in told for text in ("Take out of the plan", REASON, "What it is about."))
    assert move(admin, topic, "restore", reason="Somebody does.").status_code == 303
    assert (texts_of(full_app, topic), stored(full_app, topic)) == (before, (None, False, None))


def copy_of(full_app, plan: int) -> int:
    with full_app.app_context():
        return working_copy_of(plan).id


def test_what_everybody_reads_leaves_with_the_version_without_it(full_app, sign_in, client, plan):
    admin = sign_in("admin")
    topic = new_topic(full_app, admin, plan)
    page, deadline = url_of(full_app, topic), "2030-01-15T18:00"
    circulated = copy_of(full_app, plan)
    assert move(admin, circulated, "circulate", deadline=deadline).status_code == 303
    assert "A topic of the draft" in words_of(client.get(page).data)
    assert move(admin, topic, "withdraw", reason=REASON).status_code == 303
    assert stored(full_app, topic) == (None, False, REASON)
    assert REASON not in client.get(page).text
    assert "officers of the body alone read this." in words_of(admin.get(page).data)
    assert "A topic of the draft" in words_of(client.get("/topics?q=A+topic+of+the+draft").data)
    assert move(admin, copy_of(full_app, plan), "circulate", deadline=deadline).status_code == 303
    assert stored(full_app, topic) == (None, True, REASON)
    assert f"This is withdrawn. {REASON}" in words_of(client.get(page).data)
    assert "A topic of the draft withdrawn" in words_of(client.get("/topics?q=A+topic+of+the+draft").data)
    shown = {name: client.get(name).text for name in (url_of(full_app, plan, "plan"), "/plan")}
    assert [name for name, text in shown.items() if "A topic of the draft" in text] == []
    assert "A topic of the draft" in client.get(url_of(full_app, circulated, "plan_version")).text
    assert move(admin, topic, "restore", reason="Somebody does.").status_code == 303
    assert stored(full_app, topic) == (None, True, REASON)
    assert move(admin, copy_of(full_app, plan), "circulate", deadline=deadline).status_code == 303
    assert stored(full_app, topic) == (None, False, None)
    assert "A topic of the draft" in client.get(url_of(full_app, plan, "plan")).text


def test_a_draft_that_is_withdrawn_takes_nothing_out(full_app, sign_in, plan):
    admin = sign_in("admin")
    topic = new_topic(full_app, admin, plan)
    assert move(admin, copy_of(full_app, plan), "circulate", deadline="2030-01-15T18:00").status_code == 303
    assert move(admin, topic, "withdraw", reason=REASON).status_code == 303
    assert move(admin, copy_of(full_app, plan), "withdraw", reason="Not now.").status_code == 303
    assert stored(full_app, topic) == (None, False, None)


def test_nothing_is_taken_out_that_others_stand_below(full_app, sign_in, plan):
    admin = sign_in("admin")
    topic = new_topic(full_app, admin, plan)
    question = new_topic(full_app, admin, plan, title="Who?", item_kind="question", parent_id=f"#{topic}")
    answer = move(admin, topic, "withdraw", reason=REASON)
    assert (answer.status_code, "Other items stand below it." in answer.text) == (409, True)
    assert [move(admin, one, "withdraw", reason=REASON).status_code for one in (question, topic)] == [303, 303]


def test_what_was_taken_out_is_put_back_before_it_is_written_or_built_on(full_app, sign_in, plan):
    admin = sign_in("admin")
    topic = new_topic(full_app, admin, plan)
    theme = f"#{texts_of(full_app, topic)[0][4]}"
    assert move(admin, topic, "withdraw", reason=REASON).status_code == 303
    edit_page = f"/records/{topic}/edit"
    sent = with_values(fields_of(admin.get(edit_page).data), title="Other", text="Other words.", parent_id=theme)
    page = admin.get(f"/administration/new/plan_item?plan={plan}")
    below = with_values(fields_of(page.data), title="Who?", plan_id=str(plan), item_kind="question")
    answer = admin.post("/administration/new/plan_item", data={**below, "parent_id": [f"#{topic}"]})
    assert (answer.status_code, "This item has been taken out of the plan." in answer.text) == (422, True)
    assert f"(#{topic})" not in page.text
    refused = admin.post(edit_page, data=sent)
    assert (refused.status_code, "Put it back first." in refused.text) == (409, True)
    assert texts_of(full_app, topic) == []
    assert f"/records/{topic}/move/restore" in admin.get(edit_page).text


def test_the_text_of_a_version_that_was_acted_on_stays(full_app, sign_in):
    """Taking a topic out of such a plan opens a working copy without it."""
    with full_app.app_context():
        cycle = db.session.scalars(select(Cycle).where(Cycle.origin == "illustration")).first()
        body = db.session.get_one(
            Body, db.session.scalar(select(Plan.body_id).where(Plan.origin == "illustration").limit(1))
        )
        plan = make_plan(body, ref="Another plan", first=cycle)
        version = make_version(plan, 1, state="submitted", acted_by_cycle_id=cycle.id)
        theme = make_item(version, ItemKind.THEME, ref="Endorsed theme", cycle=cycle)
        act_on(version, ConferenceVerb.ENDORSES, cycle)
        edit(version, state="endorsed")
        found = (theme.id, plan.id)
    before = texts_of(full_app, found[0])
    admin = sign_in("admin")
    assert move(admin, found[0], "withdraw", reason=REASON).status_code == 303
    assert [one for one in texts_of(full_app, found[0]) if one[0] != "working_copy"] == [
        one for one in before if one[0] != "working_copy"
    ]
    assert stored(full_app, found[0]) == (None, False, REASON)
    assert copy_of(full_app, found[1])


def agenda_of_release(full_app) -> tuple[int, int, list[int]]:
    """Return meeting, session and items of a released session whose last item holds no presentation."""
    with full_app.app_context():
        taken = select(Slot.agenda_item_id).where(Slot.agenda_item_id.is_not(None))
        row = db.session.execute(
            select(PlanSession.meeting_id, PlanSession.id)
            .join(PublishedSession, PublishedSession.session_id == PlanSession.id)
            .join(_item, _item.session_id == PlanSession.id)
            .where(PlanSession.origin == "illustration", PlanSession.state == "confirmed")
            .where(_item.id.not_in(taken), _item.published)
        ).first()
        items = select(AgendaItem.id).where(AgendaItem.session_id == row[1]).order_by(
            AgendaItem.id.in_(taken), AgendaItem.position
        )  # fmt: skip
        return row[0], row[1], list(db.session.scalars(items))


def test_an_item_goes_off_the_agenda_and_the_release_keeps_it(full_app, sign_in, client):
    admin = sign_in("admin")
    meeting, session, items = agenda_of_release(full_app)
    item = items[0]
    with full_app.app_context():
        title = db.session.get_one(Record, item).title
    page, agenda = url_of(full_app, session, "plan_session"), f"/records/{session}/agenda"
    assert f"/records/{item}/move/withdraw" in admin.get(agenda).text
    assert move(sign_in("delegate"), item, "withdraw", reason=REASON).status_code == 403
    answer = move(admin, item, "withdraw", reason=REASON)
    assert (answer.status_code, answer.location) == (303, agenda)
    assert stored(full_app, item) == (None, False, REASON)
    assert (title in words_of(client.get(page).data), REASON in client.get(page).text) == (True, False)
    shown = words_of(admin.get(agenda).data)
    assert (REASON in shown, f"/records/{item}/move/restore" in admin.get(agenda).text) == (True, True)
    fields = fields_of(admin.get(agenda).data)
    assert [name for name, _ in fields if name == f"position-{item}"] == []
    assert admin.post(agenda, data=with_values(fields)).status_code == 303
    with full_app.app_context():
        releases.publish_release(meeting, name="Without it", actor=system(NOW.date(), "test"), at=NOW)
        programme = db.session.get_one(PublishedSession, session).programme
        assert item not in {one["id"] for one in programme["items"]}
    assert stored(full_app, item) == (None, True, REASON)
    assert title not in words_of(client.get(page).data)
    assert move(admin, item, "restore", reason="It is treated.").status_code == 303
    with full_app.app_context():
        assert stored(full_app, item) == (None, False, None)
        last = select(AgendaItem.id).where(AgendaItem.session_id == session).order_by(AgendaItem.position.desc())
        assert db.session.scalars(last).first() == item
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.record_id == item).order_by(AuditEntry.id.desc())
        )
        assert entry.first().reason == "It is treated."


def test_an_agenda_keeps_its_order_when_items_are_off_it(full_app, sign_in):
    admin = sign_in("admin")
    _, session, items = agenda_of_release(full_app)
    agenda = f"/records/{session}/agenda"
    new = []
    for name in ("First", "Second", "Third"):
        page = admin.get(f"/administration/new/agenda_item?session={session}")
        sent = with_values(fields_of(page.data), title=f"{name} of the draft", minutes="5")
        assert admin.post("/administration/new/agenda_item", data=sent).status_code == 303
        with full_app.app_context():
            new.append(
                db.session.scalars(select(AgendaItem.id).where(AgendaItem.title == f"{name} of the draft")).one()
            )
    assert move(admin, new[0], "withdraw", reason=REASON).status_code == 303
    assert stored(full_app, new[0]) == (None, True, REASON)
    sent = with_values(fields_of(admin.get(agenda).data), **{f"position-{new[2]}": "1", f"position-{new[1]}": "1"})
    assert admin.post(agenda, data=sent).status_code == 303
    with full_app.app_context():
        order = select(AgendaItem.id).where(AgendaItem.session_id == session).order_by(AgendaItem.position)
        assert set(db.session.scalars(order)) == {*items, *new}
        assert db.session.scalars(order).all()[-1] == new[0]
