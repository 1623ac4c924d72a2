"""The blueprint that the route modules of this area share."""

from __future__ import annotations

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from planner.services import editing
from planner.web.urls import PAGES, record_url

bp = Blueprint("administration", __name__)
Answer = str | Response | tuple[str, int]


def url_after(kind: str, record_id: int) -> str:
    """Return where to go after a record was written: its page, or the agenda it stands on."""
    if kind in PAGES:
        return record_url(kind, record_id)
    return url_for("administration.agenda", record_id=editing.session_of_agenda_item(record_id))
