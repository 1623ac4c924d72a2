"""The kinds of single values that files hold: each returns what was read clean, or notes a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol
from zoneinfo import available_timezones

from planner.core.i18n import N_, Message
from planner.rules.faults import Unreadable
from planner.rules.partial_dates import PartialDate
from planner.services.record_files.places import Place
from planner.services.record_files.reading import Keyed

_ZONES = frozenset(available_timezones())
# the Treaty has 28 Articles; how many paragraphs each has is for the reader of the source to know
_ARTICLE = re.compile(r"(?:[1-9]|1[0-9]|2[0-8])(?:\([1-9][0-9]?\)(?:\([a-z]\))?)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._&/ -]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class Kind(Protocol):
    """A kind of value: returns it clean, or notes a fault and returns None."""

    def clean(self, value: Any, place: Place) -> Any:
        """Return the clean value of what was read, never None for a value that is right."""


_WORDS: dict[type, Message] = {
    bool: N_("yes or no"),
    int: N_("a number"),
    float: N_("a number with a fraction"),
    date: N_("a day"),
    str: N_("a text"),
    list: N_("a list"),
    Keyed: N_("a mapping"),
}


def refuse(place: Place, wanted: Message, value: Any) -> None:
    """Note that a value is of another type than is wanted here."""
    found = _WORDS.get(type(value), N_("something else"))
    place.fault(N_("This must be {wanted}, not {found}.", wanted=wanted, found=found))


@dataclass(frozen=True)
class Text:
    """A text of at most so many characters that is not blank."""

    most: int = 10_000

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the text."""
        if not isinstance(value, str):
            refuse(place, N_("a text (in quotes)"), value)
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
            refuse(place, N_("a word"), value)
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
            refuse(place, N_("a word"), value)
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
            refuse(place, N_("a number"), value)
        elif not self.least <= value <= self.most:
            place.fault(N_("{found} is not between {least} and {most}.", found=value, least=self.least, most=self.most))
        else:
            return value
        return None


YEAR = Number(1800, 2200)


@dataclass(frozen=True)
class Degrees:
    """A latitude or longitude in degrees."""

    most: int

    def clean(self, value: Any, place: Place) -> float | None:
        """Return the number."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            refuse(place, N_("a number"), value)
        elif not -self.most <= value <= self.most:  # neither is what is no number
            place.fault(N_("{found} is not between {least} and {most}.", found=value, least=-self.most, most=self.most))
        else:
            return round(float(value), 6)
        return None


@dataclass(frozen=True)
class Truth:
    """True or false."""

    def clean(self, value: Any, place: Place) -> bool | None:
        """Return it."""
        if isinstance(value, bool):
            return value
        refuse(place, N_("true or false"), value)
        return None


@dataclass(frozen=True)
class Day:
    """A date of which a part may be unknown, as text; with `whole` the day must be known."""

    whole: bool = False

    def clean(self, value: Any, place: Place) -> str | None:
        """Return the ISO text."""
        if not isinstance(value, str | date):
            refuse(place, N_("a date"), value)
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
            refuse(place, N_("a text (in quotes)"), value)
        elif len(value) > self.most or not self.pattern.fullmatch(value):
            place.fault(N_("“{found}” is not {form}.", found=value[:60], form=self.form))
        else:
            return value
        return None


CLOCK = Matching(_CLOCK, N_("an hour of the day (“09:30”)"))
LANGUAGE = Matching(_LANGUAGE, N_("a language code (“en”)"))
HTTPS = Matching(re.compile(r"https://[!#-;=?-\[\]_a-z~]{3,480}"), N_("an address that begins with https://"), 500)
COUNTRY = Matching(re.compile(r"[A-Z]{2}"), N_("a country code of two capital letters"))
ID = Matching(_ID, N_("a key of letters, digits and signs"))


@dataclass(frozen=True)
class Article:
    """An Article of the Treaty: "11" or "11(2)"."""

    pattern: ClassVar[re.Pattern[str]] = _ARTICLE

    def clean(self, value: Any, place: Place) -> str | None:
        """Return it and note that it is referred to."""
        text = Matching(_ARTICLE, N_("an Article of the Treaty (“11” or “11(2)”)")).clean(value, place)
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
            refuse(place, N_("a key (in quotes)"), value)
            return None
        place.ledger.references.append((place, self.kinds, value))
        return value
