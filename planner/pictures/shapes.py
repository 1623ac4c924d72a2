"""The few shapes a picture is made of, and their mirror image; a template prints them as they are.

Coordinates are px from the top left corner, rounded to a tenth. A picture is laid out from left to right and mirrored
as a whole where the language runs from right to left, so both ways agree. `cls` holds the CSS classes. The anchor of
a text is `start` or `end` in the reading direction, as SVG has it: mirroring moves a text but keeps its anchor.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Self

from planner.pictures.measure import Style, is_rtl, width_styled

Direction = Literal["ltr", "rtl"]
Anchor = Literal["start", "end"]


def tenth(value: float) -> float:
    """Round a coordinate."""
    return round(value, 1)


def _mirror(width: float, x: float) -> float:
    return round(width - x, 2)  # what was rounded to fewer places stays exact


@dataclass(frozen=True)
class Rect:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    cls: str = ""

    @property
    def right(self) -> float:
        """The right edge."""
        return tenth(self.x + self.width)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return tenth(self.y + self.height)

    @property
    def middle(self) -> float:
        """Half way down."""
        return tenth(self.y + self.height / 2)

    def mirrored(self, width: float) -> Self:
        """Return the mirror image in a canvas of the width."""
        return replace(self, x=_mirror(width, self.x + self.width))


@dataclass(frozen=True)
class Text:
    """A line of text; `width` is what it takes, `is_isolated` that it runs against the direction of the page."""

    x: float
    y: float
    text: str
    width: float
    cls: str = ""
    anchor: Anchor = "start"
    is_isolated: bool = False

    def mirrored(self, width: float) -> Self:
        """Return the mirror image: same anchor, other side."""
        return replace(self, x=_mirror(width, self.x), is_isolated=not is_rtl(self.text))

    @property
    def left(self) -> float:
        """The left edge of the line in a page that runs from left to right."""
        return tenth(self.x if self.anchor == "start" else self.x - self.width)


@dataclass(frozen=True)
class Path:
    """A run of straight lines; closed ones are areas."""

    points: tuple[tuple[float, float], ...]
    cls: str = ""
    is_closed: bool = False

    @property
    def d(self) -> str:
        """The points as SVG path data."""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in self.points) + ("z" if self.is_closed else "")

    def mirrored(self, width: float) -> Self:
        """Return the mirror image."""
        return replace(self, points=tuple((_mirror(width, x), y) for x, y in self.points))


@dataclass(frozen=True)
class Dot:
    """A disc."""

    x: float
    y: float
    radius: float
    cls: str = ""

    def mirrored(self, width: float) -> Self:
        """Return the mirror image."""
        return replace(self, x=_mirror(width, self.x))


@dataclass(frozen=True)
class Use:
    """A symbol of the page's own sprite, as `i-late`, in a square; it is moved, not turned, when mirrored."""

    symbol: str
    x: float
    y: float
    size: float
    cls: str = ""

    def mirrored(self, width: float) -> Self:
        """Return the moved symbol."""
        return replace(self, x=_mirror(width, self.x + self.size))


@dataclass(frozen=True)
class Drawing:
    """Shapes that belong together, printed in the order of the fields."""

    rects: tuple[Rect, ...] = ()
    paths: tuple[Path, ...] = ()
    dots: tuple[Dot, ...] = ()
    uses: tuple[Use, ...] = ()
    texts: tuple[Text, ...] = ()

    def mirrored(self, width: float) -> Self:
        """Return the mirror image."""
        return replace(
            self,
            rects=tuple(shape.mirrored(width) for shape in self.rects),
            paths=tuple(shape.mirrored(width) for shape in self.paths),
            dots=tuple(shape.mirrored(width) for shape in self.dots),
            uses=tuple(shape.mirrored(width) for shape in self.uses),
            texts=tuple(shape.mirrored(width) for shape in self.texts),
        )


def line(x1: float, y1: float, x2: float, y2: float, cls: str) -> Path:
    """Return a straight line."""
    return Path(((tenth(x1), tenth(y1)), (tenth(x2), tenth(y2))), cls)


def text_at(x: float, y: float, text: str, style: Style, anchor: Anchor = "start") -> Text:
    """Return one line of text in a style, measured, for a page that runs from left to right."""
    return Text(tenth(x), tenth(y), text, tenth(width_styled(text, style)), style.cls, anchor, is_rtl(text))


def text_block(x: float, y: float, lines: Iterable[str], style: Style, step: float) -> Iterator[Text]:
    """Yield lines of text under one another, the first with its baseline at `y`."""
    for number, words in enumerate(lines):
        yield text_at(x, y + number * step, words, style)


def join(drawings: Iterable[Drawing]) -> Drawing:
    """Return one drawing of several."""
    all_of = tuple(drawings)
    return Drawing(
        tuple(shape for drawing in all_of for shape in drawing.rects),
        tuple(shape for drawing in all_of for shape in drawing.paths),
        tuple(shape for drawing in all_of for shape in drawing.dots),
        tuple(shape for drawing in all_of for shape in drawing.uses),
        tuple(shape for drawing in all_of for shape in drawing.texts),
    )
