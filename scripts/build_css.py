"""Join the stylesheets into the one file that pages load, `planner/static/css/planner.css`.

No bundler and no dependency: files are joined as they are, from general to special, comments left out. The grid
classes of the timetable are written by arithmetic, for sessions of up to twelve hours. With `--check` nothing is
written; the exit status tells whether the file is current.
"""

import hashlib
import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "planner" / "static" / "css"
TARGET = CSS / "planner.css"

STEP_MINUTES = 5
LONGEST_MINUTES = 12 * 60

# Later files win over earlier ones of the same layer, so general components stand before those that use them.
COMPONENTS = [
    "frame", "chain", "head", "section", "facts", "state", "cls", "buttons", "field", "filters", "notice", "dialog",
    "table", "rows", "pager", "tabs", "empty", "fold", "picture", "timetable", "balance", "progress", "time", "address",
    "steps", "history", "conflict", "provenance", "comment",
]  # fmt: skip
AREAS = ["plan", "presentations", "calendars", "home", "documents", "sessions", "administration"]


def list_sources() -> list[Path]:
    """Return the stylesheets in the order in which they are joined."""
    return [
        CSS / "tokens.css",
        CSS / "base.css",
        *(CSS / "components" / f"{name}.css" for name in COMPONENTS),
        *(CSS / "areas" / f"{name}.css" for name in AREAS),
        CSS / "print.css",
    ]


def write_timetable_steps() -> str:
    """Return the classes of the timetable: f = from which step, l = how many steps long, r = how many steps in all."""
    steps = LONGEST_MINUTES // STEP_MINUTES
    rules = [f".f{n}{{grid-row-start:{n + 1}}}" for n in range(steps + 1)]
    rules += [f".l{n}{{grid-row-end:span {n}}}" for n in range(1, steps + 1)]
    rules += [f".r{n}{{grid-template-rows:repeat({n},minmax(var(--step),auto))}}" for n in range(1, steps + 1)]
    return "@layer components {\n" + "\n".join(rules) + "\n}\n"


def squeeze(text: str) -> str:
    """Return a stylesheet without comments and indentation; nothing else is touched."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def add_digests(text: str) -> str:
    """Return a stylesheet whose fonts carry the digest of their content, so that browsers may keep them for ever."""

    def with_digest(found: re.Match[str]) -> str:
        digest = hashlib.sha256((CSS / found[1]).read_bytes()).hexdigest()[:12]
        return f'url("{found[1]}?v={digest}")'

    return re.sub(r'url\("(\.\./fonts/[^"]+)"\)', with_digest, text)


def build() -> str:
    """Return the joined stylesheet."""
    parts = [squeeze(path.read_text(encoding="utf-8")) for path in list_sources()]
    return add_digests("".join([*parts[:-1], write_timetable_steps(), parts[-1]]))


def main(arguments: list[str]) -> int:
    """Write the file, or with `--check` say whether it is current."""
    css = build()
    if "--check" in arguments:
        return 0 if TARGET.read_text(encoding="utf-8") == css else 1
    TARGET.write_text(css, encoding="utf-8")
    print(f"{TARGET.name}: {len(css.encode())} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
