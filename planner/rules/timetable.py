"""Where the items of a session fall, and whether they fit. Clashes between sessions are not looked at here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True)
class Item(Generic[Key]):
    """Something that takes time in a session: `key` says what, `minutes` is None where the length is not known."""

    key: Key
    minutes: int | None = None

    def __post_init__(self) -> None:
        """Refuse a length below nothing."""
        if self.minutes is not None and self.minutes < 0:
            raise ValueError(f"A length of {self.minutes} minutes cannot be. It is 0 or more.")


@dataclass(frozen=True)
class Placed(Generic[Key]):
    """An item in its place. `offset_minutes` counts from the start of the session; the instants are in UTC.

    Each is None where it cannot be known.
    """

    key: Key
    minutes: int | None
    offset_minutes: int | None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def lay_out(items: Iterable[Item[Key]], starts_at: datetime | None = None) -> list[Placed[Key]]:
    """Return the items one after the other, in the order given.

    After the first item of unknown length no offset is known: a guess would print a time that nobody set. `starts_at`
    is an aware instant, or None where the session's time is not known. Raise ValueError when it has no zone.
    """
    if starts_at is not None and starts_at.tzinfo is None:
        raise ValueError("The start of a session needs a zone.")
    placed: list[Placed[Key]] = []
    offset: int | None = 0
    for item in items:
        end = None if offset is None or item.minutes is None else offset + item.minutes
        placed.append(Placed(item.key, item.minutes, offset, _instant(starts_at, offset), _instant(starts_at, end)))
        offset = end
    return placed


def running_order(programme: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield the items of a session's programme and its presentations in their order, and whether each is a heading.

    Each presentation stands under its item, those without an item last. An item that only holds presentations is a
    heading: it takes no time of its own.
    """
    known = {item["id"] for item in programme["items"]}
    for item in programme["items"]:
        under = [slot for slot in programme["slots"] if slot["agenda_item_id"] == item["id"]]
        yield item, bool(under) and item["minutes"] is None
        yield from ((slot, False) for slot in under)
    yield from ((slot, False) for slot in programme["slots"] if slot["agenda_item_id"] not in known)


def total_minutes(items: Iterable[Item[Key]]) -> int:
    """Return the sum of the known lengths, in minutes; ask `unknown_count` how many are missing from it."""
    return sum(item.minutes or 0 for item in items)


def unknown_count(items: Iterable[Item[Key]]) -> int:
    """Return how many items have no known length."""
    return sum(item.minutes is None for item in items)


def overrun(session_minutes: int | None, items: Iterable[Item[Key]]) -> int:
    """Return by how many minutes the known lengths exceed the session; 0 where they fit or its length is not known."""
    return 0 if session_minutes is None else max(0, total_minutes(items) - session_minutes)


def spare_minutes(session_minutes: int | None, items: Iterable[Item[Key]]) -> int | None:
    """Return the minutes that no item fills, 0 in an overrun; None where a length, or the session's, is not known."""
    known = list(items)
    if session_minutes is None or unknown_count(known):
        return None
    return max(0, session_minutes - total_minutes(known))


def _instant(starts_at: datetime | None, offset: int | None) -> datetime | None:
    if starts_at is None or offset is None:
        return None
    # In UTC: a zone's own arithmetic counts wall-clock time and is an hour wrong across a change of clocks.
    return starts_at.astimezone(UTC) + timedelta(minutes=offset)
