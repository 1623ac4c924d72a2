"""Sets one paper: what to set on standard input, the PDF on standard output. Run as a file, alone (see `pdf`)."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

import typst

HOUSE = Path(__file__).parent / "house"
MOST_MEMORY = 4 * 1024**3


def main() -> int:
    """Set the paper, or say why not and return 3."""
    with suppress(ImportError):  # Windows has no such limits
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked = json.load(sys.stdin.buffer)
    try:
        made = typst.compile(
            HOUSE / "paper.typ",
            root=HOUSE,
            # the house's fonts alone, so that a paper is the same on every machine
            font_paths=typst.Fonts(False, False, [HOUSE / "fonts"]),
            ignore_system_fonts=True,
            sys_inputs={"paper": asked["paper"]},
            pdf_standards=["ua-1"],
            timestamp=asked["timestamp"],
        )
    except typst.TypstError as error:
        sys.stderr.write("\n".join((error.message, *error.hints)))
        return 3
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
