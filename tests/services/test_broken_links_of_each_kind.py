"""Further kinds of broken links, who is told of them, and how what the record does not know is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.access.viewer import public, system
from planner.models import ItemKind, OfferItem, Origin, PlanItem, SessionItem
from planner.rules.audience import Ground
from planner.rules.lifecycle import ConferenceVerb
from planner.services.broken_links import check_plan
from tests.conftest import NOW
from tests.factories.cycle import make_cycle
from tests.factories.document import make_document
from tests.factories.meeting import make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.output import act_on, make_decision, make_follow_up, make_output
from tests.factories.plan import carry_over, make_item, make_plan, make_version
from tests.factories.plan_session import edit, make_plan_session

OFFICER = system(NOW.date(), "test")
STRANGER = public(NOW.date())


class World:
    """A small plan in order: what is due is linked."""

    def __init__(self) -> None:
        self.body = make_body("wg")
        self.cycle = make_cycle(12)
        self.next_cycle = make_cycle(13, until_on=date(2027, 9, 1))
        paper = make_document("Proposal")
        self.plan = make_plan(self.body, ref="plan", first=self.cycle, proposed_by_id=paper.id)
        self.version = make_version(self.plan, 1)
        self.theme = self.item(ItemKind.THEME, "Theme")
        self.topic = self.item(ItemKind.TOPIC, "Treated topic", parent=self.theme)
        self.question = self.item(ItemKind.QUESTION, "Answered question", parent=self.topic)
        later = self.item(ItemKind.TOPIC, "Topic to come", parent=self.theme, cycle=self.next_cycle)
        carry_over(self.item(ItemKind.TOPIC, "Carried topic", parent=self.theme), later)
        self.meeting = make_meeting(self.body, ref="meeting", cycle_id=self.cycle.id)
        self.session = self.make_session("Held session", state="held", item=self.topic)
        self.presenter = make_organisation("Presenter")
        offer = make_offer(
            self.meeting,
            self.presenter,
            title="Delivered",
            published=True,
            audience_own=None,
            item_links=[OfferItem(item_id=self.question.id, position=0)],
        )
        place(offer, self.session)
        self.output = make_output(
            "Report", state="final", session_id=self.session.id, document_id=paper.id, cycle_id=self.cycle.id
        )
        act_on(self.output, ConferenceVerb.WELCOMES, self.cycle)
        edit(self.output, state="acted_on")
        self.decision = make_decision(self.meeting, "Asks for a list", asked_id=self.body.id)
        make_follow_up("List", comes_from_id=self.decision.id, owner_id=self.presenter.id, due_on=date(2026, 12, 1))
        make_document("Annex of the proposal", annex_label="A", annex_of_id=paper.id)

    def item(self, kind: ItemKind, title: str, *, parent: PlanItem | None = None, cycle: Any = None) -> PlanItem:
        return make_item(self.version, kind, ref=title, parent=parent, cycle=cycle or self.cycle)

    def make_session(self, title: str, *, state: str, item: PlanItem | None = None, **values: Any) -> Any:
        links = [SessionItem(item_id=item.id, position=0)] if item else []
        return make_plan_session(
            self.meeting, ref=title, state=state, body_id=self.body.id, published=True, item_links=links, **values
        )


def report(**options: Any) -> set[tuple[str, str]]:
    return {(link.kind.name, link.title) for link in check_plan(OFFICER, **options)}


@pytest.mark.usefixtures("context")
def test_every_further_kind_is_found() -> None:
    world = World()
    make_plan(world.body, ref="Plan of nobody", first=world.cycle)
    world.item(ItemKind.THEME, "Bare theme")
    make_output("Report of nothing")
    make_version(world.plan, 2, state="endorsed", acted_by_cycle_id=world.cycle.id)
    make_follow_up("Some day", comes_from_id=world.decision.id, owner_id=world.presenter.id)
    make_document("Lost annex", annex_label="B")
    assert report() == {
        ("plan_without_mandate", "Plan of nobody"),
        ("theme_without_topic", "Bare theme"),
        ("output_of_nothing", "Report of nothing"),
        ("version_without_action", "Version 2"),
        ("follow_up_without_date", "Some day"),
        ("annex_of_nothing", "Lost annex"),
    }


@pytest.mark.usefixtures("context")
def test_strangers_read_of_what_they_may_see_only() -> None:
    world = World()
    make_output("Open report")
    make_output("Closed report", audience_own=int(Ground.STATES))
    make_output("Draft report", published=False)
    # the release does not tell yet that it was held, so the report does not either
    world.make_session("Empty session", state="held")
    assert {link.title for link in check_plan(STRANGER)} == {"Open report"}
    assert {link.title for link in check_plan(OFFICER)} == {
        "Open report",
        "Closed report",
        "Draft report",
        "Empty session",
    }


@pytest.mark.usefixtures("context")
def test_what_the_record_does_not_know_is_told_fairly() -> None:
    World()
    own = make_output("Ours")
    recorded = make_output("Theirs", origin=Origin.RECORD)
    lines = {link.record_id: str(link) for link in check_plan(OFFICER)}
    assert lines == {
        own.id: f"output {own.ref} “Ours”: It comes of no session and answers no expected output. "
        "Link the session that it came of.",
        recorded.id: f"output {recorded.ref} “Theirs”: It comes of no session and answers no expected output. "
        "Not known in the record; add it when a source tells it.",
    }
    assert report(origin=Origin.RECORD) == {("output_of_nothing", "Theirs")}


@pytest.mark.usefixtures("context")
def test_closing_the_gap_takes_the_link_off_the_report() -> None:
    world = World()
    output = make_output("Report of nothing")
    assert report() == {("output_of_nothing", "Report of nothing")}
    edit(output, session_id=world.session.id)
    assert report() == set()
