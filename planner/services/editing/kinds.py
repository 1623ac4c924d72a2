"""Kinds of values that a form may send: each cleans what came to a plain value, or says in words what is wrong with it.

Plain values are what JSON can hold (text, number, yes or no, list, mapping), so that stored and sent ones can be
compared, shown beside each other and digested. An empty field is None, an empty list [].
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from planner.core.i18n import N_, Message
from planner.rules.audience import PER_RECORD, Ground
from planner.rules.faults import Unreadable
from planner.rules.partial_dates import parse_partial_date
from planner.services.editing.faults import Wrong

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry, Field

LONGEST_TEXT = 100_000
LONGEST_TITLE = 1_000
MOST_ROWS = 200
_LARGEST = 2_000_000_000
_ZONES = frozenset(available_timezones())
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s<>\"(),;:\\\[\]]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z0-9-]{2,60}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class Kind:
    """A kind of value."""

    empty: Any = None

    def clean(self, raw: Any, entry: Entry, /) -> Any:
        """Return the plain value of what was sent. Raises Wrong."""
        raise NotImplementedError

    def column(self, value: Any) -> Any:
        """Return a plain value as its column holds it."""
        return value

    def plain(self, value: Any) -> Any:
        """Return what a column holds as a plain value."""
        return value


def text_of(raw: Any, most: int, *, lines: bool = False) -> str | None:
    """Return a stripped text without signs that no one can type, or None where it is blank. Raises Wrong."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Wrong(N_("This must be a text."))
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _CONTROL.search(text):
        raise Wrong(N_("The text holds signs that cannot be shown. Type it again or paste it as plain text."))
    if not lines and ("\n" in text or "\t" in text):
        raise Wrong(N_("This must be a single line."))
    if len(text) > most:
        raise Wrong(N_("The text has {found} characters; {most} are allowed.", found=len(text), most=most))
    return text or None


@dataclass(frozen=True)
class Text(Kind):
    """A text of at most so many characters; `lines` where it may have several lines."""

    most: int = LONGEST_TITLE
    lines: bool = False

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return the stripped text."""
        return text_of(raw, self.most, lines=self.lines)


LONG = Text(LONGEST_TEXT, lines=True)


@dataclass(frozen=True)
class Shaped(Kind):
    """A short text of a given shape: an e-mail address, an address part, a code."""

    shape: re.Pattern[str]
    wrong: Message
    most: int = 120
    lower: bool = False

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return the text."""
        text = text_of(raw, self.most)
        if text is not None and not self.shape.fullmatch(text):
            raise Wrong(self.wrong)
        return text.lower() if text is not None and self.lower else text


EMAIL = Shaped(_EMAIL, N_("This is not an e-mail address. It looks like name@example.org."), 254, lower=True)
SLUG = Shaped(_SLUG, N_("Use small letters, digits and hyphens, as in “working-group-2”."), 80)
CODE = Shaped(_CODE, N_("Use letters, digits, dots, hyphens and underscores."), 40)
ISO2 = Shaped(re.compile("[A-Z]{2}"), N_("The code of a State is two capital letters."), 2)


