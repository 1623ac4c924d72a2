"""Secret addresses of feeds: signed, not stored, so that no copy of the database opens one."""

from __future__ import annotations

from flask import current_app, url_for

from planner.core.errors import NotVisible
from planner.core.signing import read_signed, sign

_PURPOSE = "personal feed"


def address_of(feed_id: int, generation: int, *, tasks: bool = False) -> str:
    """Return the whole address of a feed, or of its tasks."""
    token = sign(feed_id, generation, purpose=_PURPOSE, key=current_app.config["SECRET_KEY"])
    endpoint = "calendars.mine.tasks" if tasks else "calendars.mine.events"
    return url_for(endpoint, token=token, _external=True)


def read_token(token: str) -> tuple[int, int]:
    """Return the feed's id and generation. Raises NotVisible for whatever this installation has not signed."""
    numbers = read_signed(token, 2, purpose=_PURPOSE, key=current_app.config["SECRET_KEY"])
    if numbers is None:
        raise NotVisible
    feed_id, generation = numbers
    return feed_id, generation
