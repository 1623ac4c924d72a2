"""Document symbols: read, build and order them (grammar in DOMAIN.md section 5). The words are in `symbol_words.py`.

Both ways of writing are kept to the letter: a symbol that was read is written back as it was.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal, NoReturn

from planner.core.i18n import N_, Message
from planner.rules.faults import Unreadable

Style = Literal["modern", "legacy"]
SortKey = tuple[int, int, int, int, int, int, int, int, str]

LONGEST = 120

# [0-9], not \d, and no leading zeros: what is read must be what is written.
_NUMBER = r"[1-9][0-9]{0,3}"
_BODY = re.compile(rf"(CSP{_NUMBER})(?:\.([A-Z][A-Z0-9]*))?")
_YEAR = re.compile(r"2[01][0-9]{2}")
_AUTHOR = re.compile(r"[A-Z][A-Z0-9]*")
_SERIAL = re.compile(r"0[0-9]{2}|[1-9][0-9]{2,5}")
_PART = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_MARKER = re.compile(r"M[1-9]|PM[1-9]|WG|Conf")
_REVISION = re.compile(rf"Rev({_NUMBER})")
_CORRIGENDUM = re.compile(rf"Corr({_NUMBER})?")
_LEGACY_PREPARATORY = re.compile(rf"PM\.({_NUMBER})")
# Three digits at most: a year with nothing behind it is no number.
_LEGACY_NUMBER = re.compile(r"(?:(WP|INF|CONF)\.)?([1-9][0-9]{0,2})")
_LEGACY_REVISION = re.compile(rf"Rev\.({_NUMBER})")
_LEGACY_CORRIGENDUM = re.compile(rf"Corr(?:\.({_NUMBER}))?")

_LEGACY_SERIES = (None, "WP", "INF", "CONF")


@dataclass(frozen=True)
class Symbol:
    """A document symbol in its parts.

    Modern ones (since 2017) have author, serial and parts (the type and what follows it), and mostly a marker; legacy
    ones have a number within a series ("WP", "INF", "CONF" or none) and perhaps a preparatory meeting. The serial is
    one running number over all bodies and years. A corrigendum without a number is 0, no corrigendum None.
    """

    style: Style
    body: str
    year: int | None
    group: str | None = None
    author: str | None = None
    serial: int | None = None
    marker: str | None = None
    parts: tuple[str, ...] = ()
    preparatory: int | None = None
    series: str | None = None
    number: int | None = None
    revision: int | None = None
    corrigendum: int | None = None

    def __str__(self) -> str:
        """Return the symbol as it is printed."""
        return _modern_text(self) if self.style == "modern" else _legacy_text(self)

    @property
    def conference(self) -> int:
        """Return the number of the Conference: 5 for CSP5."""
        return int(self.body.removeprefix("CSP"))

    @property
    def original(self) -> "Symbol":
        """Return the symbol without revision and corrigendum, which all issues of one document share."""
        return replace(self, revision=None, corrigendum=None)

    @property
    def sort_key(self) -> SortKey:
        """Return a key that sorts by time: legacy symbols by Conference, then modern ones by serial.

        Within a Conference, papers of its preparatory meetings come first, and those without a year last. Revisions
        follow what they revise.
        """
        revised = (self.revision or 0, -1 if self.corrigendum is None else self.corrigendum, str(self))
        if self.style == "modern":
            return (1, self.serial or 0, 0, 0, 0, 0, *revised)
        series = _LEGACY_SERIES.index(self.series)
        place = (self.conference, self.preparatory or 9999, self.year or 9999, series, self.number or 0)
        return (0, *place, *revised)

    def next_revision(self) -> "Symbol":
        """Return the symbol of the next revision, without the corrigendum, which belongs to the issue before."""
        return replace(self, revision=(self.revision or 0) + 1, corrigendum=None)


def parse_symbol(text: str) -> Symbol:
    """Read a document symbol, modern or legacy.

    Raise ValueError (`Unreadable`, with its `message`) with the first thing that is wrong.
    """
    if len(text) > LONGEST:
        _refuse(N_("A document symbol has at most {longest} characters.", longest=LONGEST))
    head, *rest = text.split("/")
    body = _BODY.fullmatch(rest[0]) if rest else None
    if head != "ATT" or body is None:
        _refuse(N_("“{found}” is not a document symbol. It begins with “ATT/CSP” and a number.", found=text))
    if len(rest) > 2 and _AUTHOR.fullmatch(rest[2]):
        return _modern(text, body, rest[1:])
    return _legacy(text, body, rest[1:])


def build_symbol(
    *,
    conference: int,
    year: int,
    author: str,
    serial: int,
    parts: tuple[str, ...],
    group: str | None = None,
    marker: str | None = None,
) -> Symbol:
    """Return the modern symbol of a new document. Raise ValueError where a part is not one that can be read back."""
    drafted = Symbol("modern", f"CSP{conference}", year, group, author, serial, marker, parts)
    symbol = parse_symbol(str(drafted))
    if symbol != drafted:
        _refuse(N_("“{found}” reads in another way than it was built.", found=str(drafted)))
    return symbol


def _modern(text: str, body: re.Match[str], rest: list[str]) -> Symbol:
    if len(rest) != 4:
        _refuse(
            N_("“{found}” needs year, author, serial and suffix, as in “2019/SEC/536/Conf.FinRep.Rev1”.", found=text)
        )
    year, author, serial, suffix = rest
    if not _SERIAL.fullmatch(serial) or serial == "000":
        _refuse(N_("“{serial}” is not a serial number. It has three digits or more.", serial=serial))
    parts, revision, corrigendum = _issue(_parts(suffix))
    marker = parts.pop(0) if _MARKER.fullmatch(parts[0]) else None
    if not parts:
        _refuse(N_("“{suffix}” names no type of document, such as “Rep” or “DrAgenda”.", suffix=suffix))
    return Symbol(
        "modern",
        body[1],
        _year(year),
        body[2],
        author,
        int(serial),
        marker,
        tuple(parts),
        revision=revision,
        corrigendum=corrigendum,
    )


def _parts(suffix: str) -> list[str]:
    parts = suffix.split(".")
    for part in parts:
        if not _PART.fullmatch(part):
            _refuse(
                N_("“{part}” cannot be a part of “{suffix}”. Parts are letters and digits.", part=part, suffix=suffix)
            )
    return parts


def _issue(parts: list[str]) -> tuple[list[str], int | None, int | None]:
    """Return the parts without the last ones that say which issue it is, the revision and the corrigendum.

    The first part stays, whatever it is: a symbol with nothing but a revision names no type.
    """
    revision = corrigendum = None
    if len(parts) > 1 and (match := _CORRIGENDUM.fullmatch(parts[-1])):
        parts, corrigendum = parts[:-1], int(match[1] or 0)
    if len(parts) > 1 and (match := _REVISION.fullmatch(parts[-1])):
        parts, revision = parts[:-1], int(match[1])
    return parts, revision, corrigendum


def _legacy(text: str, body: re.Match[str], rest: list[str]) -> Symbol:
    if body[2] is not None:
        _refuse(N_("“{found}” names a group, so it needs year, author, serial and suffix.", found=text))
    left = list(rest)
    year = _take(left, _YEAR)
    preparatory = _take(left, _LEGACY_PREPARATORY)
    number = _take(left, _LEGACY_NUMBER)
    revision = _take(left, _LEGACY_REVISION)
    corrigendum = _take(left, _LEGACY_CORRIGENDUM)
    if number is None or left:
        _refuse(
            N_(
                "“{found}” is not a document symbol. The year is followed by “PM.2”, “WP.6”, “INF.3”, “CONF.3” or a "
                "number, then “Rev.1”, then “Corr”.",
                found=text,
            )
        )
    return Symbol(
        "legacy",
        body[1],
        int(year[0]) if year else None,
        preparatory=int(preparatory[1]) if preparatory else None,
        series=number[1],
        number=int(number[2]),
        revision=int(revision[1]) if revision else None,
        corrigendum=int(corrigendum[1] or 0) if corrigendum else None,
    )


def _take(left: list[str], shape: re.Pattern[str]) -> re.Match[str] | None:
    """Return the match of the first of what is left and take it off, or None where it does not match."""
    match = shape.fullmatch(left[0]) if left else None
    if match is not None:
        del left[0]
    return match


def _modern_text(symbol: Symbol) -> str:
    suffix = [symbol.marker] if symbol.marker else []
    suffix += symbol.parts
    if symbol.revision is not None:
        suffix.append(f"Rev{symbol.revision}")
    if symbol.corrigendum is not None:
        suffix.append(f"Corr{symbol.corrigendum or ''}")
    body = f"{symbol.body}.{symbol.group}" if symbol.group else symbol.body
    return f"ATT/{body}/{symbol.year}/{symbol.author}/{symbol.serial:03}/{'.'.join(suffix)}"


def _legacy_text(symbol: Symbol) -> str:
    parts = ["ATT", symbol.body]
    if symbol.year is not None:
        parts.append(str(symbol.year))
    if symbol.preparatory is not None:
        parts.append(f"PM.{symbol.preparatory}")
    parts.append(f"{symbol.series}.{symbol.number}" if symbol.series else str(symbol.number))
    if symbol.revision is not None:
        parts.append(f"Rev.{symbol.revision}")
    if symbol.corrigendum is not None:
        parts.append(f"Corr.{symbol.corrigendum}" if symbol.corrigendum else "Corr")
    return "/".join(parts)


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        _refuse(N_("“{year}” is not a year. It has four digits, as in 2019.", year=text))
    return int(text)


def _refuse(message: Message) -> NoReturn:
    raise Unreadable(message)