@dataclass(frozen=True)
class Number(Kind):
    """A whole number."""

    least: int = 0
    most: int = _LARGEST

    def clean(self, raw: Any, _entry: Entry) -> int | None:
        """Return the number."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            text = raw.strip().replace("−", "-")
            if not text:
                return None
            if not re.fullmatch("-?[0-9]{1,10}", text):
                raise Wrong(N_("“{found}” is not a whole number.", found=text[:40]))
            raw = int(text)
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise Wrong(N_("This must be a whole number."))
        if raw < self.least:
            raise Wrong(N_("The smallest number is {least}.", least=self.least))
        if raw > self.most:
            raise Wrong(N_("The largest number is {most}.", most=self.most))
        return raw


MINUTES = Number(1, 1440)


@dataclass(frozen=True)
class Flag(Kind):
    """Yes or no."""

    empty = False

    def clean(self, raw: Any, _entry: Entry) -> bool:
        """Return yes or no; nothing means no."""
        if raw in (None, "", False, "n", "0"):
            return False
        if raw in (True, "y", "1", "on"):
            return True
        raise Wrong(N_("This must be yes or no."))

    def plain(self, value: Any) -> bool:
        """Return yes or no."""
        return bool(value)


@dataclass(frozen=True)
class Choice(Kind):
    """One of some codes. `words` is the list of words they are shown in (rules/words.py).

    A value that is stored already stays allowed, so that what the record brought can be kept.
    """

    codes: tuple[str, ...]
    words: str
    enum: type[StrEnum] | None = None

    def clean(self, raw: Any, entry: Entry) -> str | None:
        """Return the code."""
        code = text_of(raw, 60)
        if code is not None and code not in self.codes and not entry.is_stored(code):
            raise Wrong(N_("“{found}” is not one of the choices.", found=code[:40]))
        return code

    def column(self, value: Any) -> Any:
        """Return the member of the enum where the column has one."""
        return self.enum(value) if self.enum and value is not None else value

    def plain(self, value: Any) -> str | None:
        """Return the code as text."""
        return None if value is None else str(value)


def choice_of(enum: type[StrEnum], words: str) -> Choice:
    """Return the choice among all members of an enum."""
    return Choice(tuple(member.value for member in enum), words, enum)


@dataclass(frozen=True)
class Partial(Kind):
    """A day, a month or a year as text."""

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return the text of the date."""
        text = text_of(raw, 60)
        if text is None:
            return None
        try:
            return parse_partial_date(text).text
        except Unreadable as error:
            raise Wrong(error.message) from None


@dataclass(frozen=True)
class Day(Kind):
    """A day of the calendar."""

    def clean(self, raw: Any, entry: Entry) -> str | None:
        """Return the day as ISO text."""
        text = Partial().clean(raw, entry)
        if text is not None and len(text) != 10:
            raise Wrong(N_("“{found}” is not a day. Write it as 2027-02-16.", found=text))
        return text

    def column(self, value: Any) -> date | None:
        """Return the day."""
        return date.fromisoformat(value) if value else None

    def plain(self, value: Any) -> str | None:
        """Return the day as ISO text."""
        return value.isoformat() if value else None


@dataclass(frozen=True)
class Clock(Kind):
    """An hour of the day, "09:30"; which instant it is depends on day and zone."""

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return hours and minutes."""
        text = text_of(raw, 40)
        if text is None:
            return None
        if not re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9](:00)?", text):
            raise Wrong(N_("“{found}” is not a time. Write it as 09:30.", found=text))
        return time.fromisoformat(text.zfill(5) if len(text) < 6 else text.zfill(8)).strftime("%H:%M")


@dataclass(frozen=True)
class Moment(Kind):
    """A day and hour, "2027-02-16T18:00", in a zone that the record knows."""

    def clean(self, raw: Any, entry: Entry) -> str | None:
        """Return day and hour."""
        text = text_of(raw, 40)
        if text is None:
            return None
        match = re.fullmatch("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9:]{4,8})", text)
        if match is None:
            raise Wrong(N_("“{found}” is not a day and time. Write it as 2027-02-16 18:00.", found=text))
        return f"{Day().clean(match[1], entry)}T{Clock().clean(match[2], entry)}"


@dataclass(frozen=True)
class Zone(Kind):
    """An IANA zone."""

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return the name of the zone."""
        text = text_of(raw, 60)
        if text is not None and text not in _ZONES:
            raise Wrong(N_("“{found}” is not a time zone. Write it as Europe/Zurich.", found=text))
        return text


