"""The first row of a plan's picture: the plans, and under each what happened to it and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.pictures.labels import Block, lanes
from planner.pictures.measure import Style, width_styled, wrap_styled
from planner.pictures.plan_bars import BarShape, bar_shape
from planner.pictures.plan_data import Mark, PlanBar, PlanMark
from planner.pictures.plan_grid import LABEL, Grid
from planner.pictures.shapes import Drawing, Text, Use, join, tenth, text_at

MARK = Style(11.5, 400, 87.5, "t2 tn f11")
ICON, ICON_ROOM = 12, 16
LANE = 21
TOP = 9.5
SYMBOL = {
    Mark.TAKES_NOTE: "i-v1",
    Mark.WELCOMES: "i-v2",
    Mark.ENDORSES: "i-v3",
    Mark.ADOPTS: "i-v4",
    Mark.SETTLED: "i-settled",
    Mark.CIRCULATED: "i-open",
    Mark.DRAFT: "i-draft",
}


@dataclass(frozen=True)
class PlansDrawing:
    """The bars in the order given, all marks, and where the row ends at the earliest."""

    bars: tuple[BarShape, ...]
    marks: Drawing
    bottom: float


def plans_drawing(plans: Sequence[PlanBar], grid: Grid, top: float) -> PlansDrawing:
    """Return the row of the plans; a plan with its marks keeps clear of the others with theirs."""
    placed: list[tuple[float, float, float]] = []
    bars: list[BarShape] = []
    marks: list[Drawing] = []
    for plan in plans:
        blocks = [_block(mark, grid) for mark in plan.marks]
        x, width = grid.bar(plan.first, plan.last)
        left = min([x, *(block.left for block in blocks)])
        right = max([x + width, *(block.right for block in blocks)])
        y = max([top + TOP, *(bottom for start, end, bottom in placed if left < end and start < right)])
        bar = bar_shape(plan, grid, y)
        drawing, bottom = _marks(plan.marks, blocks, bar.box.bottom + 9, grid)
        bars.append(bar)
        marks.append(drawing)
        placed.append((left, right, bottom))
    return PlansDrawing(tuple(bars), join(marks), max([top, *(bottom for _, _, bottom in placed)]))


def _icon_x(mark: PlanMark, grid: Grid) -> float:
    return min(grid.at(mark.position), grid.width - ICON)


def _block(mark: PlanMark, grid: Grid) -> Block:
    """Return the room a mark takes: its label stands after the icon, before it where there is more room."""
    x = _icon_x(mark, grid)
    after, before = grid.width - x - ICON_ROOM, x - (ICON_ROOM - ICON) - LABEL
    width = width_styled(mark.label, MARK)
    is_after = width <= after or after >= before
    lines = tuple(wrap_styled(mark.label, after if is_after else before, MARK))
    widest = max((width_styled(part, MARK) for part in lines), default=0)
    if is_after:
        return Block(x, x + ICON_ROOM + widest, lines)
    return Block(x - (ICON_ROOM - ICON) - widest, x + ICON, lines, is_before=True)


def _marks(marks: Sequence[PlanMark], blocks: Sequence[Block], top: float, grid: Grid) -> tuple[Drawing, float]:
    """Return the marks of one plan below `top`, and where the next plan may begin."""
    uses: list[Use] = []
    texts: list[Text] = []
    bottom = top + 0.5
    for mark, block, lane in zip(marks, blocks, lanes(blocks), strict=True):
        x, y = _icon_x(mark, grid), top + lane * LANE
        uses.append(Use(SYMBOL[mark.mark], x, tenth(y), ICON, "gl"))
        for number, part in enumerate(block.lines):
            baseline = y + 10 + number * LANE
            side = x - (ICON_ROOM - ICON) if block.is_before else x + ICON_ROOM
            texts.append(text_at(side, baseline, part, MARK, "end" if block.is_before else "start"))
        bottom = max(bottom, y + max(len(block.lines), 1) * LANE + 6.5)
    return Drawing(uses=tuple(uses), texts=tuple(texts)), bottom
