"""Papers made from the records: the draft plan, the statement of differences, the table of comments.

Each is made for one reader, from what that reader may see; how papers are worded and laid out stands in `papers/`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records, visible_title
from planner.core.db import db
from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import Body, Document, Origin, Plan, PlanItem, PlanItemRevision, PlanVersion, VersionKind
from planner.papers import words as said
from planner.papers.comments_table import CommentsTable, comments_table
from planner.papers.draft_plan import DraftPlan, draft_plan
from planner.papers.front import Front
from planner.papers.shape import Language, Paper
from planner.papers.statement import Statement, statement
from planner.papers.words import Words
from planner.rules.partial_dates import parse_partial_date
from planner.services import consultations, pages, plans

ORGANISATION = "Arms Trade Treaty"
_NOT_HELD = N_("The text is not held here, so that no paper can be made of it.")

_item = aliased(PlanItem, flat=True)


@dataclass(frozen=True)
class MadePaper:
    """A paper and the name of its file, without an ending. Officers' papers say so in their name."""

    paper: Paper
    name: str


def make_draft_plan(viewer: Viewer, version_id: int, language: Language) -> MadePaper:
    """Return a version as the paper that goes to the Conference. Raises NotVisible, and Conflict without its text."""
    version = pages.get(visible_records(viewer, PlanVersion).where(PlanVersion.id == version_id))
    if not version.text_held:
        raise Conflict(_NOT_HELD)
    plan = _plan_of(viewer, version)
    texts = plans.read_texts(viewer, [version.id])
    front = _front(viewer, version, plan, language, _changed_at(viewer, [version], plan), is_own=True)
    introduction = "\n\n".join(str(sentence) for sentence in plan.shape or ())
    made = DraftPlan(front, _full_title(viewer, plan, version, front.words), introduction,
                     texts.by_version[version.id], texts.names.cycles)  # fmt: skip
    return _made(viewer, version, "draft-plan", lambda: draft_plan(made))


def make_statement(viewer: Viewer, version_id: int, against_id: int | None, language: Language) -> MadePaper:
    """Return what a version says otherwise than another one of its plan (`plans.get_redline` says which by default).

    Raises NotVisible, and Conflict where there is nothing to compare.
    """
    view = plans.get_redline(viewer, version_id, against_id)
    if view.old is None or view.redline is None:
        raise Conflict(_NOT_HELD if view.not_held else N_("There is no other version to compare with."))
    plan = _plan_of(viewer, view.version)
    old = pages.get(visible_records(viewer, PlanVersion).where(PlanVersion.id == view.old.id))
    changed_at = _changed_at(viewer, [view.version, old], plan)
    front = _front(viewer, view.version, plan, language, changed_at)
    made = Statement(
        front=front,
        plan=visible_title(viewer, plan),
        old=_version_name(old, front.words),
        new=_version_name(view.version, front.words),
        author=front.body,
        redline=view.redline,
        clauses=view.clauses,
        names=view.names,
    )
    return _made(viewer, view.version, "statement-of-differences", lambda: statement(made))


def make_table_of_comments(viewer: Viewer, version_id: int, language: Language, *, at: datetime) -> MadePaper:
    """Return the comments of a round that the viewer may read, by item and by State. Raises NotVisible."""
    found = consultations.get_round(viewer, version_id, at=at)
    rows = consultations.list_comment_rows(viewer, found)
    plan = _plan_of(viewer, found.version)
    told = [one for row in rows for one in (row.submitted_at, row.disposed_at, row.applied_at) if one is not None]
    changed_at = max([_changed_at(viewer, [found.version], plan), *told])
    front = _front(viewer, found.version, plan, language, changed_at)
    made = CommentsTable(front, _full_title(viewer, plan, found.version, front.words), tuple(rows))
    return _made(viewer, found.version, "table-of-comments", lambda: comments_table(made))


def _made(viewer: Viewer, version: PlanVersion, name: str, make: Callable[[], Paper]) -> MadePaper:
    try:
        paper = make()
    except ValueError as error:
        raise Conflict(N_("No paper can be made of it: {reason}", reason=str(error))) from error
    which = f"version-{version.number}" if version.number else version.version_kind.value.replace("_", "-")
    audience = "-officers" if viewer.is_officer_of(version.home_body_id) else ""
    return MadePaper(paper, f"{name}-{which}{audience}-{paper.language}")


def _plan_of(viewer: Viewer, version: PlanVersion) -> Plan:
    return pages.get(visible_records(viewer, Plan).where(Plan.id == version.plan_id))


def _front(
    viewer: Viewer, version: PlanVersion, plan: Plan, language: Language, changed_at: datetime, *, is_own: bool = False
) -> Front:
    """Return what stands above a paper; `is_own` where it is the version's own document and bears its symbol."""
    body = db.session.scalar(select(title(viewer, Body)).where(Body.id == plan.body_id, visible(viewer, Body)))
    document = None
    if is_own and version.document_id is not None:
        of_version = visible_records(viewer, Document).where(Document.id == version.document_id)
        document = db.session.scalars(of_version).one_or_none()
    dated = (document and document.on_text) or (version.on_text if is_own else None)
    return Front(
        organisation=ORGANISATION,
        body=body or "",
        dated=parse_partial_date(dated) if dated else changed_at.astimezone(UTC).date(),
        modified_at=changed_at,
        language=language,
        symbol=(document and (document.symbol or document.symbol_pattern)) or "",
        original=(document and document.original_language) or "",
        is_serial_allotted=bool(document and document.symbol),
        is_illustration=version.origin is Origin.ILLUSTRATION,
    )


def _changed_at(viewer: Viewer, versions: list[PlanVersion], plan: Plan) -> datetime:
    """Return when anything that the viewer reads in versions last changed: a paper bears no other instant."""
    latest = db.session.scalar(
        select(func.max(_item.updated_at))
        .join(PlanItemRevision, PlanItemRevision.item_id == _item.id)
        .where(PlanItemRevision.version_id.in_([one.id for one in versions]), visible(viewer, _item))
    )
    known = [plan.updated_at, *(one.updated_at for one in versions), *([latest] if latest else [])]
    return max(known)


def _version_name(version: PlanVersion, words: Words) -> str:
    if version.number is not None:
        return words.say(said.VERSION_NUMBER, number=version.number)
    is_copy = version.version_kind is VersionKind.WORKING_COPY
    return words.say(said.WORKING_COPY if is_copy else said.RECONSTRUCTION)


def _full_title(viewer: Viewer, plan: Plan, version: PlanVersion, words: Words) -> str:
    return f"{visible_title(viewer, plan)}, {_version_name(version, words)}"
