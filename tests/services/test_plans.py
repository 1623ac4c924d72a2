"""The plan over the years, and who reads what of it."""

from datetime import date

import pytest

from planner.access.viewer import Viewer, public
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.models import BodyKind, ItemKind, LineageKind, OfficeRole, PlanVersion, VersionKind
from planner.pictures.plan_data import TopicState
from planner.services import plans
from planner.services.plans.bars import StageRow, stage_of
from planner.services.plans.overview import moment
from tests.factories.cycle import make_cycle
from tests.factories.meeting import make_body, make_meeting
from tests.factories.plan import carry_over, make_item, make_plan, make_version, make_working_copy, revise
from tests.factories.treaty import make_article, make_stage

DAY = date(2026, 11, 24)
STRANGER = public(DAY)


def officer(body):
    bodies = frozenset({body.id})
    return Viewer(day=DAY, user_id=1, bodies=bodies, offices=((OfficeRole.CHAIR, bodies),))


@pytest.fixture
def world(context):
    """A plan over CSP11 to CSP13 with a circulated version and a working copy, and a topic that was carried over."""
    del context
    cycles = {number: make_cycle(number) for number in (10, 11, 12, 13)}
    export, transit = make_article("11(2)"), make_article("9", position=1)
    stages = [make_stage(1, export), make_stage(2, transit)]
    body = make_body("wg")
    plan = make_plan(body, ref="plan", first=cycles[11], last=cycles[13])
    version = make_version(plan, 1, on_text="2025-10-01")
    past = make_item(version, ItemKind.THEME, ref="past theme", cycle=cycles[11], stages=stages)
    now = make_item(version, ItemKind.THEME, ref="present theme", cycle=cycles[13])
    late = make_item(version, ItemKind.TOPIC, ref="late", parent=past, cycle=cycles[11], articles=[export])
    done = make_item(version, ItemKind.TOPIC, ref="done", parent=past, cycle=cycles[11], articles=[transit])
    later = make_item(version, ItemKind.TOPIC, ref="later", parent=now, cycle=cycles[13])
    carry_over(late, later)
    draft = make_item(make_working_copy(plan), ItemKind.TOPIC, ref="draft", cycle=cycles[13])
    return {
        "body": body, "plan": plan, "version": version, "late": late, "done": done, "later": later, "draft": draft,
        "stages": stages, "past": past, "cycles": cycles,
    }  # fmt: skip


def bars(overview):
    return {bar.title: (bar.first, bar.last, bar.state, bar.stage) for bar in overview.bars}


def test_topics_stand_in_their_cycles_with_state_and_stage(world):
    first, second = (stage.id for stage in world["stages"])
    overview = plans.get_overview(STRANGER)
    assert [column.code for column in overview.columns] == ["CSP11", "CSP12", "CSP13"]
    assert [column.theme for column in overview.columns] == ["past theme", None, "present theme"]
    assert bars(overview) == {
        "late": (0, 0, TopicState.DELAYED, first),
        "done": (0, 0, TopicState.DISCUSSED, second),
        "later": (2, 2, TopicState.CIRCULATED, None),
    }
    late = next(bar for bar in overview.bars if bar.title == "late")
    assert late.carried_to == (world["later"].id,)


def test_the_draft_is_for_officers_of_the_body_alone(world):
    seen = bars(plans.get_overview(officer(world["body"])))
    assert seen["draft"] == (2, 2, TopicState.DRAFT, None)
    assert set(seen) == {"late", "done", "later", "draft"}
    other = officer(make_body("other"))
    assert set(bars(plans.get_overview(other))) == {"late", "done", "later"}
    with pytest.raises(NotVisible):
        plans.get_item(STRANGER, world["draft"].id)


def test_a_topic_that_a_hidden_one_carries_on_is_not_told_as_delayed(world):
    carry_over(world["done"], world["draft"])
    assert bars(plans.get_overview(STRANGER))["done"][2] is TopicState.DISCUSSED
    assert bars(plans.get_overview(officer(world["body"])))["done"][2] is TopicState.DELAYED
    assert plans.get_item(STRANGER, world["done"].id).lineage == ()


def test_a_topic_moved_to_a_later_cycle_says_from_where(world):
    second = make_version(world["plan"], 2)
    moved = make_item(world["version"], ItemKind.TOPIC, ref="moved", cycle=world["cycles"][12], is_shown=False)
    revise(moved, second, cycle=world["cycles"][13])
    overview = plans.get_overview(STRANGER)
    assert {bar.title: bar.moved_from for bar in overview.bars if bar.moved_from} == {"moved": "CSP12"}


def test_one_plan_or_the_plans_of_one_body(world):
    other = make_plan(make_body("other"), ref="other plan", first=world["cycles"][12])
    make_item(make_version(other, 1), ItemKind.TOPIC, ref="elsewhere", cycle=world["cycles"][12])
    assert set(bars(plans.get_overview(STRANGER, plan_id=other.id))) == {"elsewhere"}
    assert set(bars(plans.get_overview(STRANGER, body="wg"))) == {"late", "done", "later"}
    overview = plans.get_overview(STRANGER, plan_id=other.id)
    assert [(plan.title, plan.first, plan.last) for plan in overview.plans] == [("other plan", 0, 1)]


