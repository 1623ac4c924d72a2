"""The export of a record: the files that import into an equal database, in an order and form that people can read."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from planner.core.db import transaction
from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import Origin
from planner.services.record_files import bodies, documents, instruments, meetings, parties, plan, plan_items, sessions
from planner.services.record_files.books import Books
from planner.services.record_files.entered_export import counts_of, entered_content
from planner.services.record_files.report import ExportReport

Progress = Callable[[int, int, str], None]

_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 150
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS = frozenset(
    {"date", "start_date", "end_date", "opens", "closes", "notified", "invited", "proposals_due", "from", "until"}
)
_EMPTY_IS_SAID = frozenset({"items", "versions", "cycles", "stages", "articles", "actions"})
"""Lists that are written even when they are empty: their absence would mean something else, or be a fault."""
_ABOUT = {
    "parties.yaml": "States with their status, and organisations.",
    "documents.yaml": "The sources that all files cite, and the register of documents.",
    "meetings.yaml": "Meetings with their sessions, agenda items and presentations. Times are local (timezone).",
    "plan.yaml": "Stages, Articles, and the multi-year plans. What is derived is not a text of the process.",
    "instruments.yaml": "Instruments that complement the Treaty.",
    "bodies.yaml": "Bodies and cycles.",
    "additions.yaml": "What people entered: records that no other file holds, under the names of their columns.",
    "edits.yaml": "What people entered of records in the other files: it counts instead of what those say.",
}


def export_record(
    directory: Path | str,
    *,
    origins: Collection[Origin] = (Origin.RECORD,),
    force: bool = False,
    progress: Progress | None = None,
) -> ExportReport:
    """Write the records of some origins as files that `import_record` reads; return what was written and what was not.

    The files hold what officers may see. Each file appears whole or not at all. Raises Conflict where the directory
    holds something and `force` is not set, or where the database holds what no import would accept; then nothing is
    written. What stays behind, and why, is listed in `left_behind.py`.
    """
    target = Path(directory)
    if target.exists() and not target.is_dir():
        raise Conflict(N_("“{path}” is no directory.", path=str(target)))
    if target.is_dir() and any(target.iterdir()) and not force:
        raise Conflict(N_("The directory “{path}” is not empty.", path=str(target)))
    report = ExportReport()
    with transaction(write=False):
        books = Books(origins)
        content = {name: _whole(data) for name, data in _content(books).items()}
        content |= entered_content(content, books)
        report.left_out = books.left_out()
    texts: dict[str, str] = {}
    for number, (name, data) in enumerate(content.items(), 1):
        report.files[name] = sum(data["counts"].values())
        texts[name] = _text(name, data, origins)
        if progress is not None:
            progress(number, len(content), name)
    _write(target, texts)
    return report


def _content(books: Books) -> dict[str, dict[str, Any]]:
    return {
        "parties.yaml": parties.dump_parties(books),
        "documents.yaml": documents.dump_documents(books),
        "meetings.yaml": meetings.dump_meetings(books, sessions.dump_sessions(books)),
        "plan.yaml": plan.dump_plans(books, plan_items.dump_items(books)),
        "instruments.yaml": instruments.dump_instruments(books),
        "bodies.yaml": bodies.dump_bodies(books),
    }


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a file with its version and the numbers that it announces."""
    pruned = {key: [] if value == [] else _pruned(value, key) for key, value in data.items() if value is not None}
    return {"schema_version": 1, "counts": counts_of(pruned), **pruned}


def _text(name: str, data: dict[str, Any], origins: Collection[Origin]) -> str:
    words = ", ".join(sorted(origin.value for origin in origins))
    head = f"# {_ABOUT[name]}\n# Exported for officers. Origins: {words}.\n"
    body: str = yaml.dump(
        data, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, default_flow_style=None, width=_WIDTH
    )
    return head + body


def _pruned(value: Any, key: str) -> Any:
    """Return a value without what is unknown or empty, whole days as days."""
    if isinstance(value, dict):
        pruned = {name: _pruned(inner, name) for name, inner in value.items()}
        return {name: inner for name, inner in pruned.items() if not _is_left_out(name, inner)}
    if isinstance(value, list):
        return [_pruned(inner, key) for inner in value]
    if key in _DAYS and isinstance(value, str) and _WHOLE_DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value


def _is_left_out(name: str, value: Any) -> bool:
    if value is None or value == {}:
        return True
    return value == [] and name not in _EMPTY_IS_SAID


def _write(target: Path, texts: dict[str, str]) -> None:
    """Write the files beside the target first; then move them into place, one step each."""
    target.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, text in texts.items():
            (workshop / name).write_text(text, encoding="utf-8", newline="\n")
        if not target.exists():
            workshop.chmod(0o755)
            workshop.rename(target)
            return
        for name in texts:
            os.replace(workshop / name, target / name)  # noqa: PTH105 - Path.replace is the same call
    finally:
        if workshop.exists():
            shutil.rmtree(workshop)
