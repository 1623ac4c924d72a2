"""What is known of invitations when their mails are decided on: standing of the person, entry of the session, what was
told. Read in a fixed number of queries at any number of invitations of one session.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.i18n import LANGUAGES, known_language
from planner.formats import itip
from planner.models import (
    GONE,
    OPEN_STATES,
    TOLD_STATES,
    CalendarEntry,
    CalendarEntryText,
    EntryKind,
    Invitation,
    MessageState,
    OutboxMessage,
    PlanSession,
    UserAccount,
)
from planner.rules.mail_addresses import normal
from planner.services.viewers import viewers_of_people

_AT_ONCE = 40
"""How many viewers one statement asks for."""


@dataclass(frozen=True)
class Standing:
    """One invitation with all that decides what its person is told next."""

    invitation: Invitation
    entry: CalendarEntry | None
    """None where the session has no day, or none that is shown."""
    texts: Mapping[str, str]
    """What the entry says, by language; empty where there is none."""
    language: str
    """Of `LANGUAGES`: what the person chose for their account, English for whoever has none."""
    may_know: bool
    """Whether the person may see the session, is still invited, and still has the address."""
    told: OutboxMessage | None
    """The last message that counts as known."""
    waiting: OutboxMessage | None
    refused: OutboxMessage | None
    """The last message, where an officer withdrew it."""
    highest: int | None
    """The highest SEQUENCE that has gone out."""

    def text_in(self, language: str) -> str:
        """Return what the entry says in a language, in English where it has no words in it."""
        return self.texts.get(language, self.texts[LANGUAGES[0]])

    @property
    def told_event(self) -> str:
        """Return the event of the last message that counts as known."""
        return itip.event_in(self.told.calendar or "") if self.told else ""


def read(invitation_ids: Iterable[int], *, day: date) -> list[Standing]:
    """Return the standings of invitations, in the order of their ids, locked until the transaction ends."""
    chosen = select(Invitation).where(Invitation.id.in_(sorted(set(invitation_ids)))).order_by(Invitation.id)
    options = (joinedload(Invitation.person),)
    invitations = db.session.scalars(chosen.options(*options).with_for_update(of=Invitation)).all()
    if not invitations:
        return []
    entries = _entries({one.session_id for one in invitations})
    texts, languages = _texts(entries.values()), _languages({one.person_id for one in invitations})
    seen = _seen(invitations, day)
    messages: dict[int, list[OutboxMessage]] = defaultdict(list)
    of_these = OutboxMessage.invitation_id.in_([one.id for one in invitations])
    for message in db.session.scalars(select(OutboxMessage).where(of_these).order_by(OutboxMessage.id)):
        messages[message.invitation_id or 0].append(message)
    return [
        _standing(
            one,
            entries.get(one.session_id),
            texts.get(one.session_id, {}),
            languages.get(one.person_id, LANGUAGES[0]),
            messages[one.id],
            sees=one.id in seen,
        )
        for one in invitations
    ]


def may_see(session_id: int, person_ids: Iterable[int], *, day: date) -> frozenset[int]:
    """Return who of some people may see a session on a day, each by their own standing. Deny on doubt."""
    viewers = viewers_of_people(person_ids, day=day)
    found: set[int] = set()
    people = sorted(viewers)
    for first in range(0, len(people), _AT_ONCE):
        part = people[first : first + _AT_ONCE]
        found |= _who_of(session_id, {person_id: viewers[person_id] for person_id in part})
    return frozenset(found)


def _who_of(session_id: int, viewers: dict[int, Viewer]) -> set[int]:
    # a session that only officers see is not open to be told of: its entry is that of the release
    columns = (visible(viewer, PlanSession).label(f"p{person_id}") for person_id, viewer in viewers.items())
    row = db.session.execute(
        select(*columns).select_from(PlanSession).where(PlanSession.id == session_id, PlanSession.published)
    ).one_or_none()
    return {person_id for person_id, sees in zip(viewers, row, strict=True) if sees} if row else set()


def entry_of(session_id: int) -> CalendarEntry | None:
    """Return the calendar entry of a session in its released edition, None where no feed shows one."""
    return _entries({session_id}).get(session_id)


def is_off(entry: CalendarEntry) -> bool:
    """Say whether the session of an entry does not take place as it stands."""
    return "\r\nSTATUS:CANCELLED\r\n" in entry.text


def is_ahead(entry: CalendarEntry | None, day: date) -> bool:
    """Say whether a session with this entry is still to take place, as far as it is known."""
    return entry is not None and entry.ends_on >= day and not is_off(entry)


def _entries(session_ids: set[int]) -> dict[int, CalendarEntry]:
    is_shown = and_(CalendarEntry.entry_kind == EntryKind.SESSION, CalendarEntry.digest != GONE)
    rows = db.session.scalars(select(CalendarEntry).where(CalendarEntry.record_id.in_(session_ids), is_shown))
    return {row.record_id: row for row in rows}


def _texts(entries: Iterable[CalendarEntry]) -> dict[int, dict[str, str]]:
    """Return the texts of entries in each language, by session."""
    of_session = {entry.id: entry.record_id for entry in entries}
    texts = {entry.record_id: {LANGUAGES[0]: entry.text} for entry in entries}
    rows = select(CalendarEntryText).where(CalendarEntryText.entry_id.in_(of_session))
    for row in db.session.scalars(rows.execution_options(populate_existing=True)):
        texts[of_session[row.entry_id]][row.language] = row.text
    return texts


def _languages(person_ids: set[int]) -> dict[int, str]:
    chosen = select(UserAccount.person_id, UserAccount.language).where(UserAccount.person_id.in_(person_ids))
    return {row.person_id: known_language(row.language) for row in db.session.execute(chosen)}


def _seen(invitations: Iterable[Invitation], day: date) -> set[int]:
    people: dict[int, set[int]] = defaultdict(set)
    for one in invitations:
        people[one.session_id].add(one.person_id)
    sees = {session_id: may_see(session_id, ids, day=day) for session_id, ids in people.items()}
    return {one.id for one in invitations if one.person_id in sees[one.session_id]}


def _standing(
    one: Invitation,
    entry: CalendarEntry | None,
    texts: Mapping[str, str],
    language: str,
    messages: list[OutboxMessage],
    *,
    sees: bool,
) -> Standing:
    told = [message for message in messages if message.state in TOLD_STATES]
    gone_out = [
        m.sequence for m in messages if m.state in (*TOLD_STATES, MessageState.BOUNCED) and m.sequence is not None
    ]
    last = messages[-1] if messages else None
    was_refused = last is not None and last.state is MessageState.WITHDRAWN and last.handled_by is not None
    return Standing(
        invitation=one,
        entry=entry,
        texts=texts,
        language=language,
        may_know=sees and one.ended_at is None and normal(one.person.email or "") == one.address,
        told=max(told, key=lambda message: (message.sequence or 0, message.id), default=None),
        waiting=next((message for message in messages if message.state in OPEN_STATES), None),
        refused=last if was_refused else None,
        highest=max(gone_out, default=None),
    )
