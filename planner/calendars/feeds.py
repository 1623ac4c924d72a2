"""Which feeds exist and what each holds: public ones, of everything, of a body, of a meeting, of a session.

A feed is public and stands for everybody: who happens to be signed in changes nothing, so that it may be cached.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from planner.access.viewer import Viewer
from planner.core.errors import NotVisible
from planner.core.i18n import N_
from planner.formats.ical import feed_text
from planner.services import calendars

FORM = 1
"""Counted up when what the program writes around the entries changes, so that no reader keeps an older form."""


@dataclass(frozen=True)
class Feed:
    """One feed: its name, its fixed UID, the file name of a download, and the keys of its entries."""

    name: str
    uid: str
    filename: str
    with_illustration: bool
    keys: dict[str, Any] = field(default_factory=dict)
    body_ids: tuple[int, ...] = ()
    is_kept: bool = False
    """Whether its body is kept ready: feeds of many entries that many read."""

    @property
    def key(self) -> str:
        """Return what names its kept body."""
        return f"{self.uid} {'with' if self.with_illustration else 'without'} illustration"


def everything(*, with_illustration: bool) -> Feed:
    """Return the feed of all bodies."""
    return Feed(str(N_("All public meetings")), "all@planner", "planner.ics", with_illustration, is_kept=True)


def of_body(viewer: Viewer, slug: str, *, with_illustration: bool) -> Feed:
    """Return the feed of a body and those below it. Raises NotVisible."""
    owner = _asked(calendars.find_body(viewer, slug), with_illustration=with_illustration)
    keys = {"body_ids": owner.body_ids}
    uid = f"body-{slug}@planner"
    return Feed(owner.title, uid, f"{slug}.ics", with_illustration, keys, owner.body_ids, is_kept=True)


def of_meeting(viewer: Viewer, meeting_id: int, *, with_illustration: bool) -> Feed:
    """Return the feed of a meeting and its sessions. Raises NotVisible."""
    owner = _asked(calendars.find_meeting(viewer, meeting_id), with_illustration=with_illustration)
    name = f"meeting-{meeting_id}"
    return Feed(owner.title, f"{name}@planner", f"{name}.ics", with_illustration, {"meeting_id": meeting_id})


def of_session(viewer: Viewer, session_id: int, *, with_illustration: bool) -> Feed:
    """Return the feed of one session. Raises NotVisible."""
    owner = _asked(calendars.find_session(viewer, session_id), with_illustration=with_illustration)
    name = f"session-{session_id}"
    return Feed(owner.title, f"{name}@planner", f"{name}.ics", with_illustration, {"record_id": session_id})


def _asked(owner: calendars.Owner, *, with_illustration: bool) -> calendars.Owner:
    """Return the owner of a feed; that of an illustration only where it was asked for."""
    if owner.is_illustration and not with_illustration:
        raise NotVisible
    return owner


def tag_of(feed: Feed, viewer: Viewer) -> str:
    """Return the tag of the state that a feed is in, from revisions alone: no entry is read."""
    found = calendars.revisions(viewer, with_illustration=feed.with_illustration, body_ids=feed.body_ids)
    rests_on = [FORM, calendars.ZONE_RULES, feed.uid, feed.name, feed.with_illustration, found.rows, found.joint]
    digest = hashlib.sha256(json.dumps(rests_on, default=list).encode()).hexdigest()
    return digest[:32]


def text_of(feed: Feed, viewer: Viewer) -> str:
    """Return the whole feed: one read of finished texts, joined."""
    rows = calendars.entry_texts(viewer, with_illustration=feed.with_illustration, **feed.keys)
    return joined(rows, name=feed.name, uid=feed.uid)


def joined(rows: list[tuple[str, str]], *, name: str, uid: str) -> str:
    """Return a whole calendar of finished texts, each with the zones that it needs (names with blanks between)."""
    zones = sorted({zone for _, names in rows for zone in names.split()})
    return feed_text((text for text, _ in rows), name=name, uid=uid, zones=zones)
