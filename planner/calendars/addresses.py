"""Secret addresses of feeds: signed, not stored, so that no copy of the database opens one."""

from __future__ import annotations

import hashlib

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer

from planner.core.errors import NotVisible

_LONGEST = 200


def address_of(feed_id: int, generation: int, *, tasks: bool = False) -> str:
    """Return the whole address of a feed, or of its tasks."""
    token = _signer().dumps([feed_id, generation])
    endpoint = "calendars.mine.tasks" if tasks else "calendars.mine.events"
    return url_for(endpoint, token=token, _external=True)


def read_token(token: str) -> tuple[int, int]:
    """Return the feed's id and generation. Raises NotVisible for whatever this installation has not signed."""
    if len(token) > _LONGEST:
        raise NotVisible
    try:
        feed_id, generation = _signer().loads(token)
    except (BadData, ValueError, TypeError):
        raise NotVisible from None
    return feed_id, generation


def _signer() -> URLSafeSerializer:
    # 256 bits, so that an address cannot be guessed; a key that was replaced (SECRET_KEY) makes all addresses void
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"], salt="personal feed", signer_kwargs={"digest_method": hashlib.sha256}
    )
