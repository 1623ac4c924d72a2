"""Lay out the plan at a glance: the picture of a plan without its titles, one wide and one upright for phones.

Wide: columns are cycles, a thin bar is a topic. Upright: rows are cycles, columns the stages, so that it fits a phone.
Both have every topic once, and are mirrored for languages from right to left.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from planner.pictures.labels import Block, lanes
from planner.pictures.measure import Style, width_styled, wrap_styled
from planner.pictures.plan_data import Plan, Topic, TopicState
from planner.pictures.shapes import Direction, Drawing, Rect, Text, line, tenth, text_at, text_block

WIDE, WIDE_LABEL, WIDE_TOP = 984, 150, 26.5
WIDE_ROW, WIDE_TEXT_STEP = 30, 16
UPRIGHT, UPRIGHT_LABEL, UPRIGHT_STEP = 343, 96, 20
ROW = Style(12)
CODE = Style(12, 600, 87.5, "tb tn")
FUTURE = Style(12, 400, 87.5, "t2 tn")
YEARS = Style(11.5, 400, 87.5, "t3 tn")
NOTE = Style(11.5, cls="t3")
STAGE = Style(12, 400, 87.5, "t2 tn")
FILL = {
    TopicState.DISCUSSED: "m-rec",
    TopicState.DELAYED: "m-late",
    TopicState.PLANNED: "b-circ",
    TopicState.CIRCULATED: "b-circ",
    TopicState.DRAFT: "b-draft",
}


@dataclass(frozen=True)
class GlanceBar:
    """A topic as a bar without text."""

    key: str
    title: str
    state: TopicState
    rect: Rect


@dataclass(frozen=True)
class GlancePicture:
    """A laid out glance. Print `ground`, the bars, `now`, in this order."""

    width: float
    height: float
    direction: Direction
    title: str
    codes: tuple[str, ...]
    ground: Drawing
    bars: tuple[GlanceBar, ...]
    now: Drawing

    def mirrored(self) -> Self:
        """Return the mirror image, for languages from right to left."""
        return replace(
            self,
            direction="rtl",
            ground=self.ground.mirrored(self.width),
            bars=tuple(replace(bar, rect=bar.rect.mirrored(self.width)) for bar in self.bars),
            now=self.now.mirrored(self.width),
        )


def glance_wide(plan: Plan, direction: Direction = "ltr") -> GlancePicture:
    """Return the wide glance, 984 px unless the codes of many cycles need more."""
    count = len(plan.cycles)
    widest = max(width_styled(cycle.code, CODE) for cycle in plan.cycles)
    width = max(WIDE, WIDE_LABEL + count * math.ceil(widest + 8))

    def left(number: float) -> float:
        return WIDE_LABEL + (width - WIDE_LABEL) * number / count

    codes = [
        text_at(left(number) + 4, 16, cycle.code, FUTURE if cycle.is_future else CODE)
        for number, cycle in enumerate(plan.cycles)
    ]
    labels: list[Text] = []
    borders = [WIDE_TOP]
    rects: dict[str, Rect] = {}
    for number, row in enumerate(plan.rows):
        top = borders[-1]
        lines = wrap_styled(row.title, WIDE_LABEL - 12, ROW)
        labels += text_block(0, top + 19.5, lines, ROW, WIDE_TEXT_STEP)
        topics = [topic for topic in plan.topics if topic.row == number]
        lane_of = _lanes(topics)
        used = max(lane_of.values(), default=0) + 1
        step = min(7.3, max(5.5, 22 / used))
        for topic in topics:
            x = left(topic.first) + 3
            y = top + 4.5 + lane_of[topic.key] * step
            rects[topic.key] = _rect(topic, x, y, left(topic.last + 1) - 3 - x, step - 1.5)
        text_bottom = 14 + len(lines) * WIDE_TEXT_STEP
        borders.append(top + max(WIDE_ROW, text_bottom, math.ceil(used * step + 6)))
    bottom = borders[-1]
    sunk = [
        Rect(tenth(left(number)), WIDE_TOP, tenth(left(number + 1) - left(number)), bottom - WIDE_TOP, "lane")
        for number, cycle in enumerate(plan.cycles)
        if cycle.is_future
    ]
    paths = (
        *(line(left(number), WIDE_TOP, left(number), bottom, "hair") for number in range(count)),
        *(line(0, y, width, y, "hair") for y in borders[1:-1]),
        *(line(0, y, width, y, "rule") for y in (WIDE_TOP, bottom)),
    )
    now, height = _now_wide(plan, bottom, width)
    ground = Drawing(rects=tuple(sunk), paths=paths, texts=(*codes, *labels))
    return _picture(plan, size=(width, height), ground=ground, rects=rects, now=now, direction=direction)


def glance_upright(plan: Plan, direction: Direction = "ltr") -> GlancePicture:
    """Return the glance for phones, 343 px wide: cycles from top to bottom, a column for each stage."""
    years_x = max(46, 4 + math.ceil(max(width_styled(cycle.code, CODE) for cycle in plan.cycles)) + 6)
    years_width = math.ceil(max(width_styled(cycle.years, YEARS) for cycle in plan.cycles))
    label = max(UPRIGHT_LABEL, years_x + years_width + 8)
    column = (UPRIGHT - label) / max(len(plan.rows), 1)
    heads = [wrap_styled(row.short, column - 4, STAGE) for row in plan.rows]
    first = 30.5 + 14 * (max([1, *(len(lines) for lines in heads)]) - 1)
    bottom = first + UPRIGHT_STEP * len(plan.cycles)
    texts = [
        text
        for number, lines in enumerate(heads)
        for text in text_block(label + 4 + number * column, 20, lines, STAGE, 14)
    ]
    borders = [first + UPRIGHT_STEP * number for number in range(len(plan.cycles) + 1)]
    for cycle, y in zip(plan.cycles, borders, strict=False):
        texts.append(text_at(4, y + 14, cycle.code, FUTURE if cycle.is_future else CODE))
        texts.append(text_at(years_x, y + 14, cycle.years, YEARS))
    rects: dict[str, Rect] = {}
    for number in range(len(plan.rows)):
        topics = [topic for topic in plan.topics if topic.row == number]
        lane_of = _lanes(topics)
        step = min(9, (column - 6) / (max(lane_of.values(), default=0) + 1))
        for topic in topics:
            x = label + 4 + number * column + lane_of[topic.key] * step
            y, end = borders[topic.first] + 4, borders[topic.last + 1] - 4
            rects[topic.key] = Rect(round(x, 2), y, round(step * 7 / 9, 2), end - y, FILL[topic.state])
    sunk = [
        Rect(0, y, UPRIGHT, UPRIGHT_STEP, "lane")
        for cycle, y in zip(plan.cycles, borders, strict=False)
        if cycle.is_future
    ]
    paths = (
        *(line(0, y, UPRIGHT, y, "hair") for y in borders[1:-1]),
        *(line(0, y, UPRIGHT, y, "rule") for y in (first, bottom)),
    )
    now = Drawing()
    if plan.today is not None and plan.today_cycle is not None:
        y = tenth(first + plan.today * UPRIGHT_STEP)
        now = Drawing(paths=(line(0, y, UPRIGHT, y, "now"),))
    ground = Drawing(rects=tuple(sunk), paths=paths, texts=tuple(texts))
    return _picture(plan, size=(UPRIGHT, bottom + 1.5), ground=ground, rects=rects, now=now, direction=direction)


def _lanes(topics: Iterable[Topic]) -> dict[str, int]:
    """Return the lane of each topic of a row, long ones first; topics of one lane never share a cycle."""
    taken: list[set[int]] = []
    found: dict[str, int] = {}
    for topic in sorted(topics, key=lambda topic: (topic.first - topic.last, topic.first)):
        cycles = set(range(topic.first, topic.last + 1))
        lane = next((number for number, used in enumerate(taken) if not used & cycles), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= cycles
        found[topic.key] = lane
    return found


def _rect(topic: Topic, x: float, y: float, width: float, height: float) -> Rect:
    return Rect(tenth(x), tenth(y), tenth(width), tenth(height), FILL[topic.state])


def _now_wide(plan: Plan, bottom: float, width: float) -> tuple[Drawing, float]:
    """Return the line of today with the words below, and the height of the whole."""
    wishes: list[tuple[float, str]] = []
    paths = []
    if plan.today is not None and plan.today_cycle is not None:
        x = WIDE_LABEL + (width - WIDE_LABEL) * plan.today / len(plan.cycles)
        paths.append(line(x, WIDE_TOP - 4, x, bottom + 4, "now"))
        wishes.append((x, plan.words.today))
    flags = [cycle.is_illustration for cycle in plan.cycles]
    if not all(flags):
        wishes.append((WIDE_LABEL + 4, plan.words.record))
    if any(flags):
        wishes.append((width, plan.words.illustration))
    blocks = [_foot_block(x, words, width) for x, words in wishes if words]
    texts = [
        text_at(block.left, bottom + 18.5 + lane * 16, block.lines[0], NOTE)
        for block, lane in zip(blocks, lanes(blocks), strict=True)
    ]
    return Drawing(paths=tuple(paths), texts=tuple(texts)), max([bottom + 18.5, *(text.y for text in texts)]) + 7.5


def _foot_block(x: float, words: str, width: float) -> Block:
    """Return a line that begins at `x` or, where it has no room there, ends at the right edge."""
    taken = width_styled(words, NOTE)
    left = max(min(x, width - taken), 0)
    return Block(left, left + taken, (words,))


def _picture(
    plan: Plan,
    *,
    size: tuple[float, float],
    ground: Drawing,
    rects: dict[str, Rect],
    now: Drawing,
    direction: Direction,
) -> GlancePicture:
    bars = tuple(GlanceBar(topic.key, topic.title, topic.state, rects[topic.key]) for topic in plan.topics)
    codes = tuple(cycle.code for cycle in plan.cycles)
    picture = GlancePicture(*size, "ltr", plan.words.title, codes, ground, bars, now)
    return picture.mirrored() if direction == "rtl" else picture
