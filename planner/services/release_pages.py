"""The page of a release: a programme as it was frozen, as far as the viewer may see what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.access.viewer import Viewer
from planner.access.visibility import visible_records
from planner.models import Release
from planner.rules.programme import others_named
from planner.services import neighbours, pages
from planner.services.sessions import Entry, list_entries, look_up
from planner.services.sessions.working import Values


@dataclass(frozen=True)
class FrozenSession:
    """A session of a release: the values of services/programmes.py, its hours, and its agenda."""

    values: Values
    starts_at: datetime | None
    ends_at: datetime | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ReleaseView:
    """All that the page of a release shows."""

    frame: pages.Frame
    release: Release
    meeting: neighbours.Named | None
    sessions: tuple[FrozenSession, ...]
    changes: tuple[dict[str, Any], ...]
    names: Mapping[int, str]
    """Titles of the sessions that the changes name beside their own."""
    hides_some: bool
    """The programme holds more than is shown, so that nobody takes the digest for that of what is shown."""

    @property
    def zones(self) -> dict[int, str]:
        """Return the IANA zones of the sessions by id."""
        return {one.values["id"]: one.values["zone"] for one in self.sessions}


def get_release(viewer: Viewer, release_id: int) -> ReleaseView:
    """Return a release. Raises NotVisible; one under embargo is for the officers alone.

    Sessions, items and presentations that are closed to the viewer are left out, here and among the changes.
    """
    release = pages.get(visible_records(viewer, Release).where(Release.id == release_id))
    held: list[Values] = release.programme["sessions"]
    changed = [change[key] for change in release.changes for key in ("id", "session_id")]
    others = others_named(release.changes)
    seen = neighbours.named(viewer, release.meeting_id, *(one["id"] for one in held), *changed, *others)
    names = look_up(viewer, _merged(held), None)
    sessions = tuple(
        FrozenSession(one, _instant(one["starts_at"]), _instant(one["ends_at"]), list_entries(one, names))
        for one in held
        if one["id"] in seen
    )
    shown = sum(len(one.entries) for one in sessions)
    return ReleaseView(
        pages.frame(viewer, release),
        release,
        seen.get(release.meeting_id),
        sessions,
        tuple(change for change in release.changes if change["id"] in seen and change["session_id"] in seen),
        {key: seen[key].title for key in others if key in seen},
        hides_some=len(sessions) < len(held) or shown < sum(len(one["items"]) + len(one["slots"]) for one in held),
    )


def _merged(sessions: Sequence[Values]) -> Values:
    """Return one set of values that names all that the sessions name, to look it up at once."""
    keys = ("hosts", "interventions", "joint_bodies", "items", "slots", "chairings")
    return {"body": None, **{key: [row for one in sessions for row in one[key]] for key in keys}}


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
