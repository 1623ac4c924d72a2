"""What one calendar entry rests on: what its text says, and the keys by which feeds choose it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from sqlalchemy import ColumnElement, or_

from planner.core.i18n import LANGUAGES, Text, gettext_of, rendered
from planner.formats.entry import Attachment, Entry, Status, Wording
from planner.formats.ical import entry_texts
from planner.formats.prose import Block, html, plain
from planner.models import GONE, PERSONAL, CalendarEntry, EntryKind, Origin
from planner.services.calendar_entries.wording import CANCELLED, REMOTE_ACCESS

FORM = 1
"""The form in which facts are said, all languages included. Counted up when the program says the same facts in another
way: then every entry is written anew at the next start, and readers are told by its SEQUENCE."""

_LONGEST_UID = 100
_HALF = 32
_WORDS = ("summary", "prefix", "label", "description")


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
    """What the text of an entry says, its sequence and stamps apart, in no language yet."""

    component: Literal["VEVENT", "VTODO"] = "VEVENT"
    uid: str
    summary: Text
    prefix: Text = CANCELLED
    label: Text = ""
    starts: datetime | date | None = None
    ends: datetime | date | None = None
    due: date | None = None
    zone: str | None = None
    status: Status | None = None
    description: tuple[Block, ...] = ()
    location: str = ""
    url: str | None = None
    categories: tuple[str, ...] = ()
    related_to: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    transparent: bool = False
    attachments: tuple[Attachment, ...] = ()
    conference: str | None = None
    position: tuple[float, float] | None = None


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
    def scopes(self) -> set[tuple[int, Origin, int]]:
        """Return the scopes of public feeds in which the entry is: body, origin and audience."""
        if not self.is_public_form:
            return set()
        return {(body, self.keys.origin, self.keys.audience) for body in self.keys.body_ids}

    @cached_property
    def digest(self) -> str:
        """Return 64 signs: the form, a digest of what is said, and one of the keys.

        What is said in English decides: in the other languages it is the same, with the same stamps.
        """
        said = {**vars(self.saying), **vars(self._in_english)}
        if not self.saying.siblings:  # entries without any were written before there were such, and say the same
            del said["siblings"]
        return (f"{FORM:03}." + _digest(said))[:_HALF] + _digest(vars(self.keys))

    def texts(self, *, sequence: int, at: datetime) -> dict[str, str]:
        """Return the finished entry in each language, as changed at `at`."""
        known = {key: value for key, value in vars(self.saying).items() if key not in _WORDS}
        # An import may come before the moment at which another program says the record was made.
        entry = Entry(**known, sequence=sequence, created=min(self.created, at), last_modified=at)
        wordings = [self._in_english, *map(self._wording, LANGUAGES[1:])]
        return dict(zip(LANGUAGES, entry_texts(entry, wordings), strict=True))

    @cached_property
    def _in_english(self) -> Wording:
        return self._wording(LANGUAGES[0])

    def _wording(self, language: str) -> Wording:
        said, gettext = self.saying, gettext_of(language)
        return Wording(
            summary=rendered(said.summary, gettext),
            label=rendered(said.label, gettext),
            cancelled=rendered(said.prefix, gettext),
            description=plain(said.description, gettext),
            html=html(said.description, gettext),
            conference=rendered(REMOTE_ACCESS, gettext) if said.conference else "",
        )


def is_of_this_form() -> ColumnElement[bool]:
    """Return the condition on CalendarEntry: it is said in the form of this version of the program, or in no feed."""
    return or_(CalendarEntry.digest.startswith(f"{FORM:03}."), CalendarEntry.digest == GONE)


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
