"""What a kind of value is, and how a typed text is read."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from planner.core.i18n import N_
from planner.services.editing.faults import Wrong

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry

LONGEST_TEXT = 100_000
LONGEST_TITLE = 1_000
MOST_ROWS = 200
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Kind(ABC):
    """A kind of value."""

    empty: Any = None

    @abstractmethod
    def clean(self, raw: Any, entry: Entry, /) -> Any:
        """Return the plain value of what was sent. Raises Wrong."""

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
