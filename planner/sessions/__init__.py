"""Meetings, their sessions and annotated agendas, and releases."""
