"""Texts: of one line or several, of a given shape, a list of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.core.i18n import N_, Message
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds.base import LONGEST_TEXT, LONGEST_TITLE, MOST_ROWS, Kind, text_of
from planner.services.editing.kinds.numbers import Number

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry

_EMAIL = re.compile(r"[^@\s<>\"(),;:\\\[\]]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z0-9-]{2,60}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


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
