"""The templates print what was laid out, say every state in words, and carry no styles of their own."""

import pytest
from hypothesis import HealthCheck, given, settings

from planner.pictures.glance import glance_upright, glance_wide
from planner.pictures.plan import plan_picture
from planner.pictures.plan_data import TopicState
from planner.pictures.plan_listing import plan_listing
from tests.pictures.plans import any_plan, small_plan


def figure(draw, plan, direction="ltr", **values):
    picture = plan_picture(plan, direction)
    return draw("plan.html", "plan_figure", picture=picture, listing=plan_listing(plan), **values)


def text(element):
    return " ".join(element.text_content().split())


def test_every_bar_says_where_when_and_how_far(draw):
    tree = figure(draw, small_plan())
    bars = tree.xpath("//svg//*[self::a or self::g][@aria-label or title]")
    assert [(bar.tag, bar.get("href"), bar.get("aria-label") or bar.findtext("title")) for bar in bars] == [
        ("a", "/plan", "First plan. CSP5 to CSP6: discussed"),
        ("a", "/topics/1", "Assessing the risk. Before the transfer, CSP5: delayed"),
        ("g", None, "Delayed items. Before the transfer, CSP6: discussed, recalled"),
        ("a", "/topics/3", "Catalogue. The whole chain, CSP6 to CSP7: draft, moved from CSP5"),
    ]


def test_caption_is_a_sentence_made_from_the_picture_or_given(draw):
    caption = figure(draw, small_plan(), figure=2).find(".//figcaption")
    assert text(caption) == (
        "Fig. 2 Plan and record, CSP5 to CSP7: 3 topics. 1 was delayed and is joined to the topic that carries it on. "
        "A dotted line is under what is recalled."
    )
    assert text(figure(draw, small_plan(), caption="What <we> did.").find(".//figcaption")) == "Fig. 1 What <we> did."


def test_the_legend_names_what_occurs_and_all_verbs(draw):
    legend = figure(draw, small_plan()).xpath("//ul[@class='legend']/li")
    assert [text(item) for item in legend] == [
        "Topic",
        "discussed",
        "delayed",
        "draft",
        "moved",
        "carried over",
        "recalled not checked against a document",
        "Conference",
        "takes note",
        "welcomes",
        "endorses",
        "adopts",
    ]


def test_the_table_behind_the_picture(draw):
    tree = figure(draw, small_plan())
    topics, plans = tree.xpath("//details//table")
    assert [[text(cell) for cell in row] for row in topics.xpath("tbody/tr")] == [
        ["CSP5", "2018–19", "Assessing the risk", "Before the transfer", "delayed to CSP6"],
        ["CSP6", "2019–20", "Delayed items", "Before the transfer", "discussed recalled"],
        ["CSP6 to CSP7", "2019–20", "Catalogue", "The whole chain", "draft moved from CSP5"],
    ]
    assert [[text(cell) for cell in row] for row in plans.xpath("tbody/tr")] == [
        ["First plan", "CSP5 to CSP6", "endorsed"]
    ]
    assert text(tree.xpath("//details/p")[0]) == "Forum, closed: established; two meetings; confirmed."


def test_the_timeline_for_narrow_screens(draw):
    steps = figure(draw, small_plan()).xpath("//ol[@class='vt']/li")
    assert [text(step) for step in steps] == [
        "CSP5 2018–19Import papersStage 1Assessing the riskdelayed to CSP6",
        "CSP6 2019–20Assessing riskStage 1Delayed items recalledWhole chainCataloguedraft moved from CSP5",
        "Today, 1 March 2027 CSP7 2020–21, illustrationContinues: Catalogue",
    ]


def test_an_empty_plan_says_so(draw):
    tree = figure(draw, small_plan(topics=(), plans=(), forum=None))
    assert text(tree.xpath("//details")[0]) == "Show the same as a table, 0 topics No topics in this plan yet."
    assert text(tree.find(".//figcaption")) == "Fig. 1 No topics in this plan yet."
    assert not tree.xpath("//ul[@class='legend']/li")


def test_right_to_left_isolates_lines_of_the_other_direction(draw):
    tree = figure(draw, small_plan(), "rtl")
    assert tree.xpath("//svg/a[1]/g/text/text()") == ["\u2068First plan\u2069"]
    assert tree.xpath("//svg[@role='group']/@preserveaspectratio") == ["xMaxYMin"]


def test_glance(draw):
    plan = small_plan()
    values = {"wide": glance_wide(plan), "upright": glance_upright(plan)}
    tree = draw("glance.html", "glance_figure", figure=3, **values)
    assert tree.xpath("//svg/@aria-label") == ["Work plan, CSP5 to CSP7: 3 topics"] * 2
    assert (
        tree.xpath("//title/text()")
        == [
            "Assessing the risk: delayed",
            "Delayed items: discussed",
            "Catalogue: draft",
        ]
        * 2
    )
    assert text(tree.find(".//figcaption")) == (
        "Fig. 3 Each bar is a topic. Filled: discussed. Amber: delayed into a later cycle. Dashed: draft. "
        "The blue line is today."
    )


@pytest.mark.parametrize("state", TopicState)
def test_every_state_has_a_word(draw, state):
    assert draw("words.html", "state_word", name=state).text == state.value


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=any_plan(most_topics=8))
def test_any_plan_is_printed_without_styles_scripts_or_lost_topics(draw, plan):
    tree = figure(draw, plan)
    assert not tree.xpath("//@style | //script | //@*[starts-with(name(), 'on')]")
    count = len(plan.topics) + len(plan.plans)
    assert len(tree.xpath("//svg[@role='group']/*[@aria-label or self::a/title]")) == count
    assert len(tree.xpath("//ol[@class='vt']//li[@class='tp']")) == len(plan.topics)
