"""What must always be true of the records, held by the database itself: each breach is tried in its own words (SQL)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from planner.core.db import db
from planner.models import (
    Comment,
    CommentKind,
    ItemKind,
    Plan,
    Record,
    Stage,
    StakeholderClass,
    TreatyArticle,
    VersionKind,
)
from planner.rules.audience import Ground
from planner.rules.lifecycle import ConferenceVerb
from planner.services import changes, rounds
from planner.services.releases import publish_release
from tests.app.breaches import ALLOWED, BREACHES, SHOWN
from tests.conftest import SERVER_URL, Databases, on_database
from tests.factories.cycle import make_cycle
from tests.factories.document import make_document
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.output import act_on, make_decision, make_follow_up, make_output
from tests.factories.plan import make_item, make_plan, make_version, make_working_copy, revise
from tests.factories.plan_session import edit, make_plan_session

Ids = dict[str, int]


def _plan(ids: Ids) -> None:
    early, late = make_cycle(4), make_cycle(6)
    top, sub = make_body("top"), make_body("sub")
    edit(sub, parent_id=top.id)
    plan = make_plan(top, ref="plan", first=early, last=late)
    article, stage = _article_and_stage()
    acted = make_version(plan, 1, state="submitted")
    numbered = make_version(plan, 2, state="circulated")
    rebuilt = make_version(
        plan, 0, state="draft", version_kind=VersionKind.RECONSTRUCTION, number=None, title="Reconstruction"
    )
    copy = make_working_copy(plan)
    theme = make_item(acted, ItemKind.THEME, ref="theme", cycle=early, articles=[article], stages=[stage])
    other = make_item(copy, ItemKind.THEME, ref="other", cycle=late, articles=[article], stages=[stage])
    edit(acted, acted_by_cycle_id=early.id)
    act_on(acted, ConferenceVerb.ENDORSES, early)
    edit(acted, state="endorsed")
    drafted = revise(theme, copy, cycle=late, is_shown=False)
    further = make_document("Annex"), make_document("Annex of the annex")
    edit(further[1], annex_of_id=further[0].id, supersedes_id=further[0].id)
    frozen = db.session.execute(
        text("SELECT id FROM plan_item_revision WHERE version_id = :id"), {"id": acted.id}
    ).scalar_one()
    loose = db.session.execute(
        text("SELECT id FROM plan_item_revision WHERE item_id = :id"), {"id": other.id}
    ).scalar_one()
    ids |= {
        "early": early.id, "late": late.id, "top": top.id, "sub": sub.id, "plan": plan.id, "acted": acted.id,
        "numbered": numbered.id, "rebuilt": rebuilt.id, "copy": copy.id, "theme": theme.id, "other": other.id,
        "frozen": frozen, "loose": loose, "drafted": drafted.id, "article": article.id, "stage": stage.id,
        "annex": further[0].id, "annex_of_annex": further[1].id,
    }  # fmt: skip


def _article_and_stage() -> tuple[TreatyArticle, Stage]:
    with changes.change(WRITER, at=AT):
        article = TreatyArticle(ref="11", number="11", title="Article 11", position=1, audience_own=int(Ground.PUBLIC))
        stage = Stage(ref="stage", title="Export", number=1, audience_own=int(Ground.PUBLIC))
        db.session.add_all([article, stage])
    return article, stage


def _meeting(ids: Ids) -> None:
    body = make_body("wg")
    meeting = make_meeting(body, ref="meeting", start_on="2027-02", end_on="2027-02-17")
    presenter = make_organisation("presenter")
    plan_session = make_plan_session(meeting, ref="session", on_text="2027-02-16")
    offer = make_offer(meeting, presenter, title="Offer")
    place(offer, plan_session)
    release = publish_release(meeting.id, name="First", actor=WRITER, at=AT)
    waits = make_offer(meeting, presenter, title="Waits")
    unseen = make_plan_session(meeting, ref="unseen", position=1, on_text="2027-02-17")
    followed = {"owner_id": body.id, "due_on": date(2027, 3, 1)}
    made = {
        "wg": body, "meeting": meeting, "session": plan_session, "offer": offer, "release": release, "waits": waits,
        "unseen": unseen, "decision": make_decision(meeting, "Asks for a list"),
        "corrected": make_decision(
            meeting, "As it is", state="corrected", original_text="As it was", correction_reason="Typed wrongly"
        ),
        "open": make_follow_up("Open", **followed),
        "done": make_follow_up("Done", state="done", evidence="Sent", **followed),
        "dropped": make_follow_up("Dropped", state="dropped", reason="Late", **followed),
        "nobodys": make_follow_up("Of nobody", evidence="Sent", due_on=date(2027, 3, 1)),
        "undated": make_follow_up("Some day", evidence="Sent", owner_id=body.id),
        "final": make_output("Final", state="final"), "output": make_output("Output", state="final"),
    }  # fmt: skip
    act_on(made["output"], ConferenceVerb.WELCOMES, make_cycle(9))
    edit(made["output"], state="acted_on")
    ids |= {name: record.id for name, record in made.items()}
    ids["entry"] = db.session.execute(text("SELECT min(id) FROM calendar_entry")).scalar_one()
    ids["act"] = db.session.execute(text("SELECT max(id) FROM conference_action")).scalar_one()


def _rounds(ids: Ids) -> None:
    """A round that runs, with a comment without an answer and one with a reply, and one that is closed."""
    plan = db.session.get_one(Plan, ids["plan"])
    running, closed = (make_version(plan, number, comments_until=AT + timedelta(days=9)) for number in (11, 12))
    item, elsewhere = (make_item(version, ItemKind.TOPIC, ref=f"on {version.ref}") for version in (running, closed))
    speaker = make_organisation("speaker")
    with changes.change(WRITER, at=AT):
        for version in (running, closed):
            rounds.open_round(version, at=AT)
        said = {
            name: Comment(
                title=name, version_id=version.id, audience_parent_id=version.id, stakeholder_id=speaker.id,
                stakeholder_class=StakeholderClass.INDUSTRY, comment_kind=CommentKind.REMARK, text="Said",
                submitted_at=AT, item_id=item.id if version is running else None,
            )
            for name, version in (("asked", running), ("other", running), ("decided", closed), ("gone", closed))
        }  # fmt: skip
        db.session.add_all(said.values())
        db.session.flush()
        said["decided"].disposition, said["decided"].disposed_at, said["decided"].disposed_by = "taken", AT, "Chair"
        said["gone"].is_withdrawn, said["gone"].withdrawn_because = True, "By mistake"
        db.session.flush()
        held = rounds.find_round(closed.id)
        assert held is not None
        rounds.close(held, by="Chair", at=AT)
    ids |= {
        "running": running.id, "closed": closed.id, "on": item.id, "elsewhere": elsewhere.id, "speaker": speaker.id,
        **{f"comment_{name}": one.id for name, one in said.items()},
    }  # fmt: skip


@dataclass
class World:
    """A database with one record of each sort; what is tried in it is always taken back."""

    ids: Ids = field(default_factory=dict)

    def run(self, *statements: str) -> None:
        with db.engine.connect() as connection:
            try:
                for statement in statements:
                    _execute(connection, statement, self.ids)
            finally:
                connection.rollback()

    def refused(self, *statements: str) -> str:
        """Return what the database says to the last statement; those before it are accepted."""
        with db.engine.connect() as connection:
            try:
                for statement in statements[:-1]:
                    _execute(connection, statement, self.ids)
                with pytest.raises(IntegrityError) as caught:
                    _execute(connection, statements[-1], self.ids)
            finally:
                connection.rollback()
        return str(caught.value.orig)


def _execute(connection: Connection, statement: str, ids: Ids) -> None:
    words = {name: value for name, value in ids.items() if f":{name}" in statement}
    result: Any = connection.execute(text(statement), words)
    assert result.rowcount, f"nothing was tried: {statement}"


@pytest.fixture(scope="module")
def world(the_app: Flask, databases: Databases, empty_template: str) -> Iterator[World]:
    url = databases.new(empty_template)
    with on_database(the_app, url), the_app.app_context():
        made = World()
        _plan(made.ids)
        _meeting(made.ids)
        _rounds(made.ids)
        db.session.remove()
        yield made
    databases.drop(url)


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses(world: World, name: str) -> None:
    *statements, message = BREACHES[name]
    assert message in world.refused(*statements)


@pytest.mark.parametrize("name", ALLOWED)
def test_the_database_allows(world: World, name: str) -> None:
    world.run(*ALLOWED[name])


@pytest.mark.skipif(bool(SERVER_URL), reason="PostgreSQL has no REPLACE")
def test_a_replacement_is_a_deletion(world: World) -> None:
    same = "session_id, release_id, 'Other', state, position, session_kind, zone, programme FROM published_session"
    columns = "session_id, release_id, title, state, position, session_kind, zone, programme"
    without_slot = "UPDATE release SET is_current = false WHERE id = :release", "DELETE FROM published_slot"
    current = "UPDATE release SET is_current = true WHERE id = :release"
    replace = f"REPLACE INTO published_session ({columns}) SELECT {same}"
    assert SHOWN in world.refused(*without_slot, current, replace)


def test_every_table_of_records_keeps_its_rows(world: World) -> None:
    del world
    names = {mapper.local_table.name for mapper in inspect(Record).self_and_descendants}  # type: ignore[attr-defined]
    kept = {name for name in names if f"{name}_no_delete" in _triggers()}
    assert kept == names


def _triggers() -> set[str]:
    is_sqlite = db.engine.dialect.name == "sqlite"
    rows = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if is_sqlite else "SELECT tgname FROM pg_trigger"
    return set(db.session.scalars(text(rows)))
