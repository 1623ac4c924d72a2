"""The plan at a glance: every topic once, in its cycle and row, never over another."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from planner.pictures.glance import glance_upright, glance_wide
from planner.pictures.shapes import Rect
from tests.pictures.plans import any_plan, small_plan


def test_wide():
    picture = glance_wide(small_plan())
    assert (picture.width, picture.height) == (984, 128.5)
    assert [bar.rect for bar in picture.bars] == [
        Rect(153, 31, 272, 5.8, "m-late"),
        Rect(431, 31, 272, 5.8, "m-rec"),
        Rect(431, 61, 550, 5.8, "b-draft"),
    ]
    assert [(path.points[0][0], path.cls) for path in picture.now.paths] == [(845, "now")]
    assert [text.text for text in picture.now.texts] == ["Today, 1 March 2027", "The record", "Illustration"]


def test_upright():
    picture = glance_upright(small_plan())
    assert (picture.width, picture.height) == (343, 92)
    assert [(bar.key, bar.rect) for bar in picture.bars] == [
        ("t1", Rect(104, 34.5, 7, 12, "m-late")),
        ("t2", Rect(104, 54.5, 7, 12, "m-rec")),
        ("t3", Rect(225.5, 54.5, 7, 32, "b-draft")),
    ]
    assert [path.points for path in picture.now.paths] == [((0, 80.5), (343, 80.5))]


@pytest.mark.parametrize("draw", [glance_wide, glance_upright])
@settings(deadline=None, max_examples=30)
@given(plan=any_plan())
def test_every_plan(draw, plan):
    picture = draw(plan)
    assert [bar.key for bar in picture.bars] == [topic.key for topic in plan.topics]
    for one, other in combinations([bar.rect for bar in picture.bars], 2):
        assert (
            one.right <= other.x + 0.01
            or other.right <= one.x + 0.01
            or one.bottom <= other.y + 0.01
            or other.bottom <= one.y + 0.01
        )
    for bar in picture.bars:
        assert bar.rect.x >= 0
        assert bar.rect.right <= picture.width
        assert bar.rect.bottom <= picture.height
        assert min(bar.rect.width, bar.rect.height) > 0
    assert draw(plan) == picture


@pytest.mark.parametrize("draw", [glance_wide, glance_upright])
@settings(deadline=None, max_examples=30)
@given(plan=any_plan(most_topics=8))
def test_right_to_left_is_the_mirror_image(draw, plan):
    left, right = draw(plan), draw(plan, "rtl")
    assert [bar.rect.x for bar in right.bars] == [
        round(left.width - bar.rect.x - bar.rect.width, 2) for bar in left.bars
    ]
    assert [text.x for text in right.ground.texts] == [round(left.width - text.x, 2) for text in left.ground.texts]
