"""The language of `schema.py`: kinds of values that return what was read clean, or note a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Protocol
from zoneinfo import available_timezones

from planner.core.i18n import N_, Message
from planner.rules.faults import Unreadable
from planner.rules.partial_dates import PartialDate
from planner.services.record_files.faults import Fault, Wrong
from planner.services.record_files.reading import Keyed

_ZONES = frozenset(available_timezones())
_ARTICLE = re.compile(r"[1-9][0-9]?(?:\([1-9][0-9]?\)(?:\([a-z]\))?)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._&/ -]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass
class Ledger:
    """What the check of all files shares: faults, ids that exist, references still to be looked up."""

    faults: list[Fault] = field(default_factory=list)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind → id → where it stands, as text."""
    references: list[tuple[Place, str, str]] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Place:
    """Where in the files a value stands."""

    ledger: Ledger
    file: str
    record: str = ""
    field: str = ""
    line: int | None = None

    def fault(self, message: Message) -> None:
        """Note a fault of this place."""
        self.ledger.faults.append(Fault(self.file, self.record, self.field, message, self.line))

    def inside(self, name: str, line: int | None = None) -> Place:
        """Return the place of a key or position inside this one."""
        joined = f"{self.field}.{name}" if self.field else name
        return Place(self.ledger, self.file, self.record, joined, line or self.line)

    def of_record(self, record: str, line: int | None = None) -> Place:
        """Return the place of a record, in which fields are counted anew."""
        return Place(self.ledger, self.file, record, "", line or self.line)


class Kind(Protocol):
    """A kind of value: returns it clean, or notes a fault and returns None."""

    def clean(self, value: Any, place: Place) -> Any:
        """Return the clean value of what was read, never None for a value that is right."""


_WORDS: dict[type, Message] = {
    bool: N_("yes or no"),
    int: N_("a number"),
    date: N_("a day"),
    str: N_("a text"),
    list: N_("a list"),
    Keyed: N_("a mapping"),
}


def _refuse(place: Place, wanted: Message, value: Any) -> None:
    found = _WORDS.get(type(value), N_("something else"))
    place.fault(N_("This must be {wanted}, not {found}.", wanted=wanted, found=found))


@dataclass(frozen=True)
class Text:
    """A text of at most so many characters that is not blank."""

    most: int = 10_000

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the text."""
        if not isinstance(value, str):
            _refuse(place, N_("a text (in quotes)"), value)
        elif not value.strip():
            place.fault(N_("The text is empty."))
        elif len(value) > self.most:
            place.fault(N_("The text has {found} characters; {most} are allowed.", found=len(value), most=self.most))
        else:
            return value
        return None


@dataclass(frozen=True)
class Word:
    """One of some words."""

    words: tuple[str, ...]

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the word."""
        if isinstance(value, str) and value in self.words:
            return value
        if not isinstance(value, str):
            _refuse(place, N_("a word"), value)
            return None
        place.fault(
            N_("“{found}” is not one of the words known here: {words}.", found=value[:60], words=", ".join(self.words))
        )
        return None


@dataclass(frozen=True)
class Slug:
    """A word of a list that nobody closes: small letters, digits and underscores."""

    most: int = 40

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the word."""
        if not isinstance(value, str):
            _refuse(place, N_("a word"), value)
        elif len(value) > self.most or not re.fullmatch(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", value):
            place.fault(N_("“{found}” is not a word of small letters, digits, _ and -.", found=value[:60]))
        else:
            return value
        return None


@dataclass(frozen=True)
class Number:
    """A whole number between two bounds, both allowed."""

    least: int = 0
    most: int = 1_000_000

    def clean(self, value: Any, place: Place) -> int | None:
        """Return the number."""
        if not isinstance(value, int) or isinstance(value, bool):
            _refuse(place, N_("a number"), value)
        elif not self.least <= value <= self.most:
            place.fault(N_("{found} is not between {least} and {most}.", found=value, least=self.least, most=self.most))
        else:
            return value
        return None


YEAR = Number(1900, 2200)


@dataclass(frozen=True)
class Truth:
    """True or false."""

    def clean(self, value: Any, place: Place) -> bool | None:
        """Return it."""
        if isinstance(value, bool):
            return value
        _refuse(place, N_("true or false"), value)
        return None


@dataclass(frozen=True)
class Day:
    """A date of which a part may be unknown, as text; with `whole` the day must be known."""

    whole: bool = False

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the ISO text."""
        if not isinstance(value, str | date):
            _refuse(place, N_("a date"), value)
            return None
        try:
            found = PartialDate.from_value(value)
        except Unreadable as error:
            place.fault(error.message)
            return None
        if self.whole and found.day is None:
            place.fault(N_("{found} is not a whole day.", found=found.text))
            return None
        return found.text


