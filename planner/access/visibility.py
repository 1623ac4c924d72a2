"""Who may see what, as SQL: every way out of data starts from here, so lists, pages, search, exports and feeds cannot
disagree.

The audience rule is DESIGN's section 3. Its two halves: officers of the record's body see it always and in its
working copy; everybody else sees it where one of its grounds lets them in, and only what has been published. Beside
them stands who gave a contribution: they see their own from the moment it is recorded.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, inspect, or_, select, true
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.models import (
    AudienceGrant,
    CalendarEntry,
    ChainLink,
    Edition,
    MailReply,
    Origin,
    OutboxMessage,
    Record,
    SearchDocument,
)
from planner.rules.audience import SEEN_BY_OWNER, Ground

R = TypeVar("R", bound=Record)
_lower = aliased(Record)
_of_entry = aliased(Record)
_of_message = aliased(Record)
_of_reply = aliased(Record)


def is_officer_of(viewer: Viewer, record: Any = Record) -> ColumnElement[bool]:
    """Return the condition that the viewer is an officer of the record's body."""
    if viewer.everywhere:
        return true()
    if not viewer.bodies:
        return false()
    condition: ColumnElement[bool] = record.home_body_id.in_(sorted(viewer.bodies))
    return condition


def meets_grounds(viewer: Viewer, record: Any = Record) -> ColumnElement[bool]:
    """Return the condition that one of the record's grounds lets the viewer in, its officers apart."""
    ways: list[ColumnElement[bool]] = [record.audience.bitwise_and(viewer.grounds) != 0]
    if viewer.meetings:
        ways.append(
            and_(
                record.audience.bitwise_and(int(Ground.PARTICIPANTS)) != 0,
                record.home_meeting_id.in_(sorted(viewer.meetings)),
            )
        )
    named = _is_named(viewer, record, record.audience.bitwise_and(AudienceGrant.ground) != 0)
    return or_(*ways) if named is None else or_(*ways, named)


def _is_named(viewer: Viewer, record: Any, by: ColumnElement[bool]) -> ColumnElement[bool] | None:
    """Return the condition that a grant names the viewer, within its limit; `by` says which grants count."""
    named = _is_grantee(viewer)
    if named is None:
        return None
    limit = AudienceGrant.limit_mask.bitwise_and(viewer.grounds) != 0
    if viewer.meetings:
        limit = or_(
            limit,
            and_(
                AudienceGrant.limit_mask.bitwise_and(int(Ground.PARTICIPANTS)) != 0,
                record.home_meeting_id.in_(sorted(viewer.meetings)),
            ),
        )
    return exists().where(AudienceGrant.record_id == record.id).where(by).where(named).where(limit).correlate(record)


def is_owner_of(viewer: Viewer, record: Any = Record) -> ColumnElement[bool]:
    """Return the condition that the record is the viewer's own, of a kind that its owner sees before all others."""
    mapper = inspect(record).mapper
    if mapper.class_ is not Record and mapper.polymorphic_identity not in SEEN_BY_OWNER:
        return false()
    owned = _is_named(viewer, record, and_(AudienceGrant.own, AudienceGrant.ground == int(Ground.OWNER)))
    return false() if owned is None else and_(record.kind.in_(sorted(SEEN_BY_OWNER)), owned)


def visible(viewer: Viewer, record: Any = Record) -> ColumnElement[bool]:
    """Return the condition that the viewer may see a record of any kind; `record` may be a class or an alias."""
    published = and_(record.published, meets_grounds(viewer, record))
    return or_(is_officer_of(viewer, record), published, is_owner_of(viewer, record))


def visible_records(viewer: Viewer, kind: type[R]) -> Select[R]:
    """Return the select of all records of one kind that the viewer may see."""
    return select(kind).where(visible(viewer, kind))


def title(viewer: Viewer, record: Any = Record) -> ColumnElement[str]:
    """Return the title that the viewer may read: officers the working copy's, everybody else the public edition's."""
    return case((is_officer_of(viewer, record), record.title), else_=func.coalesce(record.public_title, record.title))


def visible_title(viewer: Viewer, record: Record) -> str:
    """Return the same for a record that has been loaded."""
    if viewer.is_officer_of(record.home_body_id):
        return record.title
    return record.public_title or record.title


def searchable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition on SearchDocument joined with Record: visible, and in the edition that is for the viewer."""
    officer = is_officer_of(viewer)
    return and_(
        visible(viewer),
        or_(
            and_(officer, SearchDocument.edition == Edition.WORKING),
            and_(~officer, SearchDocument.edition == Edition.PUBLIC),
        ),
    )


def linked(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition on ChainLink: officers of the lower record's body follow the working copy's step, everybody
    else that of the public edition.
    """
    if viewer.everywhere:
        return ChainLink.working.is_(True)
    if not viewer.bodies:
        return ChainLink.public.is_(True)
    officer = exists().where(_lower.id == ChainLink.lower_id).where(is_officer_of(viewer, _lower)).correlate(ChainLink)
    return or_(
        and_(ChainLink.working, ChainLink.public), and_(ChainLink.working, officer), and_(ChainLink.public, ~officer)
    )


def in_feed(viewer: Viewer, *, with_illustration: bool) -> ColumnElement[bool]:
    """Return the condition on CalendarEntry: what a feed holds for a viewer. Illustrations only where they are asked
    for.

    An entry carries its record's audience, so that a feed is one indexed read.
    """
    ways: list[ColumnElement[bool]] = [CalendarEntry.audience.bitwise_and(viewer.grounds) != 0]
    if viewer.everywhere:
        ways = [true()]
    elif viewer.bodies:
        ways.append(CalendarEntry.home_body_id.in_(sorted(viewer.bodies)))
    if viewer.meetings:
        ways.append(
            and_(
                CalendarEntry.audience.bitwise_and(int(Ground.PARTICIPANTS)) != 0,
                CalendarEntry.home_meeting_id.in_(sorted(viewer.meetings)),
            )
        )
    if _is_grantee(viewer) is not None:
        ways.append(exists().where(_of_entry.id == CalendarEntry.record_id).where(meets_grounds(viewer, _of_entry)))
    condition = or_(*ways)
    return condition if with_illustration else and_(condition, CalendarEntry.origin != Origin.ILLUSTRATION)


def _is_grantee(viewer: Viewer) -> ColumnElement[bool] | None:
    ways: list[ColumnElement[bool]] = []
    if viewer.user_id is not None:
        ways.append(AudienceGrant.user_id == viewer.user_id)
    if viewer.stakeholders:
        ways.append(AudienceGrant.stakeholder_id.in_(sorted(viewer.stakeholders)))
    return or_(*ways) if ways else None


def in_outbox(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition on OutboxMessage: what is about a record of a body is for the officers of that body."""
    if viewer.everywhere:
        return true()
    about = exists().where(_of_message.id == OutboxMessage.record_id).where(is_officer_of(viewer, _of_message))
    return about.correlate(OutboxMessage)


def in_replies(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition on MailReply: an answer about a session is for the officers of its body, one about nothing
    that is known for offices of the whole installation.
    """
    if viewer.everywhere:
        return true()
    about = exists().where(_of_reply.id == MailReply.session_id).where(is_officer_of(viewer, _of_reply))
    return about.correlate(MailReply)
