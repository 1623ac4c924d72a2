"""What entries of all kinds share: which records are looked at, what was recalled of them, links, states."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from planner.formats.entry import Status
from planner.formats.prose import Link
from planner.models import Citation, EntryKind, Origin, Provenance
from planner.rules.lifecycle import OFF
from planner.services.calendar_entries.fact import Keys, uid_of
from planner.services.calendar_entries.keeping import Held
from planner.services.calendar_entries.rows import grouped_rows
from planner.services.calendar_entries.wording import CANCELLED, ILLUSTRATION, MERGED, POSTPONED

_STATUS: dict[str, Status] = {"tentative": "TENTATIVE", "confirmed": "CONFIRMED", "held": "CONFIRMED"}
"""Of meetings and sessions. What is postponed does not take place on the day that readers have, so its entry is
CANCELLED and says "Postponed"; with a new day the same UID comes back. TENTATIVE would keep the old day taken. A merged
session does not take place under its UID at all, and says where it goes on."""
_PREFIX = {"postponed": POSTPONED, "merged": MERGED}


class Source:
    """The records whose entries are to be made, and the entries they have.

    `base_url` is the program's address, or None where it is not known.
    """

    def __init__(self, ids: set[int], held: Held, base_url: str | None) -> None:
        """Read what all kinds need."""
        self.ids = sorted(ids)
        self.held = held
        self.base_url = base_url
        self.recalled = grouped_rows(
            select(Citation.record_id, Citation.field).where(
                Citation.record_id.in_(self.ids), Citation.provenance == Provenance.RECALLED
            )
        )

    def shared(self, row: Any, kind: EntryKind, state: str | None, page: str) -> dict[str, Any]:
        """Return what entries of all kinds say in the same way."""
        return {
            "uid": uid_of(kind, row.ref),
            "status": "CANCELLED" if state in OFF else _STATUS.get(state or "", "CONFIRMED"),
            "prefix": _PREFIX.get(state or "", CANCELLED),
            "label": ILLUSTRATION if row.origin is Origin.ILLUSTRATION else "",
            "url": self.address(page, row.id),
        }

    def address(self, page: str, record_id: int) -> str | None:
        """Return the address of a record's page."""
        return f"{self.base_url}/{page}/{record_id}" if self.base_url else None

    def link(self, page: str, record_id: int) -> Link | None:
        """Return the same as a part of the text, because some programs do not show URL."""
        address = self.address(page, record_id)
        return Link(address) if address else None


def keys_of(
    row: Any, body_id: int, meeting_id: int | None = None, cycle_id: int | None = None, joint: list[int] | None = None
) -> Keys:
    """Return the keys of a record's entry."""
    return Keys(
        origin=row.origin,
        audience=row.audience,
        home_body_id=row.home_body_id,
        home_meeting_id=row.home_meeting_id,
        body_id=body_id,
        meeting_id=meeting_id,
        cycle_id=cycle_id,
        joint_body_ids=tuple(joint or ()),
    )
