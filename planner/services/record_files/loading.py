"""The files put in the one order in which everything comes after what it points to."""

from __future__ import annotations

from collections.abc import Callable

from planner.services.record_files import (
    bodies,
    documents,
    instruments,
    meetings,
    offices,
    parties,
    plan,
    plan_items,
    sessions,
)
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.entered import put_added
from planner.services.record_files.schema import AT_THE_END, WITH_ARTICLES, WITH_BODIES, WITH_PLANS
from planner.services.record_files.store import Store


def load_files(record: CleanRecord, store: Store, part: Callable[[str], None] = lambda _file: None) -> None:
    """Put all records of the files; `part` is told which file is at work. What people entered comes where it can."""
    part("documents.yaml")
    documents.load_sources(record.documents, store)
    part("plan.yaml")
    put_added(record, store, *WITH_ARTICLES)
    plan.load_articles(record, store)
    plan.load_stages(record, store)
    part("parties.yaml")
    parties.load_parties(record.parties, store)
    part("bodies.yaml")
    bodies.load_cycles(record.cycles.rows, store)
    bodies.load_bodies(record.bodies, store)
    put_added(record, store, *WITH_BODIES)
    offices.load_offices(record, store)
    part("meetings.yaml")
    meetings.load_meetings(record, store)
    part("documents.yaml")
    documents.load_documents(record.documents, store)
    meetings.load_papers_of_meetings(record, store)
    part("instruments.yaml")
    instruments.load_instruments(record.instruments, store)
    part("plan.yaml")
    plan.load_plans(record, store)
    put_added(record, store, *WITH_PLANS)
    plan_items.load_items(record, store)
    part("meetings.yaml")
    sessions.load_sessions(record, store)
    meetings.load_decisions(record, store)
    if record.additions:
        part("additions.yaml")
    put_added(record, store, *AT_THE_END)
