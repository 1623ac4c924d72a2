"""Sessions: their two editions, and what the page of one shows. Releases are made in services/releases.py."""

from planner.services.sessions.agenda import Entry, list_entries
from planner.services.sessions.around import Above, Below
from planner.services.sessions.columns import (
    OfferColumns,
    SessionColumns,
    list_offers,
    list_sessions,
    offer_columns,
    session_columns,
    with_edition,
)
from planner.services.sessions.names import Named, look_up
from planner.services.sessions.page import SessionView, get_session

__all__ = [
    "Above",
    "Below",
    "Entry",
    "Named",
    "OfferColumns",
    "SessionColumns",
    "SessionView",
    "get_session",
    "list_entries",
    "list_offers",
    "list_sessions",
    "look_up",
    "offer_columns",
    "session_columns",
    "with_edition",
]
