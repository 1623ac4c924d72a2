"""Releases: freezing the programme of a meeting, and letting everybody see it when its time has come."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Literal, overload

from sqlalchemy import select

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import Conflict, NotVisible
from planner.core.i18n import N_
from planner.models import (
    AgendaItem,
    FollowUp,
    Meeting,
    Offer,
    Origin,
    PublishedSession,
    PublishedSlot,
    Release,
)
from planner.rules.audience import Ground
from planner.rules.programme import compare, day_changed
from planner.services import changes
from planner.services.editions import offers_of, replace_editions, set_published, set_titles
from planner.services.programmes import ON_PROGRAMME, Programme, digest_of, working_programme

_OWNER_AND_OFFICERS = int(Ground.OWNER | Ground.OFFICERS)
_CLOSED = ("done", "dropped")


@overload
def publish_release(
    meeting_id: int,
    *,
    name: str,
    actor: Viewer,
    at: datetime,
    origin: Origin = ...,
    embargo_until: datetime | None = ...,
) -> Release: ...
@overload
def publish_release(
    meeting_id: int,
    *,
    name: str,
    actor: Viewer,
    at: datetime,
    origin: Origin = ...,
    embargo_until: datetime | None = ...,
    if_changed: Literal[True],
) -> Release | None: ...
def publish_release(
    meeting_id: int,
    *,
    name: str,
    actor: Viewer,
    at: datetime,
    origin: Origin = Origin.OWN,
    embargo_until: datetime | None = None,
    if_changed: bool = False,
) -> Release | None:
    """Freeze the working copy of a meeting's programme as its next release, and show it unless an embargo keeps it.

    Raises NotVisible, NotAllowed, and Conflict where nothing differs from the last release; with `if_changed` that
    returns None instead.
    """
    with changes.change(actor, at=at, action="publish") as c:
        meeting = _meeting(actor, meeting_id)
        is_embargoed = embargo_until is not None and embargo_until > at
        # What is shown at once is compared with what was shown, even where a release under embargo stands between.
        base = _last(meeting_id) if is_embargoed else _find_current(meeting_id)
        programme = working_programme(meeting, _session_ids(base))
        if base is not None and base.digest == digest_of(programme):
            if if_changed:
                return None
            raise Conflict(N_("Nothing has changed since the last release."))
        release = _freeze(meeting, programme, base, name=name, at=at, origin=origin, embargo_until=embargo_until)
        if release.effective_at <= at:
            _make_current(release, c)
        return release


def cancel_session_release(
    session_id: int, *, name: str, actor: Viewer, at: datetime, merged_into: int | None = None
) -> Release | None:
    """Release at once that one session is cancelled, or merged into another, whatever else the working copy holds.

    The frozen programme is that of the current release with this session off, so nothing else that is being drafted
    becomes known. A release that waits for the end of its embargo is frozen again with it.
    Returns None where no release has shown the session: then there is nothing to take back. Raises NotVisible,
    NotAllowed, and Conflict where it is off already.
    """
    off = {"state": "merged", "continued_in": merged_into} if merged_into else {"state": "cancelled"}
    with changes.change(actor, at=at, action="publish") as c:
        edition = db.session.get(PublishedSession, session_id)
        if edition is None:
            return None
        shown = db.session.get_one(Release, edition.release_id)
        meeting = _meeting(actor, shown.meeting_id)
        if edition.state == "cancelled":
            raise Conflict(N_("The session has been cancelled already."))
        if edition.state == "merged":
            raise Conflict(N_("The session has been merged already."))
        last = _last(meeting.id)
        programme = _with_off(shown.programme, session_id, off)
        release = _freeze(meeting, programme, shown, name=name, at=at, origin=shown.origin)
        _make_current(release, c)
        if last is not None and last.effective_at > at:
            waiting = _with_off(last.programme, session_id, off)
            until = last.effective_at
            _freeze(meeting, waiting, release, name=last.title, at=at, origin=last.origin, embargo_until=until)
        return release


def _with_off(programme: Programme, session_id: int, off: Programme) -> Programme:
    changed = deepcopy(programme)
    for one in changed["sessions"]:
        if one["id"] == session_id:
            one.update(off)
    return changed


def make_due_releases_current(actor: Viewer, *, at: datetime) -> list[int]:
    """Show the releases whose embargo has passed; return the ids of those that became current, by meeting.

    Of several that are due for a meeting the last one counts. Run by a command and by the worker.
    """
    with changes.change(actor, at=at, action="publish") as c:
        due = db.session.scalars(
            select(Release)
            .where(Release.published.is_(False), Release.effective_at <= at)
            .order_by(Release.meeting_id, Release.number)
        ).all()
        newest: dict[int, Release] = {}
        for release in due:
            set_published([release.id])
            c.touch(release.id)
            newest[release.meeting_id] = release
        made = []
        for release in newest.values():
            current = _find_current(release.meeting_id)
            if current is None or current.number < release.number:
                _make_current(release, c)
                made.append(release.id)
        return made


def _meeting(actor: Viewer, meeting_id: int) -> Meeting:
    """Return the meeting where the actor may publish for its body."""
    chosen = select(Meeting).where(Meeting.id == meeting_id, visible(actor, Meeting))
    meeting = db.session.scalars(chosen.with_for_update()).one_or_none()
    if meeting is None:
        raise NotVisible
    policy.require(actor, Verb.PUBLISH, meeting.body_id)
    return meeting


def _last(meeting_id: int) -> Release | None:
    releases = select(Release).where(Release.meeting_id == meeting_id)
    return db.session.scalars(releases.order_by(Release.number.desc()).limit(1)).one_or_none()


def _find_current(meeting_id: int) -> Release | None:
    return db.session.scalars(select(Release).where(Release.meeting_id == meeting_id, Release.is_current)).one_or_none()


def _session_ids(release: Release | None) -> list[int]:
    return [one["id"] for one in release.programme["sessions"]] if release else []


def _freeze(
    meeting: Meeting,
    programme: Programme,
    base: Release | None,
    *,
    name: str,
    at: datetime,
    origin: Origin,
    embargo_until: datetime | None = None,
) -> Release:
    """Add the release that holds a programme; its list of changes is against `base`."""
    last = _last(meeting.id)
    number = last.number + 1 if last else 1
    effective_at = max(embargo_until or at, at)
    release = Release(
        title=name,
        origin=origin,
        ref=f"{meeting.ref}-release-{number}",
        meeting_id=meeting.id,
        audience_parent_id=meeting.id,
        number=number,
        released_at=at,
        effective_at=effective_at,
        published=effective_at <= at,
        is_current=False,
        programme=programme,
        changes=compare(base.programme if base else None, programme),
        digest=digest_of(programme),
    )
    db.session.add(release)
    db.session.flush()
    return release


def _make_current(release: Release, c: changes.Changes) -> None:
    """Let everybody see a release: its sessions and presentations, their titles, and what depends on their days."""
    before = _find_current(release.meeting_id)
    if before is not None:
        before.is_current = False
        db.session.flush()
    release.is_current = True
    db.session.flush()
    sessions = release.programme["sessions"]
    held = {one["id"]: one for one in before.programme["sessions"]} if before else {}
    gone = offers_of(before.programme if before else {"sessions": []}) - offers_of(release.programme)
    replace_editions(release)
    set_titles(release.programme)
    _tell_of_withdrawn(release.programme)
    _place_offers(release.programme, c)
    _place_items(release.programme, c)
    _take_back_offers(gone, c)
    _move_due_days({one["id"]: one for one in sessions if day_changed(held.get(one["id"]), one)}, sessions)
    beside = {one.get(name) for one in (*held.values(), *sessions) for name in ("continued_in", "split_from")}
    c.touch(release.id, *(one["id"] for one in sessions), *offers_of(release.programme), *gone, *(beside - {None}))


def _tell_of_withdrawn(programme: Programme) -> None:
    """Have everybody read of the items that were taken off the agenda, from the first release without them on."""
    sessions = [one["id"] for one in programme["sessions"]]
    held = {item["id"] for one in programme["sessions"] for item in one["items"]}
    taken_off = select(AgendaItem).where(AgendaItem.session_id.in_(sessions), AgendaItem.withdrawn_because.is_not(None))
    for item in db.session.scalars(taken_off.where(~AgendaItem.is_withdrawn, AgendaItem.id.not_in(held))):
        item.is_withdrawn = True


def _place_offers(programme: Programme, c: changes.Changes) -> None:
    """Let a presentation be seen by those who see its session; one that has been withdrawn since stays its owner's."""
    place = {slot["offer_id"]: one["id"] for one in programme["sessions"] for slot in one["slots"]}
    for offer in db.session.scalars(select(Offer).where(Offer.id.in_(place), Offer.state.in_(ON_PROGRAMME))):
        if offer.audience_parent_id != place[offer.id] or offer.audience_own is not None:
            offer.audience_parent_id, offer.audience_own = place[offer.id], None
            c.touch(offer.id)


