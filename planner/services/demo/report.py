"""What loading or refreshing the illustration did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class DemoPerson:
    """One of the people who may sign in; `is_new` where this very run made the account (with the password given)."""

    email: str
    name: str
    stands_for: str
    is_new: bool


@dataclass
class DemoReport:
    """The outcome: records made by kind, records whose dates moved, releases published, and the demo people."""

    day: date
    """The day that the dates of the illustration count from."""
    made: dict[str, int] = field(default_factory=dict)
    moved: int = 0
    released: int = 0
    people: tuple[DemoPerson, ...] = ()

    @property
    def changed(self) -> bool:
        """Say whether anything was written."""
        return bool(self.made or self.moved or self.released or any(person.is_new for person in self.people))
