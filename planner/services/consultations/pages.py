"""What the pages of a round show: all of it, one comment, the form of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.access.visibility import visible_records
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.models import Comment, ConsultationLink, Origin
from planner.rules.comment_rows import CommentRow, by_item, by_state, root_of
from planner.services import pages
from planner.services.consultations.items import PlacedItem, list_items
from planner.services.consultations.rows import read_rows
from planner.services.consultations.speaking import Round, Voice, get_round, list_voices, read_voices, title_of


@dataclass(frozen=True)
class Asked:
    """What a page of a round is narrowed to; empty means all."""

    by: str = "item"
    kind: str = ""
    answer: str = ""
    """"none", "late", or a disposition."""
    stakeholder_id: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.kind or self.answer or self.stakeholder_id)


@dataclass(frozen=True)
class Entry:
    """A comment in its place: whether it answers one above it, and whether it is the viewer's own."""

    row: CommentRow
    is_answer: bool
    is_mine: bool


@dataclass(frozen=True)
class Group:
    """The comments on one item (None: on the plan as a whole) or of one stakeholder."""

    item: PlacedItem | None
    stakeholder: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class TakingPart:
    """How the stakeholders of one class take part."""

    kind: str
    asked: int
    commented: tuple[str, ...]
    linked: tuple[str, ...]
    """Those without a comment to whom an address was mailed or is to be."""
    silent: tuple[str, ...]


@dataclass(frozen=True)
class RoundPage:
    """All that the page of a round shows."""

    round: Round
    title: str
    items: tuple[PlacedItem, ...]
    groups: tuple[Group, ...]
    count: int
    """How many comments the viewer may read; `shown` of them are not left out."""
    shown: int
    undecided: int
    late: int
    voices: tuple[Voice, ...]
    speakers: tuple[Voice, ...]
    """Those who made a comment that the viewer may read, by name."""
    taking_part: tuple[TakingPart, ...]

    @property
    def is_illustration(self) -> bool:
        """Say whether the round belongs to the worked example."""
        return self.round.version.origin is Origin.ILLUSTRATION

    @property
    def may_comment(self) -> bool:
        """Say whether the viewer may comment now."""
        return self.round.is_open and bool(self.voices)


@dataclass(frozen=True)
class CommentView:
    """All that the page of one comment shows."""

    frame: pages.Frame
    round: Round
    title: str
    entry: Entry
    above: CommentRow | None
    answers: tuple[CommentRow, ...]
    item: PlacedItem | None
    may_comment: bool


@dataclass(frozen=True)
class FormView:
    """All that the form of a comment shows: what it is on, what it answers, for whom it may be made."""

    round: Round
    title: str
    item: PlacedItem | None
    above: CommentRow | None
    voices: tuple[Voice, ...]
    held: CommentRow | None
    """The comment that is being changed."""


def get_page(viewer: Viewer, version_id: int, asked: Asked, *, at: datetime) -> RoundPage:
    """Return the round of a version with the comments that the viewer may read. Seven queries at most, at any number of
    items and comments. Raises NotVisible.
    """
    found = get_round(viewer, version_id, at=at)
    items = list_items(viewer, version_id)
    rows = read_rows(viewer, found, items)
    kept = [row for row in rows if _is_kept(row, asked)]
    voices = list_voices(viewer, found)
    speakers = {row.stakeholder_id: Voice(row.stakeholder_id, row.stakeholder, row.stakeholder_class) for row in rows}
    mine = viewer.stakeholders
    return RoundPage(
        round=found,
        title=title_of(viewer, found.version),
        items=items,
        groups=_groups(items, kept, asked, mine, with_empty=found.is_open and bool(voices) and not asked.is_narrow),
        count=len(rows),
        shown=len(kept),
        undecided=sum(row.disposition is None and not row.is_withdrawn for row in rows) if found.may_run else 0,
        late=sum(row.is_late for row in rows),
        voices=voices,
        speakers=tuple(sorted(speakers.values(), key=lambda one: one.title.casefold())),
        taking_part=_taking_part(viewer, found, rows) if found.may_run else (),
    )


