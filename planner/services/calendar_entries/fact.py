"""What one calendar entry rests on: what its text says, and the keys by which feeds choose it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from planner.formats.entry import Entry, Status
from planner.models import PERSONAL, EntryKind, Origin

CANCELLED = "Cancelled: "
POSTPONED = "Postponed: "
ILLUSTRATION = "Illustration: "

_LONGEST_UID = 100
_HALF = 32


@dataclass(frozen=True, kw_only=True)
class Keys:
    """By what feeds choose an entry. A change of these alone is no change that a reader's calendar must notice."""

    origin: Origin
    audience: int
    home_body_id: int | None
    home_meeting_id: int | None
    body_id: int
    meeting_id: int | None = None
    cycle_id: int | None = None
    joint_body_ids: tuple[int, ...] = ()

    @property
    def body_ids(self) -> set[int]:
        """Return the bodies in whose feeds the entry is."""
        return {self.body_id, *self.joint_body_ids}


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What the text of an entry says, its sequence and stamps apart."""

    component: Literal["VEVENT", "VTODO"] = "VEVENT"
    uid: str
    summary: str
    prefix: str = CANCELLED
    label: str = ""
    starts: datetime | date | None = None
    ends: datetime | date | None = None
    due: date | None = None
    zone: str | None = None
    status: Status | None = None
    description: str = ""
    location: str = ""
    url: str | None = None
    categories: tuple[str, ...] = ()
    related_to: tuple[str, ...] = ()
    transparent: bool = False


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One entry of one record as the database has it now."""

    record_id: int
    entry_kind: EntryKind
    created: datetime
    keys: Keys
    saying: Saying
    starts_on: date
    ends_on: date = field()

    @property
    def key(self) -> tuple[int, EntryKind, str]:
        """Return what names the row of the entry."""
        return self.record_id, self.entry_kind, self.saying.component

    @property
    def is_public_form(self) -> bool:
        """Say whether public feeds hold entries of this kind."""
        return self.entry_kind not in PERSONAL

    @property
    def digest(self) -> str:
        """Return 64 hex digits: the first half is of what is said, the second of the keys."""
        return _digest(vars(self.saying)) + _digest(vars(self.keys))

    def entry(self, *, sequence: int, at: datetime) -> Entry:
        """Return the entry to be written, as changed at `at`."""
        said = {key: value for key, value in vars(self.saying).items() if key != "prefix"}
        # An import may come before the moment at which another program says the record was made.
        return Entry(**said, sequence=sequence, created=min(self.created, at), last_modified=at)


def says_the_same(one: str, other: str) -> bool:
    """Say whether two digests are of entries with the same text."""
    return one[:_HALF] == other[:_HALF]


def uid_of(kind: EntryKind, ref: str) -> str:
    """Return the UID of a record's entry: from kind and key, which every export and import keeps."""
    key = ref
    if len(ref) > _LONGEST_UID or not re.fullmatch(r"[A-Za-z0-9._-]+", ref):
        key = hashlib.sha256(ref.encode()).hexdigest()[:_HALF]
    return f"{kind.value.replace('_', '-')}-{key}@planner"


def _digest(values: dict[str, object]) -> str:
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_HALF]
