"""The import of a record: check all files, write what differs in one transaction, and tell what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from planner.access.viewer import Viewer
from planner.core.db import transaction
from planner.core.i18n import N_
from planner.services import changes
from planner.services.record_files.checking import CleanRecord, check_directory
from planner.services.record_files.entered import entered_of, entries
from planner.services.record_files.entered_checks import faults_of_entered
from planner.services.record_files.faults import Fault
from planner.services.record_files.loading import load_files
from planner.services.record_files.releasing import release_programmes
from planner.services.record_files.report import ImportReport
from planner.services.record_files.schema import ADDED
from planner.services.record_files.settling import settle
from planner.services.record_files.store import Store

Progress = Callable[[int, int, str], None]


class _OnlyLooking(Exception):  # noqa: N818 - not an error: it ends a dry run
    """Rolls a dry run back."""


def import_record(
    directory: Path | str,
    *,
    actor: Viewer,
    at: datetime,
    dry_run: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the database to what the files of a directory say, all or nothing; return what was done.

    Where a file has a fault, nothing is written and the report holds every fault of every file. Records that people
    have edited since the last import are left alone and reported as kept, unless `overwrite` says otherwise; records
    that vanished from the files are reported, never deleted. `dry_run` does all of it and rolls it back. `progress` is
    called with records done, records in all and the name of the part; `at` is the instant of the change (aware).
    """
    report = ImportReport(dry_run=dry_run)
    record, report.faults = check_directory(Path(directory))
    if record is not None:
        report.faults = faults_of_entered(record)
    if record is None or report.faults:
        return report
    try:
        _write(record, report, actor=actor, at=at, overwrite=overwrite, progress=progress)
    except _OnlyLooking:
        pass
    except IntegrityError as error:
        return ImportReport(dry_run=dry_run, faults=[_refused(error)])
    return report


def _write(
    record: CleanRecord,
    report: ImportReport,
    *,
    actor: Viewer,
    at: datetime,
    overwrite: bool,
    progress: Progress | None,
) -> None:
    with transaction(write=True):
        store = Store(report, at, overwrite, entered=entered_of(record))
        with changes.change(actor, at=at, action="import") as running:
            _load(record, store, progress)
            store.flush()
            release_programmes(record, store, actor=actor, at=at)
            store.finish()
            running.touch(*(store.held[key].id for key in store.written()))
        store.remember_revisions()
        _end_dry_run(report)


def _refused(error: IntegrityError) -> Fault:
    """Return the fault of files that are right in themselves but cannot stand beside what the database holds."""
    problem = str(error.orig).splitlines()[0][:200]
    return Fault(
        "",
        "",
        "",
        N_(
            "The files cannot stand beside what the database holds, as when a key was changed but not a name that may "
            "be used once. The database says: {problem}",
            problem=problem,
        ),
    )


def _end_dry_run(report: ImportReport) -> None:
    if report.dry_run:
        raise _OnlyLooking


def _load(record: CleanRecord, store: Store, progress: Progress | None) -> None:
    store.load()
    with _counted(record, store, progress) as part:
        load_files(record, store, part)
        settle(store)


@contextmanager
def _counted(record: CleanRecord, store: Store, progress: Progress | None) -> Iterator[Callable[[str], None]]:
    """Report progress while records are put; yields the function that names the part at work."""
    if progress is None:
        yield lambda _label: None
        return
    report = progress
    total = _size(record)
    label = ""

    def step() -> None:
        report(min(len(store.put_keys), total), total, label)

    def name(part: str) -> None:
        nonlocal label
        label = part

    store.step = step
    yield name
    report(total, total, label)


def _size(record: CleanRecord) -> int:
    """Return about how many records the files make."""
    parts = [
        *record.documents["sources"], *record.documents["documents"], *record.parties["states"],
        *record.parties["organisations"], *record.instruments["instruments"], *record.meetings["meetings"],
        *record.bodies["bodies"], *record.cycles.rows,
    ]  # fmt: skip
    inner = sum(
        1 + len(entry.get("agenda_items", ())) + len(entry.get("presentations", ())) for _, entry in record.sessions()
    )
    items = sum(
        1 + len(cycle.get("topics", ())) + 2 * len(cycle.get("expected_outputs", ()))
        for one in record.plan["plans"]
        for cycle in one["cycles"]
    )
    added = sum(1 for _ in entries(record.additions, ADDED))
    return len(parts) + len(record.articles) + inner + items + added
