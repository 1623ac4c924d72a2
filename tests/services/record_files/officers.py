"""Officers at work: one record of every kind with every field filled, edits of the record, and moves of states."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from planner.access.viewer import Viewer, system
from planner.core.db import db
from planner.models import (
    AgendaItem,
    AudienceGrant,
    Body,
    Citation,
    CitationSource,
    Confidence,
    Cycle,
    Document,
    Meeting,
    Plan,
    PlanItem,
    PlanSession,
    PlanVersion,
    Provenance,
    Record,
    Registration,
    Stakeholder,
    UserAccount,
    VersionKind,
)
from planner.rules.audience import Ground
from planner.services import changes, editing, releases
from planner.services.editing import kinds
from planner.services.editing.references import Account, Links, Ref
from planner.services.editing.spec import Field
from planner.services.editing.specs import SPECS
from tests.conftest import NOW

ADMIN: Viewer = system(NOW.date(), "an officer")
DATES = {
    "deposit": "2026-10-01", "from": "2027-01-02", "until": "2027-03-04", "start": "2027-02-01", "end": "2027-02-03",
    "opens": "2026-12-01",
}  # fmt: skip
_NUMBERS = {"position": 7, "due_offset_days": -28}


def one(model: type[Any], ref: str) -> Any:
    return db.session.scalars(select(model).where(model.ref == ref)).one()


def current(record: Record) -> Record:
    return db.session.scalars(select(Record).where(Record.id == record.id)).one()


class Officers:
    """Who enters everything. `made` holds the last record of each kind."""

    def __init__(self) -> None:
        self.made: dict[str, Record] = {}

    def create(self, kind: str, **given: Any) -> Record:
        """Create a record with every field of its kind filled: as given, or with something that fits."""
        spec = SPECS[kind]
        values = {field.name: given.get(field.name, self.something(kind, field)) for field in spec.fields}
        self.made[kind] = editing.create_record(ADMIN, kind, at=NOW, values=values)
        return self.made[kind]

    def edit(self, record: Record, **given: Any) -> None:
        """Change fields of a record, with something that fits where nothing is given."""
        record = current(record)
        fields = {field.name: field for field in SPECS[record.kind].fields}
        values = {
            name: self.something(record.kind, fields[name]) if value is ... else value for name, value in given.items()
        }
        editing.edit_record(ADMIN, record.id, rev=record.rev, at=NOW, values=values)

    def move(self, record: Record, verb_name: str, **given: Any) -> None:
        """Move a record to another state."""
        record = current(record)
        editing.move_record(ADMIN, record.id, verb_name, rev=record.rev, at=NOW, given=given)

    def something(self, kind: str, field: Field) -> Any:
        """Return a value that fits a field."""
        if field.name in ("invited", "invited_people"):
            return []  # Who is let in by name goes with who else sees it; `add_rows` grants.
        value = field.kind
        if isinstance(value, Ref):
            return next((self.made[k].id for k in value.kinds if k in self.made), None)
        if isinstance(value, Links):
            return [self.made[k].id for k in value.kinds if k in self.made]
        if isinstance(value, kinds.Rows):
            return [{inner.name: self.something(kind, inner) for inner in value.fields}]
        return self.plain(kind, field)

    def plain(self, kind: str, field: Field) -> Any:
        """Return a value for a field that points to nothing."""
        value, name = field.kind, field.name
        if isinstance(value, kinds.Text):
            text = f"The {name} of a {kind}: “é”, 10:00 # not a comment"
            return (text + "\n\tsecond line\n- third" if value.lines else text)[: value.most].strip()
        if isinstance(value, kinds.Choice):
            return value.codes[-1]
        if isinstance(value, kinds.Number):
            return _NUMBERS.get(name, max(value.least, 1) + 2)
        if isinstance(value, kinds.Degrees):
            return "-6.123456"
        if isinstance(value, kinds.Partial | kinds.Day):
            return next((day for word, day in DATES.items() if word in name), "2027-02-02")
        shaped = {"email": "a@b.example", "url": "https://example.org/a?b=c&d"}
        found: dict[type, Any] = {
            kinds.Flag: True, kinds.Zone: "Africa/Nairobi", kinds.Lines: ["en", "fr"], Account: "chair@demo.example",
            kinds.Grounds: ["states_parties"], kinds.Clock: "09:30", kinds.Moment: "2027-02-01T09:00",
        }  # fmt: skip
        return found.get(type(value), shaped.get(name.rpartition("_")[2]))


def enter_everything() -> Officers:
    """Enter one of everything, and let it move."""
    o = Officers()
    enter_parties(o)
    enter_plan(o)
    enter_meeting(o)
    enter_outcomes(o)
    edit_the_record(o)
    withdraw(o)
    add_rows(o)
    return o


def enter_parties(o: Officers, *, with_accounts: bool = True) -> None:
    wgeti = one(Body, "wgeti")
    o.made |= {
        "cycle": one(Cycle, "CSP12"),
        "document": one(Document, "d-wgtu776"),
        "stakeholder": one(Stakeholder, "NO"),
    }
    o.create("source")
    o.create("cycle", code="CSP13", series="CSP", number=13, from_on="2026-08-29", until_on="2027-08-28")
    o.create(
        "body", code="Own: group", slug="own-group", parent_id=wgeti.id, body_kind="working_group", work_audience=None
    )
    o.create("stakeholder", is_state=True, iso2="QQ", stakeholder_class=None, also_class="industry")
    o.create("stakeholder", is_state=False, iso2=None, statuses=[])
    o.create("person", audience_own=None, kept_by_id=o.made["body"].id)
    o.create("office", role="facilitator", users=[])
    o.create("office", role="secretariat", body_id=None, cycle_id=None, holder_id=None, from_on=None, until_on=None,
             users=[{"user_id": "chair@demo.example"}] if with_accounts else [], title="")  # fmt: skip
    o.create("instrument", amended_years=["2001", "2002"], parent_id=one(Record, "nadi").id, in_force_year=1997)


def enter_plan(o: Officers) -> None:
    plan = o.create("plan", first_cycle_id=one(Cycle, "CSP11").id, last_cycle_id=o.made["cycle"].id)
    articles, stages = (
        [row.id for row in db.session.scalars(select(Record).where(Record.kind == kind).order_by(Record.id).limit(2))]
        for kind in ("treaty_article", "stage")
    )
    texts = {"articles": articles, "stages": stages, "meetings": [one(Meeting, "m-csp12").id],
             "lineage": [{"from_item_id": one(PlanItem, "t7-1").id, "lineage_kind": "merged"}]}  # fmt: skip
    theme = o.create("plan_item", item_kind="theme", parent_id=None, position=None, audience_own=None, **texts)
    topic = o.create("plan_item", item_kind="topic", parent_id=theme.id, audience_own=["states_parties"], **texts)
    o.create("plan_item", item_kind="question", parent_id=topic.id, audience_own=None, **texts)
    o.create("plan_item", item_kind="expected_output", parent_id=theme.id, audience_own=None, **texts)
    first = o.made["plan_version"] = working_copy(plan)
    o.edit(first, change=..., document_id=..., note=...)
    o.move(first, "circulate", deadline="2027-01-15T18:00")
    o.edit(topic, title="The topic in a new draft", text=...)  # a working copy on top of version 1
    o.edit(working_copy(plan), change="What the new draft changes")
    o.move(first, "submit")
    o.move(first, "welcome", cycle_id=o.made["cycle"].id, paragraph="12", on_text="2027-08")
    # The plan of the record gets a working copy with a topic of its own, and a corrected text.
    old = one(Plan, "plan-art11")
    o.made["draft_topic"] = o.create(
        "plan_item", plan_id=old.id, item_kind="topic", parent_id=theme_of(old).id, audience_own=None, **texts
    )
    o.edit(one(PlanItem, "t7-1"), text=..., title="A title that only the draft has")
    o.made["plan_item"] = topic


def working_copy(plan: Record) -> PlanVersion:
    chosen = select(PlanVersion).where(
        PlanVersion.plan_id == plan.id, PlanVersion.version_kind == VersionKind.WORKING_COPY
    )
    return db.session.scalars(chosen).one()


def theme_of(plan: Record) -> PlanItem:
    return db.session.scalars(
        select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.item_kind == "theme")
    ).first()


def enter_meeting(o: Officers) -> None:
    body = o.made["body"]
    o.create("meeting", body_id=body.id, joint_bodies=[one(Body, "wgtu").id], held_during_id=one(Meeting, "m-csp12").id,
             country="KE", series="M1", audience_own=None, restricted=True)  # fmt: skip
    o.create("document", symbol="ATT/CSP13/2027/CHAIR/901/Conf.WP", symbol_is_other=False,
             supersedes_id=one(Document, "d-wgtu777").id,
             annex_of_id=one(Document, "d-wgtu776").id, audience_own=None)  # fmt: skip
    first = o.create("plan_session", session_kind="session", on_text="2027-02-02", start="09:30", end="11:00",
                     joint_bodies=[one(Body, "wgtr").id], audience_own=None)  # fmt: skip
    o.create("agenda_item", audience_own=None, position=3)
    o.create("agenda_item", audience_own=None, is_break=False, position=1)
    o.create("call", opens="2026-12-01T09:00", closes="2027-01-15T18:00", audience_own=None)
    placed = o.create(
        "offer", co_presenters=[one(Stakeholder, "NO").id], stakeholder_class="industry", audience_own=None
    )
    for verb in ("submit", "accept", "confirm"):
        o.move(placed, verb)
    o.move(placed, "place", session_id=first.id, agenda_item_id=o.made["agenda_item"].id, position=4, minutes=12)
    o.create("offer", co_presenters=[], stakeholder_class=None, audience_own=None)
    o.create("contribution", audience_own=None)
    releases.publish_release(o.made["meeting"].id, name="First", actor=ADMIN, at=NOW)
    merge_and_split(o, first)
    o.edit(first, title="A title that is not released yet", room="Room of the draft")
    later = NOW.replace(year=2027)
    releases.publish_release(o.made["meeting"].id, name="Under embargo", actor=ADMIN, at=NOW, embargo_until=later)
    o.create("plan_session", session_kind="side_event", on_text="2027-02", start=None, end=None, duration_minutes=None,
             joint_bodies=[], audience_own=None, position=None)  # fmt: skip
    o.made["plan_session"] = first
    # A second meeting is a draft alone: nothing of it may be seen.
    draft = o.create("meeting", body_id=body.id, joint_bodies=[], held_during_id=None, country="KE", series="Conf",
                     audience_own=None, start_on=None, end_on=None, week_from_on=None,
                     week_until_on="2027-02-05")  # fmt: skip
    o.create("plan_session", meeting_id=draft.id, session_kind="session", title="Seen by nobody", on_text=None,
             start=None, end=None, joint_bodies=[], audience_own=None)  # fmt: skip
    o.made |= {"meeting": current(one_of(first.meeting_id)), "plan_session": first}


def merge_and_split(o: Officers, first: Record) -> None:
    """Merge a session with what is on it into the first one, split that, and release both."""
    known = dict(o.made)
    merged = o.create("plan_session", session_kind="session", on_text="2027-02-02", start="14:00", end="15:00",
                      joint_bodies=[], audience_own=None, position=None)  # fmt: skip
    o.create("agenda_item", session_id=merged.id, audience_own=None, is_break=False, position=1)
    offer = o.create("offer", co_presenters=[], stakeholder_class=None, audience_own=None)
    for verb in ("submit", "accept", "confirm"):
        o.move(offer, verb)
    o.move(offer, "place", session_id=merged.id, minutes=9)
    releases.publish_release(known["meeting"].id, name="Second", actor=ADMIN, at=NOW)
    o.move(merged, "merge", continued_in_id=first.id, take_over=True, reason="One is enough.")
    editing.split_session(ADMIN, first.id, rev=current(first).rev, at=NOW, given={"split_at": "10:30", "title": "Part"})
    releases.publish_release(known["meeting"].id, name="Third", actor=ADMIN, at=NOW)
    o.made.update(known)


def one_of(record_id: int) -> Record:
    return db.session.scalars(select(Record).where(Record.id == record_id)).one()


def enter_outcomes(o: Officers) -> None:
    output = o.create("output", audience_own=None)
    for verb in ("draft", "circulate", "finalise"):
        o.move(output, verb)
    o.move(output, "act_on", verb="takes_note", cycle_id=o.made["cycle"].id, paragraph="3", on_text="2027-08-20")
    decision = o.create("decision", position=5, audience_own=None)
    o.move(decision, "correct", title="The text as it should have been", reason="A word was wrong.")
    done = o.create("follow_up", due_on=None, audience_own=None, comes_from_id=decision.id)
    o.move(done, "start")
    o.move(done, "close", evidence="It is on the shelf.\nSecond shelf.")
    o.create("follow_up", due_session_id=None, due_offset_days=None, audience_own=None, owner_id=None)


def edit_the_record(o: Officers) -> None:
    """Change what the files of the record say."""
    o.edit(one(Meeting, "m-csp12"), venue=..., registration_closes_on="2026-07-01", chairings=[
        {"seat": "chair", "holder_id": one(Stakeholder, "AR").id, "role": "President"},
        {"seat": "moderator", "holder_id": one(Stakeholder, "NO").id, "note": "For a day"},
    ])  # fmt: skip
    o.edit(one(PlanSession, "s-csp12-1"), position=9, text=..., documents=...)
    o.edit(one(Stakeholder, "NO"), documents=[o.made["document"].id], note=...)
    o.edit(one(Body, "wgtr"), description=..., documents=[o.made["document"].id])
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.ref == "s-csp4-div/2")).one()
    o.edit(item, title="Presentations, renamed in the draft", minutes=33)


def withdraw(o: Officers) -> None:
    """Withdraw a record of every kind that is withdrawn by a mark; some of the record, some that only officers saw."""
    made = dict(o.made)
    for kind, given in {
        "body": {"code": "Own: other", "slug": "own-other", "parent_id": None},
        "document": {
            "symbol": None,
            "symbol_is_other": False,
            "annex_of_id": None,
            "annex_label": None,
            "supersedes_id": None,
        },
        "stakeholder": {"is_state": False, "iso2": None, "statuses": [], "of_state_id": None},
        "output": {},
        "decision": {"position": 6},
        "person": {"kept_by_id": o.made["body"].id, "delegations": []},
        "agenda_item": {"position": 9},
    }.items():
        o.move(o.create(kind, audience_own=None, **given), "withdraw", reason=f"The {kind} is wrong: “twice”.")
        o.made = dict(made)
    for record in (one(Document, "d-wgtu777"), one(Record, "nadi"), one(Plan, "plan-ceii")):
        o.move(record, "withdraw", reason="Not of this record.")
    # Officers alone read that an item of the agenda and a question are taken out: both are shown to all as they were.
    o.move(one(AgendaItem, "s-csp4-div/1"), "withdraw", reason="It is not treated.")
    o.move(question_of(o.made["plan"]), "withdraw", reason="Asked twice.")
    o.move(o.made["draft_topic"], "withdraw", reason="Nobody asked for it.")
    taken_back = o.create("output", audience_own=None, actions=[])
    for verb in ("draft", "finalise"):
        o.move(taken_back, verb)
    o.move(taken_back, "act_on", verb="welcomes", cycle_id=o.made["cycle"].id, paragraph=None, on_text=None)
    o.move(taken_back, "take_back", reason="Another report was meant.")
    o.made = made


def question_of(plan: Record) -> PlanItem:
    return db.session.scalars(
        select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.item_kind == "question")
    ).one()


def add_rows(o: Officers) -> None:
    """Write what no form writes, or not for every kind: a fact of a field that is recalled, an invited account."""
    source, session = o.made["source"], o.made["plan_session"]
    with changes.change(ADMIN, at=NOW):
        for kind in ("call", "follow_up", "contribution", "output", "plan_session"):
            links = [CitationSource(source_id=source.id, position=0)]
            db.session.add(Citation(record_id=o.made[kind].id, field="facts.2", provenance=Provenance.RECALLED,
                                    confidence=Confidence.LOW, note="p. 3", source_links=links))  # fmt: skip
        db.session.add(Registration(meeting_id=one(Meeting, "m-csp12").id, person_id=o.made["person"].id))
        account = db.session.scalars(select(UserAccount.id).where(UserAccount.email == "ngo@demo.example")).one()
        for grantee in ({"stakeholder_id": one(Stakeholder, "SE").id}, {"user_id": account}):
            db.session.add(AudienceGrant(record_id=session.id, ground=int(Ground.INVITED), **grantee))
        one_of(session.id).audience_own = int(Ground.STATES | Ground.INVITED)
        one_of(o.made["person"].id).note = "مرحبا 🙂"
