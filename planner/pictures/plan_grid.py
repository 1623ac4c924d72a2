"""Where the columns of a plan stand: one for labels, one for each cycle; on whole pixels, so that lines are sharp."""

from dataclasses import dataclass

from planner.pictures.shapes import tenth

WIDTH = 1200
LABEL = 106
MIN_COLUMN = 72
BAR_LEFT, BAR_RIGHT = 2.5, 6.5  # from the lines of the column to the bar
BAR_GAP = 4


@dataclass(frozen=True)
class Grid:
    """The columns of one picture."""

    count: int
    width: float

    @property
    def column(self) -> float:
        """The width of the narrowest column."""
        return (self.width - LABEL) // self.count

    def left(self, number: int) -> float:
        """Return the line at the left of a column; one past the last is the right edge."""
        return LABEL + (self.width - LABEL) * number // self.count + (0.5 if number < self.count else 0)

    def at(self, position: float) -> float:
        """Return where a moment stands, in cycles; moments off the axis stand at its end."""
        return tenth(LABEL + (self.width - LABEL) * min(max(position, 0), self.count) / self.count)

    def span(self, first: int, last: int, y: float, height: float) -> tuple[float, float, float, float]:
        """Return x, y, width and height over columns, both included."""
        return self.left(first), y, self.left(last + 1) - self.left(first), height

    def bar(self, first: int, last: int) -> tuple[float, float]:
        """Return x and width of a bar over columns, both included."""
        x = self.left(first) + BAR_LEFT
        return x, LABEL + (self.width - LABEL) * (last + 1) // self.count + 0.5 - BAR_RIGHT - x


def plan_grid(count: int, width: int = WIDTH) -> Grid:
    """Return the grid for a number of cycles, wider than asked where columns would be too narrow for words."""
    return Grid(count, max(width, LABEL + count * MIN_COLUMN))
