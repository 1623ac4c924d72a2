"""A comment stays with its item through any sequence of edits of the plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Conflict, Invalid
from planner.models import Comment, ItemLineage, LineageKind, PlanItem, PlanItemRevision, PlanVersion, VersionKind
from planner.services import changes, consultations, editing
from tests.conftest import Databases, on_database

from .shared import NOW, answer_all, item, remark, version, viewer

TOPICS = ("licences", "denials", "verification", "carriers", "depots", "banks")
edits = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(TOPICS), st.text("abc ", min_size=1, max_size=12)),
    st.tuples(st.just("move"), st.sampled_from(TOPICS), st.integers(0, 4)),
    st.tuples(st.just("reorder"), st.sampled_from(TOPICS), st.integers(0, 40)),
    st.tuples(st.just("take out"), st.sampled_from(TOPICS), st.none()),
    st.tuples(st.just("merge"), st.sampled_from(TOPICS), st.sampled_from(TOPICS)),
    st.tuples(st.just("circulate"), st.none(), st.none()),
)


def put(act: str, key: str | None, value: Any, at: Any) -> None:
    chair = viewer("chair")
    if act == "circulate":
        plan_id = version().plan_id
        draft = db.session.scalars(
            select(PlanVersion).where(
                PlanVersion.plan_id == plan_id, PlanVersion.version_kind == VersionKind.WORKING_COPY
            )
        ).one_or_none()
        if draft is not None:
            deadline = (at + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
            editing.move_record(chair, draft.id, "circulate", rev=draft.rev, at=at, given={"deadline": deadline})
        return
    of = item(key or "")
    if act == "take out":
        editing.move_record(chair, of.id, "withdraw", rev=of.rev, at=at, given={"reason": "No more"})
        return
    if act == "merge":
        with changes.change(chair, at=at):
            if value != key and db.session.get(ItemLineage, (of.id, item(value).id)) is None:
                db.session.add(ItemLineage(item_id=of.id, from_item_id=item(value).id, lineage_kind=LineageKind.MERGED))
        return
    themes = db.session.scalars(
        select(PlanItem).where(PlanItem.item_kind == "theme", PlanItem.origin == "illustration").order_by(PlanItem.id)
    ).all()
    values = {
        "edit": {"title": value},
        "move": {"parent_id": themes[value % len(themes)].id} if act == "move" else {},
        "reorder": {"position": value},
    }[act]
    editing.edit_record(chair, of.id, rev=of.rev, at=at, values=values)


def told() -> dict[int, tuple[int | None, int, str | None, str | None]]:
    db.session.expire_all()
    return {one.id: (one.item_id, one.version_id, one.text, one.proposed_title) for one in db.session.scalars(
        select(Comment))}  # fmt: skip


@given(steps=st.lists(edits, min_size=1, max_size=8))
@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_comments_stay_with_their_items(the_app, databases: Databases, full_template: str, steps) -> None:
    url = databases.new(full_template)
    with on_database(the_app, url), the_app.app_context():
        before_titles = dict(db.session.execute(select(PlanItemRevision.item_id, PlanItemRevision.title).where(
            PlanItemRevision.version_id == version().id)).all())  # fmt: skip
        made = {
            key: consultations.submit_comment(
                viewer("delegate"), version().id, remark(f"On {key}"), at=NOW, item_id=item(key).id
            ).id
            for key in TOPICS
        }
        before = told()
        for number, (act, key, value) in enumerate(steps, start=1):
            try:
                put(act, key, value, NOW + timedelta(minutes=number))
            except (Conflict, Invalid):
                db.session.rollback()
        assert told() == before
        chair = viewer("chair")
        found = consultations.get_round(chair, version().id, at=NOW)
        rows = {row.id: row for row in consultations.list_comment_rows(chair, found)}
        for key, comment_id in made.items():
            of = item(key)
            assert (rows[comment_id].item_id, rows[comment_id].item_title) == (of.id, before_titles[of.id]), steps
        answer_all()
        consultations.close_round(chair, version().id, at=NOW + timedelta(days=1))
    databases.drop(url)
