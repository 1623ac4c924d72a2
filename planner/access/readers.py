"""Whether all who may see one record may see another too, for texts that have one form for all their readers."""

from __future__ import annotations

from typing import Any

from planner.rules.audience import is_known_to_all


def all_may_also_see(one: Any, other: Any) -> bool:
    """Return whether everybody who may see a published record may see another published one as well.

    Both are records, or rows with their columns `audience`, `audience_own`, `audience_parent_id`, `home_body_id` and
    `home_meeting_id`. Deny on doubt: people named on a record count only where both records have the whole audience of
    one record above them, and so the same people.
    """
    inherits = one.audience_own is None and other.audience_own is None
    if inherits and one.audience_parent_id == other.audience_parent_id:
        return bool(one.audience == other.audience)
    return is_known_to_all(
        one.audience,
        other.audience,
        same_meeting=one.home_meeting_id == other.home_meeting_id,
        same_body=one.home_body_id == other.home_body_id,
    )
