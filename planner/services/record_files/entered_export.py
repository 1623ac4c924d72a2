"""The two files of what people entered, made after the others: the others are tried, and what they miss is written."""

from __future__ import annotations

from typing import Any

from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import Meeting, Offer, PlanSession, Release
from planner.services.programmes import digest_of, working_programme
from planner.services.record_files import consistency
from planner.services.record_files.books import Books
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.consistency import Cycles
from planner.services.record_files.entered_writing import entered_data, followed_releases
from planner.services.record_files.places import Ledger, Place
from planner.services.record_files.reading import Keyed
from planner.services.record_files.releasing import RELEASE_NAME
from planner.services.record_files.schema import FILES
from planner.services.record_files.seat_offices import entered_offices, leave_out_other_seats
from planner.services.record_files.trial import made_by

Data = dict[str, Any]


def entered_content(content: dict[str, Data], books: Books) -> dict[str, Data]:
    """Return `additions.yaml` and `edits.yaml` beside the content of the other files, which is corrected in place.

    Raises Conflict where the database holds what the files would not accept.
    """
    leave_out_other_seats(content, books)
    written = {(record.kind, record.ref) for record in books.all_written()}
    made = made_by(_cleaned(content), written.__contains__, entered_offices(books))
    followed = followed_releases(books, _digests(books), RELEASE_NAME)
    additions, edits = entered_data(books, made, followed)
    additions["unreleased"] = _unreleased(books, followed)
    return {"additions.yaml": _whole(additions), "edits.yaml": _whole(edits)}


def _whole(lists: Data) -> Data:
    return {"schema_version": 1, "counts": counts_of(lists), **{name: rows for name, rows in lists.items() if rows}}


def counts_of(data: Data) -> dict[str, int]:
    """Return the numbers of entries that the head of a file announces."""
    return {name: len(rows) for name, rows in data.items() if isinstance(rows, list) and rows}


def _cleaned(content: dict[str, Data]) -> CleanRecord:
    ledger = Ledger()
    clean = {name: FILES[name].clean(keyed(data), Place(ledger, name)) for name, data in content.items()}
    parts: dict[str, Any] = {name.removesuffix(".yaml"): value for name, value in clean.items() if value is not None}
    record = CleanRecord(**parts, cycles=Cycles(), articles=ledger.articles)
    if not ledger.faults:
        record.cycles = consistency.find_cycles(record, ledger)
    if ledger.faults:
        faults = "; ".join(str(fault) for fault in ledger.faults[:5])
        raise Conflict(N_("What is here cannot be written as files: {faults}", faults=faults))
    return record


def keyed(value: Any) -> Any:
    """Return plain values as the reader of files would give them."""
    if isinstance(value, dict):
        made = Keyed(0)
        made.update({key: keyed(inner) for key, inner in value.items()})
        return made
    if isinstance(value, list):
        return [keyed(inner) for inner in value]
    return value


def _digests(books: Books) -> dict[int, str]:
    """Return the digest of the working programme of each meeting that has one release."""
    released = {release.meeting_id: release for release in books.of(Release)}
    return {
        meeting.id: digest_of(
            working_programme(meeting, [one["id"] for one in released[meeting.id].programme["sessions"]])
        )
        for meeting in books.of(Meeting)
        if meeting.id in released
    }


def _unreleased(books: Books, followed: set[int]) -> list[str]:
    """Return the meetings with a programme of which an import must release nothing itself."""
    drafted = {one.meeting_id for one in books.of(PlanSession)} | {one.meeting_id for one in books.of(Offer)}
    drafted -= {release.meeting_id for release in books.of(Release) if release.id in followed}
    return [meeting.ref for meeting in books.of(Meeting) if meeting.id in drafted]
