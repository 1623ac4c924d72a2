"""The plan in words."""

from hypothesis import given

from planner.pictures.plan_listing import plan_listing
from tests.pictures.plans import any_plan, small_plan


def test_timeline_says_what_begins_what_goes_on_and_what_is_now():
    listing = plan_listing(small_plan())
    assert [
        (
            step.cycle.code,
            [entry.topic.key for entry in step.begins],
            [entry.topic.key for entry in step.goes_on],
            step.is_now,
        )
        for step in listing.timeline
    ] == [("CSP5", ["t1"], [], False), ("CSP6", ["t2", "t3"], [], False), ("CSP7", [], ["t3"], True)]


def test_a_delayed_topic_names_the_cycle_that_carries_it_on():
    entries = plan_listing(small_plan()).entries
    assert [(entry.topic.key, entry.row.short, entry.delayed_to) for entry in entries] == [
        ("t1", "Stage 1", ("CSP6",)),
        ("t2", "Stage 1", ()),
        ("t3", "Whole chain", ()),
    ]
    assert (entries[2].first.code, entries[2].last.code) == ("CSP6", "CSP7")


@given(any_plan())
def test_every_topic_begins_once(plan):
    keys = [entry.topic.key for entry in plan_listing(plan).entries]
    assert sorted(keys) == sorted(topic.key for topic in plan.topics)
