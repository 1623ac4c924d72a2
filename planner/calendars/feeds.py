"""Which feeds exist and what each holds: public ones, of everything, of a body, of a meeting, of a session.

A feed is public and stands for everybody: who happens to be signed in changes nothing, so that it may be cached.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from planner.access.viewer import Viewer
from planner.core.errors import NotVisible
from planner.core.i18n import N_
from planner.formats.alarms import with_alarm
from planner.formats.ical import feed_parts
from planner.services import calendars, feed_choice
from planner.services.feed_choice import Choice

FORM = f"1 {calendars.ZONE_RULES}"
"""Another when what the program writes around the entries changes, so that no reader keeps an older form."""


@dataclass(frozen=True)
class Asked:
    """A feed as its address names it: what is known before the database is asked.

    `find` returns its title and the keys of its entries, or raises NotVisible.
    """

    uid: str
    filename: str
    choice: Choice
    find: Callable[[Viewer], calendars.Owner | None]
    narrow: str | None = None
    """The key of the entries that hang on the record: "body_ids", "meeting_id" or "record_id"; None for all."""

    @property
    def is_kept(self) -> bool:
        """Say whether its body is kept: narrowed in any other way it is one reader's own, and made at every read."""
        return self.choice == Choice(with_illustration=self.choice.with_illustration, language=self.choice.language)

    @property
    def key(self) -> str:
        """Return what names it among all feeds, in the present form."""
        return f"{self.uid} {FORM} {json.dumps(self.choice.as_json(), sort_keys=True)}"


@dataclass(frozen=True)
class Feed:
    """A feed that was found: its name, and what decides on its entries."""

    asked: Asked
    name: str
    keys: dict[str, Any]


def everything(choice: Choice) -> Asked:
    """Return the feed of all bodies."""
    return Asked("all@planner", "planner.ics", choice, lambda _viewer: None)


def of_body(slug: str, choice: Choice) -> Asked:
    """Return the feed of a body and those below it."""
    return Asked(f"body-{slug}@planner", f"{slug}.ics", choice, lambda one: calendars.find_body(one, slug), "body_ids")


def of_meeting(meeting_id: int, choice: Choice) -> Asked:
    """Return the feed of a meeting and its sessions."""
    name = f"meeting-{meeting_id}"
    return Asked(
        f"{name}@planner", f"{name}.ics", choice, lambda one: calendars.find_meeting(one, meeting_id), "meeting_id"
    )


def of_session(session_id: int, choice: Choice) -> Asked:
    """Return the feed of one session."""
    name = f"session-{session_id}"
    return Asked(
        f"{name}@planner", f"{name}.ics", choice, lambda one: calendars.find_session(one, session_id), "record_id"
    )


def find(asked: Asked, viewer: Viewer) -> Feed:
    """Return the feed. Raises NotVisible where its record may not be seen, or is of an illustration not asked for."""
    owner = asked.find(viewer)
    if owner is None:
        return Feed(asked, str(N_("All public meetings")), {})
    if owner.is_illustration and not asked.choice.with_illustration:
        raise NotVisible
    keys = {asked.narrow: owner.body_ids if asked.narrow == "body_ids" else owner.id} if asked.narrow else {}
    return Feed(asked, owner.title, keys)


def tag_of(feed: Feed, viewer: Viewer) -> str:
    """Return the tag of the state that a kept feed is in, from revisions alone: no entry is read."""
    asked = feed.asked
    with_illustration = asked.choice.with_illustration
    found = calendars.revisions(viewer, with_illustration=with_illustration, body_ids=feed.keys.get("body_ids", ()))
    return _digest([asked.key, feed.name, found.rows, found.joint])


def parts_of(feed: Feed, viewer: Viewer) -> list[bytes]:
    """Return the whole feed in parts, as they are sent: one read of finished texts."""
    batches = calendars.read_batches(conditions_of(feed, viewer), feed.asked.choice.language)
    return joined(batches, choice=replace(feed.asked.choice, name=feed.name), uid=feed.asked.uid)


def text_of(feed: Feed, viewer: Viewer) -> str:
    """Return the whole feed as one text."""
    return b"".join(parts_of(feed, viewer)).decode()


def conditions_of(feed: Feed, viewer: Viewer) -> list[Any]:
    """Return the conditions on CalendarEntry that decide on a feed's entries, whatever form it is sent in."""
    return [*feed_choice.conditions(viewer, feed.asked.choice), *calendars.hanging_on(**feed.keys)]


def tag_of_parts(parts: list[bytes]) -> str:
    """Return the tag of a feed that is not kept: of what is sent."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:32]


def joined(batches: Iterable[list[calendars.Written]], *, choice: Choice, uid: str) -> list[bytes]:
    """Return the parts of a whole calendar of finished texts, each with the zones that it needs."""
    minutes = choice.alarm_minutes
    if minutes is not None:
        batches = ([(with_alarm(text, minutes=minutes), zones) for text, zones in batch] for batch in batches)
    return feed_parts(batches, name=choice.name, uid=uid)


def _digest(rests_on: Any) -> str:
    return hashlib.sha256(json.dumps(rests_on, default=list).encode()).hexdigest()[:32]
