"""Which calendars a person has: one for each of their feeds, else one of all that they may see, and their tasks."""

from __future__ import annotations

from dataclasses import dataclass

from planner.access.viewer import Viewer
from planner.core.errors import NotVisible
from planner.core.i18n import N_, Message
from planner.services import personal_feeds
from planner.services.feed_choice import Choice

ALL = "all"
TASKS = "tasks"


@dataclass(frozen=True)
class Holding:
    """A calendar of one viewer: its name in addresses, its title, its kind of entries and what was chosen of them."""

    name: str
    title: Message | str
    component: str
    choice: Choice
    viewer: Viewer

    @property
    def may_mark(self) -> bool:
        """Say whether the viewer may say of some of its entries how far they are."""
        return self.name == TASKS and (bool(self.viewer.stakeholders) or self.viewer.is_officer)


def list_holdings(viewer: Viewer) -> tuple[Holding, ...]:
    """Return the viewer's calendars, the tasks last. One query. Raises NotVisible for strangers."""
    feeds = personal_feeds.list_choices(viewer)
    events = [Holding(str(feed_id), choice.name, "VEVENT", choice, viewer) for feed_id, choice in feeds.items()]
    if not events:
        events = [Holding(ALL, N_("What I may see"), "VEVENT", Choice(), viewer)]
    # all follow-ups that the viewer may see: a program that shows tasks has one list, and nothing owed is to be missed
    with_example = any(choice.with_illustration for choice in feeds.values())
    tasks = Holding(TASKS, N_("Follow-ups"), "VTODO", Choice(with_illustration=with_example), viewer)
    return (*events, tasks)


def find_holding(viewer: Viewer, name: str) -> Holding:
    """Return one of the viewer's calendars. Raises NotVisible."""
    found = next((one for one in list_holdings(viewer) if one.name == name), None)
    if found is None:
        raise NotVisible
    return found