def _place_items(programme: Programme, c: changes.Changes) -> None:
    """Let an item that went to another session be seen by those who see that one, from the release that shows it on."""
    place = {item["id"]: one["id"] for one in programme["sessions"] for item in one["items"]}
    rows = db.session.execute(select(AgendaItem.id, AgendaItem.audience_parent_id).where(AgendaItem.id.in_(place)))
    gone = [item_id for item_id, parent_id in rows if parent_id != place[item_id]]
    for item in db.session.scalars(select(AgendaItem).where(AgendaItem.id.in_(gone))):
        item.audience_parent_id = place[item.id]
        c.touch(item.id)


def _take_back_offers(ids: set[int], c: changes.Changes) -> None:
    """Give presentations that no programme holds any more back to their owner and the officers."""
    elsewhere = select(PublishedSlot.offer_id)
    for offer in db.session.scalars(select(Offer).where(Offer.id.in_(ids), Offer.id.not_in(elsewhere))):
        offer.audience_parent_id = offer.call_id or offer.meeting_id
        offer.audience_own = _OWNER_AND_OFFICERS
        c.touch(offer.id)


def _move_due_days(moved: dict[int, Programme], sessions: list[Programme]) -> None:
    """Work out again the due days that hang on a session of another day, and on no other; closed ones keep theirs."""
    days = {one["id"]: _day(one["on"]) for one in sessions}
    follow_ups = select(FollowUp).where(FollowUp.due_session_id.in_(days), FollowUp.state.not_in(_CLOSED))
    for follow_up in db.session.scalars(follow_ups):
        if follow_up.due_session_id is None or follow_up.due_offset_days is None:
            continue
        if follow_up.due_session_id in moved or follow_up.due_on is None:
            day = days[follow_up.due_session_id]
            follow_up.due_on = day + timedelta(days=follow_up.due_offset_days) if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and len(text) == len("2026-11-24") else None
