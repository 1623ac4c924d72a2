"""What entries of meetings and of their parts say in the same way: place, code of the body, state, known days."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_WHOLE_DAY = len("2026-11-24")


def day_of(text: str | None) -> date | None:
    """Return the day of a partial date where it is known."""
    return date.fromisoformat(text) if text and len(text) == _WHOLE_DAY else None


def place_of(*parts: str | None) -> str:
    """Return the known parts of a place, the narrowest first."""
    return ", ".join(part for part in parts if part)


def position_of(meeting: Any) -> tuple[float, float] | None:
    """Return latitude and longitude of the venue, where they are known."""
    return None if meeting.latitude is None else (meeting.latitude, meeting.longitude)


def with_code(code: str, title: str) -> str:
    """Begin a title with the code of its body, unless it names it anyway."""
    is_named = re.search(rf"(?<!\w){re.escape(code)}(?!\w)", title, re.IGNORECASE)
    return title if is_named else f"{code}: {title}"


def state_within(state: str, meeting: str | None) -> str:
    """Return the state of a session: with its meeting, what was still to come is off too."""
    return meeting if meeting in ("cancelled", "postponed") and state in ("tentative", "confirmed") else state
