"""Lay out the picture of a plan: `plan_picture(plan)` gives everything a template prints, in px, no arithmetic left.

Columns are cycles, rows the stages of the transfer chain; the first row holds the plans and what the Conference did
with them, the last the closed forum. A bar is a topic over its cycles; its text is measured and the bar grows with it.
Bars that would meet are put under one another, the longest on top. An amber line with an arrow joins a topic to the one
that carries it on; it runs in the gutters between the columns and, where it has far to go, behind the bars.

The picture is 1200 px wide, or as asked; where that would leave a column less than `MIN_COLUMN`, it is as wide as it
must be and its figure scrolls. For a language that runs from right to left the whole is mirrored.
"""

import math
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from typing import Self

from planner.pictures.measure import Style, width_styled, wrap_styled
from planner.pictures.plan_bars import BarShape, pack
from planner.pictures.plan_data import Plan, Row
from planner.pictures.plan_forum import forum_drawing
from planner.pictures.plan_grid import LABEL, WIDTH, Grid, plan_grid
from planner.pictures.plan_marks import plans_drawing
from planner.pictures.shapes import Direction, Drawing, Path, Rect, Text, join, line, tenth, text_at, text_block

CODE = Style(13, 600, cls="tb f13")
NOTE = Style(11.5, 400, 87.5, "t3 tn")
THEME = Style(11.5, 400, 87.5, "t2 tn f11")
FOOT = Style(11.5, cls="t3")
TODAY = Style(12, 600, cls="now-t")
TITLE_STEP, NOTE_STEP, THEME_STEP = 16, 14, 13.5
LABEL_PAD = 8
NUMBER_WIDTH = 15
FOOT_HEIGHT = 23
TRACKS = (4, 2.5, 5.5)  # from the line between two columns to the lines that carry on in its gutter

SHEET_WIDTH = 1640


@dataclass(frozen=True)
class PlanPicture:
    """A laid out plan. Print `under`, the plans, the topics, `over`, in this order."""

    width: float
    height: float
    direction: Direction
    title: str
    codes: tuple[str, ...]
    row_titles: tuple[str, ...]
    under: Drawing
    plans: tuple[BarShape, ...]
    topics: tuple[BarShape, ...]
    over: Drawing

    def mirrored(self) -> Self:
        """Return the mirror image, for languages from right to left."""
        return replace(
            self,
            direction="rtl",
            under=self.under.mirrored(self.width),
            plans=tuple(bar.mirrored(self.width) for bar in self.plans),
            topics=tuple(bar.mirrored(self.width) for bar in self.topics),
            over=self.over.mirrored(self.width),
        )


def plan_picture(plan: Plan, direction: Direction = "ltr", width: int = WIDTH) -> PlanPicture:
    """Return the picture of a plan; the same plan always gives the same picture.

    `plans` and `topics` hold one shape for each plan bar and each topic given, in the order given. A wider picture is
    less high: `SHEET_WIDTH` has the shape of an A3 sheet for a plan of some thirty topics.
    """
    grid = plan_grid(len(plan.cycles), width)
    head, top = _head(plan, grid)
    rows: list[Drawing] = []
    borders = [top]

    plans = plans_drawing(plan.plans, grid, borders[-1])
    if plan.plans:
        label, bottom = _label(Row(plan.words.plans, "", note=plan.words.plans_note), borders[-1])
        rows.append(label)
        borders.append(max(bottom, plans.bottom))
    topics: dict[str, BarShape] = {}
    for number, row in enumerate(plan.rows):
        label, bottom = _label(row, borders[-1])
        rows.append(label)
        packed = pack([topic for topic in plan.topics if topic.row == number], grid, borders[-1])
        topics |= {bar.key: bar for bar in packed}
        borders.append(max([bottom, *(bar.box.bottom + 7.5 for bar in packed)]))
    forum = Drawing()
    if plan.forum:
        label, bottom = _label(Row(plan.forum.title, "", note=plan.forum.note), borders[-1])
        forum, forum_bottom = forum_drawing(plan.forum, grid, borders[-1])
        rows.append(label)
        borders.append(max(bottom, forum_bottom))

    today_line, foot, height = _foot(plan, grid, borders)
    carried, heads = _carries(plan, topics, grid)
    picture = PlanPicture(
        width=grid.width,
        height=height,
        direction="ltr",
        title=plan.words.title,
        codes=tuple(cycle.code for cycle in plan.cycles),
        row_titles=tuple(row.title for row in plan.rows),
        under=join([_ground(plan, grid, borders), head, *rows, today_line, carried]),
        plans=plans.bars,
        topics=tuple(topics[topic.key] for topic in plan.topics),
        over=join([plans.marks, heads, forum, foot]),
    )
    return picture.mirrored() if direction == "rtl" else picture