@dataclass(frozen=True)
class Matching:
    """A text of a certain form; `form` tells people what it is."""

    pattern: re.Pattern[str]
    form: Message
    most: int = 160

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the text."""
        if not isinstance(value, str):
            _refuse(place, N_("a text (in quotes)"), value)
        elif len(value) > self.most or not self.pattern.fullmatch(value):
            place.fault(N_("“{found}” is not {form}.", found=value[:60], form=self.form))
        else:
            return value
        return None


CLOCK = Matching(_CLOCK, N_("an hour of the day (“09:30”)"))
LANGUAGE = Matching(_LANGUAGE, N_("a language code (“en”)"))
COUNTRY = Matching(re.compile(r"[A-Z]{2}"), N_("a country code of two capital letters"))
ID = Matching(_ID, N_("a key of letters, digits and signs"))


@dataclass(frozen=True)
class Article:
    """An Article of the Treaty: "11" or "11(2)"."""

    pattern: ClassVar[re.Pattern[str]] = _ARTICLE

    def clean(self, value: Any, place: Place) -> str | None:
        """Return it and note that it is referred to."""
        text = Matching(_ARTICLE, N_("an Article (“11” or “11(2)”)")).clean(value, place)
        if text is not None:
            place.ledger.articles.add(text)
        return text


@dataclass(frozen=True)
class Zone:
    """A time zone by its IANA name."""

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the name."""
        if isinstance(value, str) and value in _ZONES:
            return value
        place.fault(N_("“{found}” is not a known time zone (“Europe/Zurich”).", found=str(value)[:60]))
        return None


@dataclass(frozen=True)
class Id:
    """The key of a record, which no other record of its kind may have."""

    kind: str
    form: Matching = ID

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the key, taken."""
        key = self.form.clean(value, place)
        if key is not None:
            taken = place.ledger.ids.setdefault(self.kind, {})
            where = f"{place.file}:{place.line}" if place.line else place.file
            if key in taken:
                place.fault(N_("The key “{key}” is used twice, first in {where}.", key=key, where=taken[key]))
                return None
            taken[key] = where
        return key


@dataclass(frozen=True)
class Ref:
    """The key of a record that must exist, in whichever file; several kinds may be allowed, parted by `|`."""

    kinds: str

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the key; whether it exists is looked up when all files are read."""
        if not isinstance(value, str):
            _refuse(place, N_("a key (in quotes)"), value)
            return None
        place.ledger.references.append((place, self.kinds, value))
        return value


