"""The frozen texts of releases: in the database they name records by number, in the files by kind and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_NUMBERS = frozenset(
    {"id", "session_id", "offer_id", "agenda_item_id", "presenter_id", "holder_id", "continued_in", "split_from"}
)
_LISTS = frozenset({"treats"})
_SIDES = frozenset({"old", "new"})


def exchanged(value: Any, exchange: Callable[[Any], Any], key: str = "") -> Any:
    """Return a fresh copy of a programme, or of a list of changes, with every name of a record exchanged.

    `exchange` is given a number and returns kind and key, or the other way round. The two sides of a change are named
    by its `field`.
    """
    if key in _NUMBERS:
        return None if value is None else exchange(value)
    if isinstance(value, list):
        return [exchange(inner) if key in _LISTS else exchanged(inner, exchange, key) for inner in value]
    if isinstance(value, dict):
        field = str(value.get("field") or "")
        return {name: exchanged(inner, exchange, field if name in _SIDES else name) for name, inner in value.items()}
    return value


def named_in(value: Any) -> Iterator[Any]:
    """Yield every name of a record in a programme or a list of changes: numbers, or what stands for them in a file."""
    found: list[Any] = []
    exchanged(value, found.append)
    yield from found
