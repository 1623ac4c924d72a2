"""The bars of a plan: their text wrapped to fit, their shape by state, and their places in a row so that none meet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from planner.pictures.measure import Style, wrap_styled
from planner.pictures.plan_data import PlanBar, Topic, TopicState
from planner.pictures.plan_grid import BAR_GAP, Grid
from planner.pictures.shapes import Drawing, Path, Rect, Use, line, tenth, text_block

PLAIN = Style(12, 400, 87.5, "tn")
BOLD = Style(12, 600, 87.5, "tn tb")
LINE = 14
TEXT_LEFT, TEXT_RIGHT = 7, 3
EDGE = 3
GLYPH, GLYPH_ROOM = 10, 17
FILL = {
    TopicState.DISCUSSED: "b-rec",
    TopicState.DELAYED: "b-late",
    TopicState.PLANNED: "b-circ",
    TopicState.CIRCULATED: "b-circ",
    TopicState.DRAFT: "b-draft",
}
LEADING_EDGE = {
    TopicState.DISCUSSED: "b-rec-e",
    TopicState.DELAYED: "b-late-e",
    TopicState.PLANNED: "inkf",
}


@dataclass(frozen=True)
class BarShape:
    """A bar as drawn: `box` is all of it. `underlines` mark, dotted, a title that was recalled and not checked."""

    key: str
    title: str
    url: str | None
    state: TopicState
    is_late: bool
    is_recalled: bool
    moved_from: str | None
    row: int | None
    first: int
    last: int
    box: Rect
    drawing: Drawing
    underlines: tuple[Path, ...] = ()

    def mirrored(self, width: float) -> Self:
        """Return the mirror image."""
        return replace(
            self,
            box=self.box.mirrored(width),
            drawing=self.drawing.mirrored(width),
            underlines=tuple(path.mirrored(width) for path in self.underlines),
        )


def bar_shape(item: Topic | PlanBar, grid: Grid, y: float) -> BarShape:
    """Return the bar of a topic or a plan, its top at `y`, as high as its title needs."""
    topic = item if isinstance(item, Topic) else None
    is_late = topic is not None and topic.is_late
    style = PLAIN if topic else BOLD
    x, width = grid.bar(item.first, item.last)
    lines = wrap_styled(item.title, width - TEXT_LEFT - TEXT_RIGHT, style)
    texts = tuple(text_block(x + TEXT_LEFT, y + 15, lines, style, LINE))
    room = width - TEXT_LEFT - texts[-1].width if texts else width
    height = max(len(lines), 1) * LINE + 10 + (LINE - 2 if is_late and room < GLYPH_ROOM else 0)
    box = Rect(tenth(x), tenth(y), tenth(width), tenth(height))
    glyph = (Use("i-late", tenth(box.right - GLYPH - 5), tenth(box.bottom - GLYPH - 5), GLYPH, "gl-late"),)
    return BarShape(
        key=topic.key if topic else item.title,
        title=item.title,
        url=item.url,
        state=item.state,
        is_late=is_late,
        is_recalled=topic is not None and topic.is_recalled,
        moved_from=topic.moved_from if topic else None,
        row=topic.row if topic else None,
        first=item.first,
        last=item.last,
        box=box,
        drawing=Drawing(rects=_rects(box, item.state), uses=glyph if is_late else (), texts=texts),
        underlines=tuple(
            line(text.x, text.y + 3, text.x + text.width, text.y + 3, "edge")
            for text in (texts if topic and topic.is_recalled else ())
        ),
    )


def _rects(box: Rect, state: TopicState) -> tuple[Rect, ...]:
    """Return the ground of a bar, drawn half a pixel inside for a sharp outline, and its leading edge."""
    ground = Rect(box.x + 0.5, box.y + 0.5, tenth(box.width - 1), tenth(box.height - 1), FILL[state])
    edge = LEADING_EDGE.get(state)
    return (ground, Rect(box.x, box.y, EDGE, box.height, edge)) if edge else (ground,)


def pack(topics: Iterable[Topic], grid: Grid, top: float) -> list[BarShape]:
    """Return the bars of one row: each as high up as the bars before it in its columns leave room, long ones first."""
    bottoms = [top + 6.5] * grid.count
    bars: list[BarShape] = []
    for topic in sorted(topics, key=lambda topic: (topic.first - topic.last, topic.first)):
        columns = slice(topic.first, topic.last + 1)
        bar = bar_shape(topic, grid, max(bottoms[columns]))
        bottoms[columns] = [bar.box.bottom + BAR_GAP] * (topic.last + 1 - topic.first)
        bars.append(bar)
    return bars
