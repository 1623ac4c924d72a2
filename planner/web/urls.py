"""Where the page of a record is: one map from kind to endpoint, used by every link and redirect."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from werkzeug.routing import IntegerConverter, Map

from planner.services.registers import REGISTERS

LARGEST_ID = 2**31 - 1
"""Of the integers that the keys of records are, on every database."""


class RecordId(IntegerConverter):
    """A number in an address; one that no record can have names nothing: 404."""

    def __init__(self, map: Map, *, max: int = LARGEST_ID, **limits: Any) -> None:  # noqa: A002 - werkzeug's names
        """Bound the number."""
        super().__init__(map, max=max, **limits)


def init_app(app: Flask) -> None:
    """Bound the numbers in all addresses; before any route is registered."""
    app.url_map.converters["int"] = RecordId


PAGES: dict[str, tuple[str, str]] = {
    "body": ("bodies.page", "record_id"),
    "call": ("presentations.call_page", "record_id"),
    "comment": ("consultations.comment_page", "record_id"),
    "contribution": ("contributions.page", "record_id"),
    "cycle": ("plan.cycle_page", "record_id"),
    "decision": ("outputs.decision_page", "record_id"),
    "document": ("documents.page", "record_id"),
    "follow_up": ("follow_ups.page", "record_id"),
    "instrument": ("documents.instrument_page", "record_id"),
    "meeting": ("sessions.meeting_page", "record_id"),
    "offer": ("presentations.page", "record_id"),
    "office": ("bodies.office_page", "record_id"),
    "output": ("outputs.page", "record_id"),
    "person": ("stakeholders.person_page", "record_id"),
    "plan": ("plan.plan_page", "record_id"),
    "plan_item": ("plan.item_page", "record_id"),
    "plan_session": ("sessions.page", "record_id"),
    "plan_version": ("plan.version_page", "record_id"),
    "reference_note": ("documents.reference_note_page", "record_id"),
    "release": ("sessions.release_page", "record_id"),
    "source": ("documents.source_page", "record_id"),
    "stage": ("plan.stage_page", "record_id"),
    "stakeholder": ("stakeholders.page", "record_id"),
    "treaty_article": ("plan.article_page", "record_id"),
}
REGISTER_PAGES: dict[str, str] = {
    "articles": "plan.article_list",
    "bodies": "bodies.index",
    "calls": "presentations.calls",
    "comments": "consultations.index",
    "contributions": "contributions.index",
    "cycles": "plan.cycle_list",
    "decisions": "outputs.decisions",
    "documents": "documents.index",
    "expected-outputs": "plan.expected_output_list",
    "follow_ups": "follow_ups.index",
    "instruments": "documents.instruments",
    "meetings": "sessions.meetings",
    "offices": "bodies.offices",
    "outputs": "outputs.index",
    "people": "stakeholders.people",
    "plans": "plan.plan_list",
    "presentations": "presentations.index",
    "questions": "plan.question_list",
    "reference_notes": "documents.reference_notes",
    "sessions": "sessions.index",
    "sources": "documents.sources",
    "stages": "plan.stage_list",
    "stakeholders": "stakeholders.index",
    "themes": "plan.theme_list",
    "topics": "plan.topic_list",
}
"""Name of a register → endpoint of its page; its CSV is the same address with `?format=csv`."""


def record_url(kind: str, record_id: int) -> str:
    """Return the address of a record's page; an agenda item is shown on its session's page and has none."""
    endpoint, name = PAGES[kind]
    values: dict[str, Any] = {name: record_id}
    return url_for(endpoint, **values)


def register_url(name: str, **query: str | int | None) -> str:
    """Return the address of a register with a question."""
    values: dict[str, Any] = {key: value for key, value in query.items() if value}
    return url_for(REGISTER_PAGES[name], **values)


def known_registers() -> list[str]:
    """Return the names of the registers that have a page, in the order of the list of registers."""
    return [name for name in REGISTERS if name in REGISTER_PAGES]