def _head(plan: Plan, grid: Grid) -> tuple[Drawing, float]:
    """Return codes, years and themes over the columns, and where the first row begins."""
    room = grid.column - 8
    codes = [wrap_styled(cycle.code, room, CODE) for cycle in plan.cycles]
    years = [wrap_styled(cycle.years, room, NOTE) for cycle in plan.cycles]
    themes = [wrap_styled(cycle.theme or "", room, THEME) for cycle in plan.cycles]
    years_first = 15 + TITLE_STEP * _most(codes)
    themes_first = years_first + NOTE_STEP * _most(years) + 7
    texts = [
        text
        for number in range(grid.count)
        for lines, first, style, step in (
            (codes[number], 16, CODE, TITLE_STEP),
            (years[number], years_first, NOTE, NOTE_STEP),
            (themes[number], themes_first, THEME, THEME_STEP),
        )
        for text in text_block(grid.left(number) + 6, first, lines, style, step)
    ]
    return Drawing(texts=tuple(texts)), math.floor(themes_first - 3 + THEME_STEP * _most(themes)) + 0.5


def _most(blocks: Iterable[Sized]) -> int:
    return max(len(block) for block in blocks)


def _label(row: Row, top: float) -> tuple[Drawing, float]:
    """Return the label of a row and how far down the row must reach for it."""
    indent = max(NUMBER_WIDTH, math.ceil(width_styled(row.number, CODE) + 7)) if row.number else 0
    title = wrap_styled(row.title, LABEL - LABEL_PAD - indent, CODE)
    note = wrap_styled(row.note, LABEL - LABEL_PAD - indent, NOTE)
    first = top + 19
    note_first = first + len(title) * TITLE_STEP
    number = [text_at(0, first, row.number, CODE)] if row.number else []
    texts = (
        *number,
        *text_block(indent, first, title, CODE, TITLE_STEP),
        *text_block(indent, note_first, note, NOTE, NOTE_STEP),
    )
    last = max([top + 19, *(text.y for text in texts)])
    return Drawing(texts=texts), last + 17


