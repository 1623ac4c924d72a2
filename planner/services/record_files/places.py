"""Where in the files a value stands, and what the check of all files shares."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.core.i18n import Message
from planner.services.record_files.faults import Fault


@dataclass
class Ledger:
    """What the check of all files shares: faults, ids that exist, references still to be looked up."""

    faults: list[Fault] = field(default_factory=list)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind → id → where it stands, as text."""
    references: list[tuple[Place, str, str]] = field(default_factory=list)
    links: list[tuple[Place, str, str]] = field(default_factory=list)
    """Place, kind and key of each record that what people entered points to."""
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