@dataclass(frozen=True)
class Lines(Kind):
    """A list of short texts, one a line; numbers where `numbers` says so."""

    most: int = LONGEST_TITLE
    numbers: bool = False

    def clean(self, raw: Any, entry: Entry) -> list[Any] | None:
        """Return the lines that are not blank."""
        if raw is None:
            return None
        if isinstance(raw, str):
            raw = (text_of(raw, LONGEST_TEXT, lines=True) or "").split("\n")
        if not isinstance(raw, list):
            raise Wrong(N_("This must be a list, one entry a line."))
        kind: Kind = Number(0, 9999) if self.numbers else Text(self.most)
        cleaned = [value for part in raw if (value := kind.clean(part, entry)) is not None]
        if len(cleaned) > MOST_ROWS:
            raise Wrong(N_("A list has at most {most} entries.", most=MOST_ROWS))
        return cleaned or None

    def plain(self, value: Any) -> list[Any] | None:
        """Return the list, or None where it is empty."""
        return list(value) if value else None


@dataclass(frozen=True)
class Grounds(Kind):
    """Who sees a record, as words of its own grounds; nothing chosen means as its audience parent."""

    empty: Any = None

    words = ("public", "participants", "states", "states_parties", "officers")

    def clean(self, raw: Any, _entry: Entry) -> list[str] | None:
        """Return the words in their order."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list) or not all(isinstance(word, str) and word in self.words for word in raw):
            raise Wrong(N_("Choose who sees it from the list."))
        return [word for word in self.words if word in raw] or None

    def column(self, value: Any) -> int | None:
        """Return the mask."""
        return sum(int(Ground[word.upper()]) for word in value) if value else None

    def plain(self, value: Any) -> list[str] | None:
        """Return the words; rows of owners and invited persons are no choice of this list."""
        if value is None:
            return None
        return [word for word in self.words if value & Ground[word.upper()]] or ["officers"]


def keep_named(mask: int | None, stored: int | None) -> int | None:
    """Return a new own mask with the owner and invited grounds that the stored one has."""
    return mask if mask is None else mask | (stored or 0) & PER_RECORD


@dataclass(frozen=True)
class Rows(Kind):
    """Rows of a table that belong to the record, in order. `key` names the columns that tell rows apart, if any do."""

    collection: str
    row: type
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    empty: Any = ()

    def clean(self, raw: Any, entry: Entry) -> list[dict[str, Any]]:
        """Return the rows that are not blank, each a mapping of its fields."""
        rows = _sequence(raw)
        cleaned: list[dict[str, Any]] = []
        wrong: dict[str, Message] = {}
        for number, row in enumerate(rows):
            if not isinstance(row, Mapping) or row.keys() - {field.name for field in self.fields}:
                raise Wrong(N_("The rows are not in the form that is asked for."))
            values = self._clean_row(row, str(number), entry, wrong)
            if values is None:
                continue
            if self.key and any(all(values[k] == other[k] for k in self.key) for other in cleaned):
                wrong[f"{number}.{self.key[0]}"] = N_("This is in the list twice.")
            cleaned.append(values)
        if wrong:
            raise Wrong(parts=wrong)
        return cleaned

    def _clean_row(
        self, row: Mapping[str, Any], place: str, entry: Entry, wrong: dict[str, Message]
    ) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        for field in self.fields:
            try:
                values[field.name] = field.kind.clean(row.get(field.name), entry.inside(field.name))
            except Wrong as error:
                values[field.name] = row.get(field.name)
                wrong[f"{place}.{field.name}"] = error.parts.get("") or next(iter(error.parts.values()))
        if all(value in (None, False, "", [], ()) for value in values.values()):
            return None
        for field in self.fields:
            if field.required and values[field.name] is None:
                wrong.setdefault(f"{place}.{field.name}", N_("This is needed."))
        return values


def _sequence(raw: Any) -> Sequence[Any]:
    if raw is None:
        return ()
    if not isinstance(raw, list | tuple):
        raise Wrong(N_("This must be a list."))
    if len(raw) > MOST_ROWS:
        raise Wrong(N_("A list has at most {most} entries.", most=MOST_ROWS))
    return raw


def local_text(instant: datetime) -> str:
    """Return an aware local time as `Moment` writes it."""
    return instant.strftime("%Y-%m-%dT%H:%M")
