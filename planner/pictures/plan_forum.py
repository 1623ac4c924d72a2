"""The last row of a plan's picture: the closed forum with its real dates."""

from planner.pictures.labels import Block, lanes
from planner.pictures.measure import Style, width_styled, wrap_styled
from planner.pictures.plan_data import Forum
from planner.pictures.plan_grid import LABEL, Grid
from planner.pictures.shapes import Dot, Drawing, Rect, Text, line, tenth, text_at

WORDS = Style(11.5, 400, 87.5, "t2 tn f11")
AXIS, LABELS, STEP = 22, 45, 16
SQUARE = 10


def forum_drawing(forum: Forum, grid: Grid, top: float) -> tuple[Drawing, float]:
    """Return the line of the forum, a square where it was set up, a dot for each meeting; and where the row ends."""
    y = tenth(top + AXIS)
    moments = [at for at in (forum.established, *forum.meetings, forum.confirmed) if at is not None]
    if not moments:
        return Drawing(), top
    start = grid.at(min(moments)) if forum.established is not None else LABEL + 1
    end = min(grid.at(max(moments)) + 10, grid.width)
    square = [Rect(start, y - SQUARE / 2, SQUARE, SQUARE, "inkf")] if forum.established is not None else []
    if square and start + SQUARE > grid.width:
        square = [Rect(grid.width - SQUARE, y - SQUARE / 2, SQUARE, SQUARE, "inkf")]
    dots = tuple(Dot(min(grid.at(at), grid.width - 4.5), y, 4.5, "inkf") for at in forum.meetings)
    wishes: list[tuple[float, str]] = []
    if forum.established is not None and forum.established_label:
        wishes.append((start, forum.established_label))
    if forum.meetings and forum.meetings_label:
        wishes.append((grid.at(min(forum.meetings)) - 4, forum.meetings_label))
    texts: list[Text] = []
    if forum.confirmed is not None and forum.confirmed_label:
        if end + 4 + width_styled(forum.confirmed_label, WORDS) <= grid.width:
            texts.append(text_at(end + 4, y + 4, forum.confirmed_label, WORDS))
        else:
            wishes.append((grid.at(forum.confirmed), forum.confirmed_label))
    below, bottom = _labels(wishes, grid, top + LABELS)
    paths = (line(start, y, end, y, "rule"),)
    return Drawing(tuple(square), paths, dots, texts=(*texts, *below)), bottom


def _labels(wishes: list[tuple[float, str]], grid: Grid, first: float) -> tuple[list[Text], float]:
    """Return labels as near as can be to where they should stand, and where the row ends."""
    blocks = []
    for x, words in wishes:
        lines = tuple(wrap_styled(words, grid.width - LABEL, WORDS))
        widest = max((width_styled(part, WORDS) for part in lines), default=0)
        left = max(min(x, grid.width - widest), 0)
        blocks.append(Block(left, left + widest, lines))
    texts = [
        text_at(block.left, first + (lane + number) * STEP, part, WORDS)
        for block, lane in zip(blocks, lanes(blocks), strict=True)
        for number, part in enumerate(block.lines)
    ]
    return texts, max([first - STEP, *(text.y for text in texts)]) + 17
