"""Calendar entries: written when a dated record changes, never when a feed is read (DESIGN section 5)."""

from __future__ import annotations

from datetime import datetime


def refresh(record_ids: set[int], *, at: datetime) -> None:
    """Write the entries of records that changed."""
