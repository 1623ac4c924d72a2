"""Where the page of a record is: one map from kind to endpoint, used by every link and redirect."""

from __future__ import annotations

from flask import url_for

from planner.services.registers import REGISTERS

PAGES: dict[str, tuple[str, str]] = {
    "body": ("bodies.page", "record_id"),
    "call": ("presentations.call_page", "record_id"),
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
    "documents": "documents.index",
}
"""Name of a register → endpoint of its page; its CSV is the same address with `?format=csv`."""


def record_url(kind: str, record_id: int) -> str:
    """Return the address of a record's page; an agenda item is shown on its session's page and has none."""
    endpoint, name = PAGES[kind]
    return url_for(endpoint, **{name: record_id})


def register_url(name: str, **query: str | int | None) -> str:
    """Return the address of a register with a question."""
    return url_for(REGISTER_PAGES[name], **{key: value for key, value in query.items() if value})


def known_registers() -> list[str]:
    """Return the names of the registers that have a page, in the order of the list of registers."""
    return [name for name in REGISTERS if name in REGISTER_PAGES]
