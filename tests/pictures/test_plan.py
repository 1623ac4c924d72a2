"""The picture of a plan: known values for a small one, and what holds for every plan."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings

from planner.pictures.measure import text_width
from planner.pictures.plan import SHEET_WIDTH, plan_picture
from planner.pictures.plan_data import Topic, TopicState, axis_position
from planner.pictures.shapes import Path, Rect, Text, Use
from tests.pictures.plans import any_plan, small_plan

BAR_FONT = (12, 400, 87.5)
PLAN_FONT = (12, 600, 87.5)


def test_a_topic_is_a_bar_over_its_cycles():
    picture = plan_picture(small_plan())
    first, _, third = picture.topics

    assert (picture.width, picture.direction, picture.codes) == (1200, "ltr", ("CSP5", "CSP6", "CSP7"))
    assert first.box == Rect(109, 139, 355, 24)
    assert first.drawing.rects == (Rect(109.5, 139.5, 354, 23, "b-late"), Rect(109, 139, 3, 24, "b-late-e"))
    assert first.drawing.texts == (Text(116, 154, "Assessing the risk", 92.0, "tn"),)
    assert first.drawing.uses == (Use("i-late", 449, 148, 10, "gl-late"),)
    assert (first.url, first.is_late, first.is_recalled, first.row) == ("/topics/1", True, False, 0)
    assert third.drawing.rects == (Rect(473.5, third.box.y + 0.5, 720, 23, "b-draft"),)
    assert third.moved_from == "CSP5"


def test_a_recalled_title_is_underlined():
    picture = plan_picture(small_plan())
    text = picture.topics[1].drawing.texts[0]
    line = Path(((text.x, text.y + 3), (round(text.x + text.width, 1), text.y + 3)), "edge")
    assert picture.topics[1].underlines == (line,)
    assert picture.topics[0].underlines == ()


def test_a_line_with_an_arrow_joins_a_topic_to_the_one_that_carries_it_on():
    picture = plan_picture(small_plan())
    source, target = picture.topics[0].box, picture.topics[1].box
    assert [path for path in picture.under.paths if path.cls == "carry"] == [
        Path(((source.right, source.middle), (466.5, source.middle), (target.x - 3, target.middle)), "carry")
    ]
    assert [path.points[0] for path in picture.over.paths if path.cls == "carry-h"] == [(target.x + 1, target.middle)]


def test_a_target_that_is_not_shown_gets_no_line():
    topics = (Topic("t1", "Risk", 0, 0, 0, TopicState.DELAYED, carried_to=("t9", "t1")),)
    picture = plan_picture(small_plan(topics=topics))
    assert not [path for path in picture.under.paths if path.cls == "carry"]


def test_future_cycles_are_sunk_hatched_and_today_is_one_line():
    picture = plan_picture(small_plan())
    sunk = [rect for rect in picture.under.rects if rect.cls == "lane"]
    hatched = [rect for rect in picture.under.rects if rect.cls == "hole"]
    assert [(rect.x, rect.right) for rect in sunk] == [(835.5, 1200)]
    assert [(rect.x, rect.y, rect.height) for rect in hatched] == [(835.5, 0, 4)]
    assert [path.points[0][0] for path in picture.under.paths if path.cls == "now"] == [1017.7]
    assert [text.text for text in picture.over.texts if text.cls == "now-t"] == ["Today, 1 March 2027"]


def test_no_today_no_line():
    picture = plan_picture(small_plan(today=None))
    assert not [path for path in picture.under.paths if path.cls == "now"]


def test_long_titles_make_higher_bars_and_wider_pictures_lower_ones():
    topics = (Topic("t1", "A title of many words " * 20, 0, 0, 0, TopicState.DISCUSSED),)
    narrow, wide = (plan_picture(small_plan(topics=topics), width=width) for width in (1200, SHEET_WIDTH))
    assert narrow.topics[0].box.height > wide.topics[0].box.height > 24
    assert wide.width == SHEET_WIDTH


def test_many_cycles_make_a_wider_picture():
    cycles = tuple(replace(small_plan().cycles[0], code=f"CSP{number}") for number in range(20))
    assert plan_picture(small_plan(cycles=cycles)).width == 106 + 20 * 72


@pytest.mark.parametrize(
    ("day", "position"),
    [(date(2018, 9, 1), 0), (date(2019, 3, 3), 183 / 365), (date(2019, 9, 1), 1), (date(2020, 9, 1), None)],
)
def test_axis_position(day, position):
    assert axis_position(small_plan().cycles, day) == position


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cycles": ()}, "a plan has at least one cycle"),
        ({"topics": (Topic("t", "T", 0, 2, 1, TopicState.DRAFT),)}, "'T' covers cycles 2 to 1, of 3"),
        ({"topics": (Topic("t", "T", 0, 0, 3, TopicState.DRAFT),)}, "'T' covers cycles 0 to 3, of 3"),
        ({"topics": (Topic("t", "T", 2, 0, 0, TopicState.DRAFT),)}, "'T' stands in row 2, of 2"),
        ({"topics": (Topic("t", "T", 0, 0, 0, TopicState.DRAFT),) * 2}, "two topics have the same key"),
    ],
)
def test_what_cannot_be_drawn_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        small_plan(**changes)


@settings(deadline=None, max_examples=40)
@given(any_plan())
def test_every_plan(plan):
    picture = plan_picture(plan)
    assert [bar.key for bar in picture.topics] == [topic.key for topic in plan.topics]
    assert [bar.title for bar in picture.plans] == [bar.title for bar in plan.plans]
    for one, other in combinations([*picture.topics, *picture.plans], 2):
        assert not _meet(one.box, other.box)
    for bars, font in ((picture.topics, BAR_FONT), (picture.plans, PLAN_FONT)):
        for bar in bars:
            _check_bar(bar, font)
    for shape in _shapes(picture):
        _check_inside(shape, picture)
    assert plan_picture(plan) == picture


@settings(deadline=None, max_examples=40)
@given(any_plan(most_topics=8))
def test_right_to_left_is_the_mirror_image(plan):
    left, right = plan_picture(plan), plan_picture(plan, "rtl")
    assert (right.direction, right.width, right.height) == ("rtl", left.width, left.height)
    pairs = list(zip(_shapes(left), _shapes(right), strict=True))
    for one, other in pairs:
        assert type(one) is type(other)
        if isinstance(one, Rect):
            assert (other.x, other.y) == (round(left.width - one.x - one.width, 2), one.y)
        if isinstance(one, Text):
            assert (other.x, other.y, other.anchor) == (round(left.width - one.x, 2), one.y, one.anchor)
            assert one.is_isolated != other.is_isolated


def _check_bar(bar, font):
    lines = bar.drawing.texts
    for text in lines:
        assert text.x >= bar.box.x + 3
        assert text.x + text_width(text.text, *font) <= bar.box.right
        assert bar.box.y < text.y - 9
        assert text.y + 3 < bar.box.bottom
    for glyph in bar.drawing.uses:
        beside = [text for text in lines if text.y > glyph.y]
        assert all(text.x + text.width <= glyph.x for text in beside)


def _check_inside(shape, picture):
    slack = 0.11  # coordinates are rounded to a tenth
    if isinstance(shape, Text):
        assert shape.left >= -slack
        assert shape.left + shape.width <= picture.width + slack
        assert 0 < shape.y < picture.height
    elif isinstance(shape, Path):
        assert all(-slack <= x <= picture.width + slack and 0 <= y <= picture.height for x, y in shape.points)
    elif isinstance(shape, Rect):
        assert shape.x >= 0
        assert shape.right <= picture.width + slack
        assert shape.bottom <= picture.height
        assert min(shape.width, shape.height) > 0
    else:
        size = shape.size if isinstance(shape, Use) else shape.radius
        assert 0 <= shape.x <= picture.width - size + slack
        assert 0 <= shape.y <= picture.height - size


def _shapes(picture):
    drawings = [picture.under, *(bar.drawing for bar in (*picture.plans, *picture.topics)), picture.over]
    for drawing in drawings:
        yield from (*drawing.rects, *drawing.paths, *drawing.dots, *drawing.uses, *drawing.texts)
    for bar in picture.topics:
        yield from bar.underlines


def _meet(one, other):
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom
