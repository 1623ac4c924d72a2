"""The home page: the next session, what changed lately, what is due next, and how much the public calendar holds.

Every list is cut in SQL, so that the page costs the same at any number of records; with the glance it takes nine
queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planner.access.viewer import Viewer
from planner.models import Origin
from planner.services.home.coming import NextSession, entries_ahead, next_session
from planner.services.home.due import DueNext, read_due
from planner.services.home.happened import News, read_news
from planner.services.plans import Overview, get_glance

__all__ = ["DueNext", "Home", "News", "NextSession", "get_home"]


@dataclass(frozen=True)
class Home:
    """All that the home page shows. `entries_ahead`: what the public feed holds, and the illustration beside it."""

    next: NextSession | None
    news: tuple[News, ...]
    due: tuple[DueNext, ...]
    glance: Overview
    entries_ahead: int
    examples_ahead: int

    @property
    def has_illustration(self) -> bool:
        """Say whether the page shows a worked example."""
        coming = self.next is not None and self.next.is_illustration
        return coming or self.glance.has_illustration or any(entry.is_illustration for entry in self.news)


def get_home(viewer: Viewer, *, now: datetime) -> Home:
    """Return what the home page shows at an instant (aware)."""
    ahead = entries_ahead(viewer)
    examples = ahead.pop(Origin.ILLUSTRATION, 0)
    return Home(
        next=next_session(viewer),
        news=read_news(viewer, now),
        due=read_due(viewer, now),
        glance=get_glance(viewer),
        entries_ahead=sum(ahead.values()),
        examples_ahead=examples,
    )