def _ground(plan: Plan, grid: Grid, borders: Sequence[float]) -> Drawing:
    """Return sunk columns, hatched heads and the lines between columns and rows."""
    top, bottom = borders[0], borders[-1]
    sunk = [
        Rect(*grid.span(first, last, top, bottom - top), cls="lane")
        for first, last in _runs([cycle.is_future for cycle in plan.cycles])
    ]
    hatched = [
        Rect(*grid.span(first, last, 0, 4), cls="hole")
        for first, last in _runs([cycle.is_illustration for cycle in plan.cycles])
    ]
    columns = [line(grid.left(number), top, grid.left(number), bottom, "hair") for number in range(len(plan.cycles))]
    rows = [line(0, y, grid.width, y, "hair") for y in borders[1:-1]]
    edges = [line(0, y, grid.width, y, "rule") for y in (top, bottom)]
    return Drawing(rects=(*hatched, *sunk), paths=(*columns, *rows, *edges))


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of true flags."""
    start = None
    for number, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = number
        elif not flag and start is not None:
            yield start, number - 1
            start = None


def _foot(plan: Plan, grid: Grid, borders: Sequence[float]) -> tuple[Drawing, Drawing, float]:
    """Return the line of today, what stands under the picture, and the height of the whole."""
    top, bottom = borders[0], borders[-1]
    placed: list[tuple[float, float, int]] = []
    texts: list[Text] = []
    rects: list[Rect] = []
    today_line = Drawing()
    if plan.today is not None and plan.today_cycle is not None:
        x = grid.at(plan.today)
        today_line = Drawing(paths=(line(x, top - 3, x, bottom, "now"),))
        text = text_at(x + 6, bottom + 15, plan.words.today, TODAY)
        box = tenth(text.width + 14)
        left = x - 1 if x - 1 + box <= grid.width else max(0.0, x + 1 - box)
        if plan.words.today:
            rects.append(Rect(tenth(left), tenth(bottom + 1), min(box, grid.width - left), 20, "now-b"))
            texts.append(replace(text, x=tenth(left + 7)))
            placed.append((left - 8, left + box + 8, 0))
    for words, side in _sides(plan, grid):
        for part in wrap_styled(words, grid.width, FOOT):
            text = text_at(side, bottom + 15, part, FOOT, "end")
            if text.left < 0:
                text = text_at(0, bottom + 15, part, FOOT)
            lane = _free_lane(placed, text.left, text.left + text.width)
            placed.append((text.left, text.left + text.width, lane))
            texts.append(replace(text, y=tenth(text.y + lane * 18)))
    lanes = max([lane for _, _, lane in placed], default=0)
    return today_line, Drawing(rects=tuple(rects), texts=tuple(texts)), tenth(bottom + FOOT_HEIGHT + lanes * 18 + 0.5)


def _sides(plan: Plan, grid: Grid) -> Iterator[tuple[str, float]]:
    """Yield what stands under the record and under the illustration, and where it ends."""
    flags = [cycle.is_illustration for cycle in plan.cycles]
    first = flags.index(True) if True in flags else len(flags)
    if first:
        yield plan.words.record, grid.left(first) - 8 if first < len(flags) else grid.width
    if first < len(flags):
        yield plan.words.illustration, grid.width


def _free_lane(placed: Sequence[tuple[float, float, int]], left: float, right: float) -> int:
    lane = 0
    while any(lane == other and left < end and start < right for start, end, other in placed):
        lane += 1
    return lane


def _carries(plan: Plan, bars: dict[str, BarShape], grid: Grid) -> tuple[Drawing, Drawing]:
    """Return the lines from topics to those that carry them on, and the arrow heads.

    A topic that carries on but is not in this picture gets no line. Lines to different topics that share a gutter are
    drawn a little apart.
    """
    targets = {key: number for number, key in enumerate(dict.fromkeys(k for t in plan.topics for k in t.carried_to))}
    pairs = [
        (bars[topic.key], bars[key])
        for topic in plan.topics
        for key in topic.carried_to
        if key in bars and key != topic.key
    ]
    tracks = {key: TRACKS[number % len(TRACKS)] for key, number in targets.items()}
    paths = [Path(_carry_points(source, target, grid, tracks[target.key]), "carry") for source, target in pairs]
    heads = [
        Path(((x + 1, y), (tenth(x - 5), tenth(y - 4)), (tenth(x - 5), tenth(y + 4))), "carry-h", is_closed=True)
        for x, y in dict.fromkeys((target.box.x, target.box.middle) for _, target in pairs)
    ]
    return Drawing(paths=tuple(paths)), Drawing(paths=tuple(heads))


def _carry_points(source: BarShape, target: BarShape, grid: Grid, track: float) -> tuple[tuple[float, float], ...]:
    start, end = source.box, target.box
    ahead = target.first > source.last
    gutter = tenth(grid.left(source.last + 1 if ahead else target.first) - track)
    if ahead:
        first = ((start.right, start.middle), (gutter, start.middle))
    elif source.first < target.first:  # the source runs past the gutter: leave it on the side of the target
        first = ((gutter, start.bottom if end.middle > start.middle else start.y),) * 2
    else:
        first = ((start.x, start.middle), (gutter, start.middle))
    points = (*first, (gutter, end.middle), (tenth(end.x - 3), end.middle))
    return tuple(dict.fromkeys(points))