def test_the_forum_stands_with_the_days_of_its_meetings(world):
    forum = make_body("forum", body_kind=BodyKind.FORUM)
    make_meeting(forum, ref="met", start_on="2025-02-03", state="held")
    make_meeting(forum, ref="fell out", start_on="2025-05-03", state="cancelled")
    (line,) = plans.get_overview(STRANGER).forums
    assert (line.code, line.met_on, line.established, line.confirmed) == ("FORUM", ("2025-02-03",), None, None)


def test_without_a_cycle_there_is_nothing_to_draw(context):
    del context
    assert plans.get_overview(STRANGER).columns == ()


@pytest.mark.parametrize(
    ("articles", "expected"), [({1}, 10), ({2}, 20), ({1, 2}, 20), ({3}, None), ({1, 9}, 10), (set(), None)]
)
def test_of_several_stages_that_with_most_of_the_articles_counts(articles, expected):
    stages = [StageRow(10, 1, "first", frozenset({1, 9})), StageRow(20, 2, "second", frozenset({2}))]
    assert stage_of(stages, frozenset(articles)) == expected


def test_one_stage_counts_whatever_the_articles():
    assert stage_of([StageRow(10, 1, "first")], frozenset({7})) == 10
    assert stage_of([], frozenset({7})) is None


@pytest.mark.parametrize(
    ("text", "until", "expected"),
    [
        ("2020-04-07", None, date(2020, 4, 7)),
        ("2020-04", None, date(2020, 4, 15)),
        ("2024", date(2024, 8, 24), date(2024, 8, 23)),
        (None, date(2024, 8, 24), date(2024, 8, 23)),
        (None, None, None),
    ],
)
def test_a_mark_stands_at_its_day_or_at_the_end_of_the_conference(text, until, expected):
    assert moment(text, until) == expected


def test_the_page_of_a_plan_is_an_outline(world):
    view = plans.get_plan(STRANGER, world["plan"].id)
    assert [(node.title, [child.title for child in node.children]) for node in view.outline] == [
        ("past theme", ["late", "done"]),
        ("present theme", ["later"]),
    ]
    assert [(version.kind, version.number, version.state) for version in view.versions] == [
        (VersionKind.NUMBERED, 1, "circulated")
    ]
    seen = plans.get_plan(officer(world["body"]), world["plan"].id)
    assert [node.title for node in seen.outline] == ["past theme", "present theme", "draft"]
    assert [version.kind for version in seen.versions] == [VersionKind.WORKING_COPY, VersionKind.NUMBERED]


def test_the_page_of_a_version_holds_its_own_items(world):
    view = plans.get_version(STRANGER, world["version"].id)
    assert [node.title for node in view.outline] == ["past theme", "present theme"]
    working = plans.get_plan(officer(world["body"]), world["plan"].id).versions[0]
    with pytest.raises(NotVisible):
        plans.get_version(STRANGER, working.id)
    assert [node.title for node in plans.get_version(officer(world["body"]), working.id).outline] == ["draft"]


def test_officers_read_the_working_copy_of_an_item_beside_what_is_shown(world):
    working = plans.get_plan(officer(world["body"]), world["plan"].id).versions[0]
    revise(world["later"], db.session.get_one(PlanVersion, working.id), title="later, reworded")
    stranger = plans.get_item(STRANGER, world["later"].id)
    assert (stranger.revision.title, stranger.draft, len(stranger.history)) == ("later", None, 1)
    seen = plans.get_item(officer(world["body"]), world["later"].id)
    assert (seen.revision.title, seen.draft.title, len(seen.history)) == ("later", "later, reworded", 2)


def test_the_lineage_is_told_both_ways_over_all_steps(world):
    last = make_item(world["version"], ItemKind.TOPIC, ref="last", cycle=world["cycles"][13])
    carry_over(world["later"], last, kind=LineageKind.MERGED)
    expected = [
        (LineageKind.CARRIED_OVER, "late", "CSP11", "later", "CSP13"),
        (LineageKind.MERGED, "later", "CSP13", "last", "CSP13"),
    ]
    for name in (world["late"], world["later"], last):
        steps = plans.get_item(STRANGER, name.id).lineage
        assert [(s.lineage_kind, s.from_title, s.from_cycle, s.to_title, s.to_cycle) for s in steps] == expected


def test_a_cycle_says_what_was_carried_over_and_its_last_day(world):
    view = plans.get_cycle(STRANGER, world["cycles"][11].id)
    assert view.last_day == date(2025, 8, 31)
    assert [(item.title, item.label) for item in view.all("carried_on")] == [("late", "CSP13")]
    assert [(theme.title, theme.topic_count) for theme in view.themes] == [("past theme", 2)]
    into = plans.get_cycle(STRANGER, world["cycles"][13].id)
    assert [(item.title, item.label) for item in into.all("carried_in")] == [("later", "CSP11")]
    assert [cycle.title for cycle in into.all("before")] == ["CSP12"]


def test_articles_and_stages_name_what_relates_to_them(world):
    stage = plans.get_stage(STRANGER, world["stages"][0].id)
    assert [(item.title, item.cycle_code) for item in stage.items] == [("past theme", "CSP11")]
    assert [article.label for article in stage.all("article")] == ["11(2)"]
    article = plans.get_article(STRANGER, stage.all("article")[0].id)
    assert [item.title for item in article.items] == ["late"]
    assert [stage.label for stage in article.all("stage")] == ["1"]
