"""The page of a session: one value for both editions, the officers' working copy and everybody's release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import visible, visible_records
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.models import Call, Meeting, Origin, PlanSession, PublishedSession
from planner.services import pages
from planner.services.sessions.agenda import Entry, differences, list_entries
from planner.services.sessions.around import Above, Below, list_above, list_below
from planner.services.sessions.beside import Beside, has_beside, list_beside
from planner.services.sessions.columns import session_columns, with_edition
from planner.services.sessions.names import Named, Names, look_up
from planner.services.sessions.working import Values, read_working

_other = aliased(PlanSession, flat=True)
_other_edition = aliased(PublishedSession)
_meeting = aliased(Meeting, flat=True)
_call = aliased(Call, flat=True)

Edition = Literal["working", "released", "none"]


@dataclass(frozen=True)
class SessionView:
    """All that the page of a session shows. `values` are those of services/programmes.py; `zone` is the venue's."""

    frame: pages.Frame
    edition: Edition
    plan_session: PlanSession
    meeting: Meeting | None
    number: int | None
    """Its number among those of its kind in the meeting; None for the record, which does not know all of them."""
    of_count: int
    values: Values
    starts_at: datetime | None
    ends_at: datetime | None
    entries: tuple[Entry, ...]
    chairs: tuple[Named, ...]
    hosts: tuple[Named, ...]
    speakers: tuple[Named, ...]
    bodies: tuple[Named, ...]
    release: Named | None
    changes: tuple[dict[str, Any], ...]
    """For officers: what the working copy has changed since the release."""
    above: tuple[Above, ...]
    below: tuple[Below, ...]
    beside: tuple[Beside, ...]
    """The sessions that it was merged into, takes in, was split from or goes on in, as far as they may be seen."""
    call_id: int | None
    call_closes_at: datetime | None

    @property
    def minutes(self) -> int | None:
        """Return the length of the session in minutes, None where it is not known."""
        if self.starts_at is None or self.ends_at is None:
            length: int | None = self.values["duration_minutes"]
            return length
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def names_beside(self) -> dict[int, str]:
        """Return the titles of the sessions beside it, by id."""
        return {one.id: one.title for one in self.beside}

    @property
    def presentations(self) -> tuple[Entry, ...]:
        """Return the presentations among the entries."""
        return tuple(entry for entry in self.entries if entry.offer_id is not None)


def get_session(viewer: Viewer, session_id: int, *, at: datetime) -> SessionView:
    """Return a session in the edition that is for the viewer. Raises NotVisible."""
    row = db.session.execute(_session(viewer, session_id, at)).unique().one_or_none()
    if row is None:
        raise NotVisible
    one: PlanSession = row[0]
    is_working = viewer.is_officer_of(one.home_body_id)
    edition: Edition = "working" if is_working else "released" if one.edition else "none"
    values = read_working(one) if is_working else one.edition.programme if one.edition else _unknown(one)
    names = look_up(viewer, values, one.edition)
    frame = pages.frame(viewer, one)
    if edition != "working":
        frame = replace(frame, title=values["title"])
    return SessionView(
        frame=frame,
        edition=edition,
        plan_session=one,
        meeting=one.meeting if row.meeting_visible else None,
        number=row.number if row.of_count > 1 and one.origin is not Origin.RECORD else None,
        of_count=row.of_count,
        values=values,
        starts_at=_instant(values["starts_at"]),
        ends_at=_instant(values["ends_at"]),
        entries=list_entries(values, names),
        chairs=tuple(_chair(chair, names) for chair in values["chairings"]),
        hosts=names.of(values["hosts"]),
        speakers=names.of(values["interventions"]),
        bodies=names.of([*([values["body"]] if values["body"] else []), *values["joint_bodies"]]),
        release=names.find(one.edition.release_id) if one.edition else None,
        changes=differences(one.edition, values, names) if is_working and one.edition else (),
        above=list_above(viewer, values["treats"]),
        below=list_below(viewer, one.id),
        beside=list_beside(viewer, one.id) if row.has_beside else (),
        call_id=row.call_id,
        call_closes_at=row.call_closes_at,
    )


def _session(viewer: Viewer, session_id: int, at: datetime) -> Select[Any]:
    """Return the select of the session, its number among those of its kind that the viewer sees, and an open call."""
    mine, theirs = session_columns(viewer), session_columns(viewer, _other, _other_edition)
    beside = (
        with_edition(select(func.count(_other.id)), _other, _other_edition)
        .where(_other.meeting_id == PlanSession.meeting_id, theirs.session_kind == mine.session_kind)
        .where(visible(viewer, _other))
        .correlate(PlanSession, PublishedSession)
    )
    seen = select(func.count(_meeting.id)).where(_meeting.id == PlanSession.meeting_id, visible(viewer, _meeting))
    calls = (
        select(_call.id)
        .where(_call.meeting_id == PlanSession.meeting_id, visible(viewer, _call))
        .where(_call.state == "open", _call.opens_at <= at, _call.closes_at > at)
        .order_by(_call.closes_at, _call.id)
        .limit(1)
    )
    closes = calls.with_only_columns(_call.closes_at, maintain_column_froms=True)
    rows = with_edition(visible_records(viewer, PlanSession)).where(PlanSession.id == session_id)
    return rows.add_columns(
        seen.correlate(PlanSession).scalar_subquery().label("meeting_visible"),
        has_beside(session_id).label("has_beside"),
        beside.where(theirs.position <= mine.position).scalar_subquery().label("number"),
        beside.scalar_subquery().label("of_count"),
        calls.correlate(PlanSession).scalar_subquery().label("call_id"),
        closes.correlate(PlanSession).scalar_subquery().label("call_closes_at"),
    ).options(
        contains_eager(PlanSession.edition),
        joinedload(PlanSession.meeting).options(joinedload(Meeting.cycle), joinedload(Meeting.body)),
    )


def _unknown(one: PlanSession) -> Values:
    """Return the values of a session that may be known while no release says anything of it."""
    keys = ("state", "body", "on", "starts_at", "ends_at", "duration_minutes", "room", "mode", "text")
    lists = ("joint_bodies", "treats", "hosts", "chairings", "items", "slots", "interventions")
    return {
        "id": one.id,
        "title": one.public_title or one.title,
        "session_kind": "session",
        "zone": "UTC",
        **dict.fromkeys(keys),
        **{key: [] for key in lists},
    }


def _chair(chair: Values, names: Names) -> Named:
    row = names.by_id.get(chair["holder_id"])
    return Named(
        row.id if row else None,
        "stakeholder",
        row.title if row else chair.get("holder", ""),
        chair["role"] or chair["seat"].replace("_", " ").capitalize(),
        chair["note"],
        chair["count"],
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