def get_comment(viewer: Viewer, comment_id: int, *, at: datetime) -> CommentView:
    """Return a comment with what it answers and what answers it. Raises NotVisible."""
    comment = pages.get(visible_records(viewer, Comment).where(Comment.id == comment_id))
    found = get_round(viewer, comment.version_id, at=at)
    items = list_items(viewer, comment.version_id)
    rows = {row.id: row for row in read_rows(viewer, found, items)}
    row = rows.get(comment_id)
    if row is None:
        raise NotVisible
    return CommentView(
        frame=pages.frame(viewer, comment),
        round=found,
        title=title_of(viewer, found.version),
        entry=Entry(row, row.in_reply_to_id is not None, row.stakeholder_id in viewer.stakeholders),
        above=rows.get(row.in_reply_to_id or 0),
        answers=tuple(one for one in by_item(rows.values()) if one.in_reply_to_id == comment_id),
        item=next((item for item in items if item.id == row.item_id), None),
        may_comment=found.is_open and bool(list_voices(viewer, found)),
    )


def get_form(
    viewer: Viewer,
    version_id: int,
    *,
    at: datetime,
    item_id: int | None = None,
    in_reply_to_id: int | None = None,
    comment_id: int | None = None,
) -> FormView:
    """Return what the form of a new comment, of an answer, or of one's own comment shows.

    Raises NotVisible where the item or the comment is none of the round that the viewer may see.
    """
    found = get_round(viewer, version_id, at=at)
    items = {item.id: item for item in list_items(viewer, version_id)}
    rows: dict[int, CommentRow] = {}
    if in_reply_to_id is not None or comment_id is not None:
        rows = {row.id: row for row in read_rows(viewer, found, items.values())}
    held = rows.get(comment_id or 0)
    above = rows.get((held.in_reply_to_id if held else in_reply_to_id) or 0)
    if (comment_id is not None and held is None) or (in_reply_to_id is not None and above is None):
        raise NotVisible
    on = held.item_id if held else above.item_id if above else item_id
    if on is not None and on not in items:
        raise NotVisible
    return FormView(
        round=found,
        title=title_of(viewer, found.version),
        item=items[on] if on is not None else None,
        above=above,
        voices=list_voices(viewer, found),
        held=held,
    )


def _is_kept(row: CommentRow, asked: Asked) -> bool:
    if asked.kind and row.kind != asked.kind:
        return False
    if asked.stakeholder_id is not None and row.stakeholder_id != asked.stakeholder_id:
        return False
    if asked.answer == "none":
        return row.disposition is None and not row.is_withdrawn
    if asked.answer == "late":
        return row.is_late
    return not asked.answer or row.disposition == asked.answer


def _groups(
    items: tuple[PlacedItem, ...], rows: list[CommentRow], asked: Asked, mine: frozenset[int], *, with_empty: bool
) -> tuple[Group, ...]:
    roots = root_of(rows)
    grouped: dict[int | None, list[Entry]] = {}
    for row in by_state(rows) if asked.by == "state" else by_item(rows):
        key = row.stakeholder_id if asked.by == "state" else row.item_id
        is_answer = row.in_reply_to_id is not None if asked.by == "state" else roots[row.id] != row.id
        grouped.setdefault(key, []).append(Entry(row, is_answer, row.stakeholder_id in mine))
    if asked.by == "state":
        return tuple(Group(None, entries[0].row.stakeholder, tuple(entries)) for entries in grouped.values())
    places: list[PlacedItem | None] = [None, *items]
    return tuple(
        Group(item, None, tuple(grouped.get(item.id if item else None, ())))
        for item in places
        if with_empty or (item.id if item else None) in grouped
    )


def _taking_part(viewer: Viewer, found: Round, rows: list[CommentRow]) -> tuple[TakingPart, ...]:
    """Return who of those who were asked has commented, by class on the viewer's day. Two queries."""
    everybody = read_voices(viewer.day, is_example=found.version.origin is Origin.ILLUSTRATION)
    links = select(ConsultationLink.stakeholder_id).where(
        ConsultationLink.consultation_id == found.held.id, ConsultationLink.revoked_at.is_(None)
    )
    linked = set(db.session.scalars(links))
    spoke = Counter(row.stakeholder_id for row in rows if not row.is_withdrawn)
    parts = []
    for kind in found.held.may_comment:
        asked = [one for one in everybody if one.stakeholder_class == kind]
        quiet = [one for one in asked if one.id not in spoke]
        parts.append(
            TakingPart(
                kind,
                len(asked),
                tuple(one.title for one in asked if one.id in spoke),
                tuple(one.title for one in quiet if one.id in linked),
                tuple(one.title for one in quiet if one.id not in linked),
            )
        )
    return tuple(part for part in parts if part.asked)
