"""The chain in two editions: what is being drafted is on the chain of officers, what was released on everybody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.access.viewer import public
from planner.core.db import db
from planner.models import ItemKind, SessionItem
from planner.services import chain, changes
from planner.services.registers.core import RegisterQuery, read_all
from planner.services.registers.presentations import REGISTER
from planner.services.releases import publish_release
from tests.factories.cycle import make_cycle
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan import make_item, make_plan, make_version
from tests.factories.plan_session import make_plan_session

pytestmark = pytest.mark.usefixtures("context")
LATER = AT + timedelta(days=1)
STRANGER = public(AT.date())


class World:
    """A released meeting: a presentation in its first session, which treats the first of two topics."""

    def __init__(self):
        self.body, cycle = make_body("group"), make_cycle(13)
        version = make_version(make_plan(self.body, ref="plan", first=cycle), 1)
        self.old, self.new = (make_item(version, ItemKind.TOPIC, ref=ref, cycle=cycle) for ref in ("old", "new"))
        self.meeting = make_meeting(self.body, ref="m1")
        self.first, self.second = (make_plan_session(self.meeting, ref=ref) for ref in ("first", "second"))
        self.treat(self.old)
        self.offer = make_offer(self.meeting, make_organisation("org"), title="On transfers")
        self.slot = place(self.offer, self.first)
        self.release(AT)
        self.officer = replace(STRANGER, user_id=1, bodies=frozenset({self.body.id}))

    def treat(self, item):
        with changes.change(WRITER, at=AT) as c:
            db.session.query(SessionItem).delete()
            db.session.add(SessionItem(session_id=self.first.id, item_id=item.id, position=0))
            c.touch(self.first.id)

    def move(self):
        """Draft: the presentation stands in the second session, and the first treats the other topic."""
        self.treat(self.new)
        with changes.change(WRITER, at=AT) as c:
            self.slot.session_id = self.second.id
            c.touch(self.first.id, self.second.id, self.offer.id)

    def release(self, at):
        publish_release(self.meeting.id, name="Programme", actor=WRITER, at=at)

    def seen_by(self, viewer):
        """Return topics above the first session, sessions above the presentation, presentations below each session."""
        up = {r.id for r in chain.walk(viewer, self.first).at("topic").records}
        places = {r.id for r in chain.walk(viewer, self.offer).at("session").records}
        below = [{r.id for r in chain.walk(viewer, one).inputs} for one in (self.first, self.second)]
        listed = [
            {row.id for row in read_all(REGISTER, viewer, RegisterQuery(under=one.id))}
            for one in (self.first, self.second)
        ]
        assert listed == below
        return up, places, below

    @property
    def before(self):
        return {self.old.id}, {self.first.id}, [{self.offer.id}, set()]

    @property
    def after(self):
        return {self.new.id}, {self.second.id}, [set(), {self.offer.id}]


def test_a_draft_is_on_the_chain_of_officers_alone_until_it_is_released():
    world = World()
    assert (world.seen_by(STRANGER), world.seen_by(world.officer)) == (world.before, world.before)
    world.move()
    assert (world.seen_by(STRANGER), world.seen_by(world.officer)) == (world.before, world.after)
    world.release(LATER)
    assert (world.seen_by(STRANGER), world.seen_by(world.officer)) == (world.after, world.after)


def test_an_officer_of_another_body_follows_the_release():
    world = World()
    world.move()
    other = make_body("other")
    assert world.seen_by(replace(world.officer, bodies=frozenset({other.id}))) == world.before
