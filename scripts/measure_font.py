"""Extract the advance widths of the program's fonts once, for `planner/pictures/widths.json`.

    python scripts/measure_font.py FONT_FOLDER planner/pictures/widths.json

Needs fontTools and brotli, which the program itself does not: run it in a virtual environment of its own, and again
only when the fonts change. FONT_FOLDER holds the subsets of IBM Plex Sans (variable) and IBM Plex Sans Arabic. What is
written: for each pair of weight and width the pictures use, runs of neighbouring code points with their widths in
1/1000 em.
"""

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

VARIABLE = ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext")
STYLES = ((400, 87.5), (600, 87.5), (400, 100), (600, 100))
LONGEST_HOLE = 3  # code points without a glyph that may stand in a run as null; a new run costs more


def advances(font: TTFont) -> dict[int, int]:
    """Return code point → advance in 1/1000 em."""
    scale = 1000 / font["head"].unitsPerEm
    metrics = font["hmtx"]
    return {code: round(metrics[name][0] * scale) for code, name in font.getBestCmap().items()}


def runs(widths: dict[int, int]) -> list[list]:
    """Return [first code point, [width, …]] for runs of neighbours, small holes filled with null."""
    found: list[list] = []
    last = None
    for code in sorted(widths):
        hole = LONGEST_HOLE + 1 if last is None else code - last - 1
        if hole > LONGEST_HOLE:
            found.append([code, [widths[code]]])
        else:
            found[-1][1] += [None] * hole + [widths[code]]
        last = code
    return found


def measure(folder: Path, weight: int, width: float) -> dict[int, int]:
    """Return the widths of one style over all subsets; the first subset that has a code point counts."""
    found = advances(TTFont(folder / f"plex-arabic-{weight}.woff2"))
    for subset in reversed(VARIABLE):
        font = TTFont(folder / f"plex-sans-{subset}.woff2")
        found |= advances(instantiateVariableFont(font, {"wght": weight, "wdth": width}))
    return found


def main(folder: str, target: str) -> None:
    """Write the table."""
    table = {f"{weight}/{width:g}": runs(measure(Path(folder), weight, width)) for weight, width in STYLES}
    Path(target).write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