@dataclass(frozen=True)
class Many:
    """A list of values of one kind; `distinct` refuses a value that stands twice."""

    kind: Kind
    distinct: bool = False
    least: int = 0
    most: int = 20_000

    def clean(self, value: Any, place: Place) -> list[Any] | None:
        """Return the list of the clean values."""
        if not isinstance(value, list):
            _refuse(place, N_("a list"), value)
            return None
        if not self.least <= len(value) <= self.most:
            place.fault(N_("The list has {found} entries, not {least} to {most}.",
                           found=len(value), least=self.least, most=self.most))  # fmt: skip
            return None
        cleaned = [self._entry(entry, place.inside(str(number))) for number, entry in enumerate(value, 1)]
        if self.distinct:
            for number, entry in enumerate(cleaned, 1):
                if entry is not None and entry in cleaned[: number - 1]:
                    place.inside(str(number)).fault(N_("“{found}” stands twice in the list.", found=str(entry)[:60]))
        return [entry for entry in cleaned if entry is not None]

    def _entry(self, entry: Any, place: Place) -> Any:
        if isinstance(entry, Wrong):
            place.fault(entry.message)
            return None
        if entry is None:
            place.fault(N_("The entry is empty."))
            return None
        return self.kind.clean(entry, place)


@dataclass(frozen=True)
class Either:
    """A mapping of one shape, or a value of another kind."""

    shape: Shape
    kind: Kind

    def clean(self, value: Any, place: Place) -> Any:
        """Return what it is."""
        return (self.shape if isinstance(value, Keyed) else self.kind).clean(value, place)


@dataclass(frozen=True)
class Counts:
    """Groups that were counted: words of the record's own, each with its number."""

    def clean(self, value: Any, place: Place) -> dict[str, int] | None:
        """Return the numbers by their words."""
        if not isinstance(value, Keyed):
            _refuse(place, N_("a mapping"), value)
            return None
        shape = Shape({key: Number() for key in value if Slug(60).clean(key, place) is not None})
        return shape.clean(value, place)


@dataclass(frozen=True)
class Check:
    """A check of several keys of a mapping; it is left out where one of the keys that it reads has a fault already."""

    run: Callable[[dict[str, Any], Place], None]
    reads: frozenset[str]


def reads(*keys: str) -> Callable[[Callable[[dict[str, Any], Place], None]], Check]:
    """Make a check of a function, with the keys that it reads."""
    return lambda run: Check(run, frozenset(keys))


@dataclass(frozen=True)
class Shape:
    """A mapping: its keys, those that must be there, and checks that look at several of them.

    `key` names the field that names the record in faults; a shape without one belongs to the record around it.
    """

    keys: Mapping[str, Kind]
    required: Iterable[str] = ()
    checks: tuple[Check, ...] = ()
    key: str | None = None
    name: str = ""

    def clean(self, value: Any, place: Place) -> dict[str, Any] | None:
        """Return the clean mapping; keys whose value is unknown (null) are left out."""
        if not isinstance(value, Keyed):
            _refuse(place, N_("a mapping"), value)
            return None
        if self.key is not None:
            place = self._record_place(value, place)
        cleaned: dict[str, Any] = {}
        for key in value.repeated:
            place.inside(key, value.lines.get(key)).fault(N_("The key “{key}” stands twice.", key=key[:60]))
        for key, entry in value.items():
            self._clean_key(key, entry, place.inside(key[:60], value.lines.get(key)), cleaned)
        for key in self.required:
            if value.get(key) is None:
                place.inside(key).fault(N_("The field is missing."))
        lost = {key for key, entry in value.items() if entry is not None and key not in cleaned}
        lost |= {key for key in self.required if key not in cleaned}
        for check in self.checks:
            if not check.reads & lost:
                check.run(cleaned, place)
        return cleaned

    def _clean_key(self, key: str, entry: Any, place: Place, cleaned: dict[str, Any]) -> None:
        kind = self.keys.get(key)
        if kind is None:
            place.fault(N_("The key “{key}” is not known here.", key=key[:60]))
        elif isinstance(entry, Wrong):
            place.fault(entry.message)
        elif entry is not None and (clean := kind.clean(entry, place)) is not None:
            cleaned[key] = clean

    def _record_place(self, value: Keyed, place: Place) -> Place:
        found = value.get(self.key or "")
        if isinstance(found, str):
            return place.of_record(found[:80], value.line)
        number = place.field.rpartition(".")[2]
        return place.of_record(f"{self.name} {number}".strip(), value.line)
