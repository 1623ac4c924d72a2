"""What can be wrong in a file of the record, as a person can be told it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.core.i18n import Message


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the key of the record ("" where the file as a whole is meant), the field, and a sentence.

    `line` counts from 1 where the place in the file is known.
    """

    file: str
    record: str
    field: str
    message: Message
    line: int | None = None

    def __str__(self) -> str:
        """Return one line of English text, as a terminal shows it."""
        place = self.file + (f":{self.line}" if self.line else "")
        return ": ".join(part for part in (place, self.record, self.field, str(self.message)) if part)


@dataclass(frozen=True)
class Wrong:
    """Stands in a value that was read for a part that cannot be right, until the checker knows which field it is."""

    message: Message
