"""The papers of the illustration. Their symbols begin with "ILL/", so that none reads like one of the Treaty's bodies."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import (
    Body,
    Document,
    DocumentFollows,
    DocumentLanguage,
    DocumentSubmitter,
    Meeting,
    PlanSession,
    Record,
    RecordDocument,
)
from planner.rules.audience import Ground
from planner.services.demo.builder import OFFICERS, PARTICIPANTS, STATES, STATES_PARTIES, Builder
from planner.services.demo.days import FRI, MON, THU, TUE, WED
from planner.services.demo.world import ASSEMBLY, FORUM, GROUP, cycle, stakeholder


@dataclass(frozen=True)
class _Paper:
    key: str
    title: str
    kind: str
    body: str
    on: tuple[int, int] | None
    symbol: str | None = None
    """What follows "ILL/" and the year."""
    languages: tuple[str, ...] = ("en",)
    meeting: str | None = None
    submitters: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    annex_of: str | None = None
    annex_label: str | None = None
    supersedes: str | None = None
    own: int | None = None
    pages: int | None = None
    version: int | None = None
    invited: tuple[str, ...] = ()


_SIX = ("ar", "en", "es", "fr", "ru", "zh")
FIRST = (
    _Paper("d-mandate", "Decision on a plan over five cycles", "decision", ASSEMBLY, (-12, FRI), "ASM/001/Dec", _SIX,
           pages=2),
    _Paper("d-terms", "Terms of reference of the Closed Exchange on Cases", "terms_of_reference", ASSEMBLY, (-12, FRI),
           "ASM/002/ToR", _SIX, pages=3),
    _Paper("d-plan-v1", "Draft multi-year plan, version 1", "work_plan", GROUP, (-9, MON), pages=9, version=1,
           follows=("d-mandate",)),
    _Paper("d-plan-v2", "Draft multi-year plan, version 2", "work_plan", GROUP, (-6, TUE), "WGD/007/WP.Rev1",
           ("en", "fr"), pages=10, version=2, supersedes="d-plan-v1"),
    _Paper("d-plan-v3", "Draft multi-year plan, version 3", "work_plan", GROUP, (-2, THU), "WGD/007/WP.Rev2",
           ("en", "es", "fr"), pages=12, version=3, supersedes="d-plan-v2"),
    _Paper("d-proposal", "What a catalogue of lessons should hold", "rule5_submission", GROUP, (-7, TUE),
           submitters=("ngo", "university"), pages=4),
    _Paper("d-study", "Fourteen losses and how they were noticed: a study", "background_paper", GROUP, (-8, WED),
           submitters=("research",), pages=28),
)  # fmt: skip
SECOND = (
    _Paper("d-summary", "Summary of the consultations on the draft plan", "summary_report", GROUP, (-4, MON),
           "WGD/009/SumRep", ("en", "fr"), meeting="m-consultations", pages=5),
    _Paper("d-cases", "Cases heard in the closed exchange: list", "working_paper", FORUM, (-4, TUE),
           meeting="m-consultations", own=STATES, pages=2),
    _Paper("d-experts", "Notes for the meeting of experts", "non_paper", FORUM, (-1, TUE), meeting="m-experts",
           own=STATES_PARTIES, submitters=("XA", "XC"), pages=3),
    _Paper("d-letter", "Chair’s letter for the first series of meetings", "chair_letter", GROUP, (-1, MON),
           "WGD/011/Letter", ("en", "fr"), meeting="m-first", pages=2),
    _Paper("d-agenda", "Annotated agenda of the first series", "annotated_agenda", GROUP, (-1, MON),
           languages=("en", "fr"), meeting="m-first", annex_of="d-letter", annex_label="A", pages=6),
    _Paper("d-outline", "Outline of the catalogue of good practices", "discussion_paper", GROUP, (-1, MON),
           languages=("en", "fr"), meeting="m-first", annex_of="d-letter", annex_label="B", pages=7,
           follows=("d-proposal", "d-study")),
    _Paper("d-list", "Registered participants of the first series", "information_paper", GROUP, None,
           meeting="m-first", own=PARTICIPANTS),
    _Paper("d-speaking", "Notes for invited speakers of the first series", "information_paper", GROUP, (-1, WED),
           meeting="m-first", own=int(Ground.INVITED) | OFFICERS, invited=("ngo", "research")),
)  # fmt: skip


LINKS: tuple[tuple[type[Record], str, tuple[str, ...]], ...] = (
    (Meeting, "m-assembly", ("d-mandate", "d-terms")),
    (Meeting, "m-consultations", ("d-plan-v1", "d-plan-v2", "d-summary")),
    (Meeting, "m-silence", ("d-summary", "d-plan-v2")),
    (Meeting, "m-first", ("d-letter", "d-agenda", "d-outline", "d-plan-v3")),
    (PlanSession, "s-assembly", ("d-mandate", "d-terms")),
    (PlanSession, "s-consultations", ("d-plan-v1", "d-study", "d-proposal")),
    (PlanSession, "s-cases", ("d-cases",)),
    (PlanSession, "s-lessons", ("d-agenda", "d-outline")),
    (PlanSession, "s-experts", ("d-experts",)),
)


def put_first_papers(b: Builder) -> None:
    """Put the papers that the plan rests on, before there is a meeting."""
    for paper in FIRST:
        _put_paper(b, paper)


def put_second_papers(b: Builder) -> None:
    """Put the papers of the meetings, and link both to each other."""
    for paper in SECOND:
        _put_paper(b, paper)
    for model, ref, papers in LINKS:
        link_papers(b, b.get(model, ref), *papers)


def link_papers(b: Builder, record: Record, *papers: str) -> None:
    """Let a record point to papers, if it is new."""
    for position, ref in enumerate(papers):
        paper = b.get(Document, ref)
        b.row(record, RecordDocument(record_id=record.id, document_id=paper.id, position=position))


def _put_paper(b: Builder, paper: _Paper) -> None:
    body = b.get(Body, paper.body)
    meeting = b.get(Meeting, paper.meeting) if paper.meeting else None
    day = b.days.on(*paper.on) if paper.on else None
    record = b.put(
        Document,
        paper.key,
        paper.title,
        parent=meeting or body,
        own=paper.own,
        doc_kind=paper.kind,
        cycle_id=cycle(b, 13).id,
        body_id=body.id,
        meeting_id=meeting.id if meeting else None,
        pages=paper.pages,
        version_number=paper.version,
        original_language="en",
        annex_of_id=b.get(Document, paper.annex_of).id if paper.annex_of else None,
        annex_label=paper.annex_label,
        supersedes_id=b.get(Document, paper.supersedes).id if paper.supersedes else None,
        dated={
            "on_text": day.isoformat() if day else None,
            "symbol": f"ILL/{day.year}/{paper.symbol}" if day and paper.symbol else None,
        },
    )
    for position, language in enumerate(paper.languages):
        b.row(record, DocumentLanguage(document_id=record.id, language=language, position=position))
    for position, ref in enumerate(paper.submitters):
        submitter = stakeholder(b, ref)
        b.row(record, DocumentSubmitter(document_id=record.id, stakeholder_id=submitter.id, position=position))
    for position, ref in enumerate(paper.follows):
        followed = b.get(Document, ref)
        b.row(record, DocumentFollows(document_id=record.id, follows_id=followed.id, position=position))
    for ref in paper.invited:
        b.grant(record, stakeholder(b, ref).id, Ground.INVITED)
