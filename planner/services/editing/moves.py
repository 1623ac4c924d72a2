"""Moving a record through its states: what a move needs, what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from planner.access import policy
from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible, Stale
from planner.core.i18n import N_, Message
from planner.models import (
    Call,
    CommentReaders,
    CommentsShown,
    ConferenceAction,
    Contribution,
    Cycle,
    Decision,
    FollowUp,
    Offer,
    PlanSession,
    PlanVersion,
    Record,
    VersionKind,
)
from planner.rules import lifecycle
from planner.rules.lifecycle import ConferenceVerb, Move, MoveRefused
from planner.services import changes, releases, rounds
from planner.services.editing import merging, slots, taking_back, versions, withdrawing
from planner.services.editing.faults import Wrong, guarded
from planner.services.editing.kinds import LONG, Choices, Flag, Moment, Partial, Text, choice_of
from planner.services.editing.local_times import instant_of
from planner.services.editing.reading import load
from planner.services.editing.records import touch
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import common, plans
from planner.services.editing.specs.presentations import zone_of_meeting
from planner.services.editing.writing import clean

_NEED: Mapping[str, Field] = {
    "reason": Field("reason", Text(2000, lines=True), required=True),
    "evidence": Field("evidence", LONG, required=True),
    "deadline": Field("deadline", Moment(), required=True),
    "verb": Field("verb", choice_of(ConferenceVerb, "verb"), required=True),
}
_ACT = (
    Field("cycle_id", common.CYCLE, required=True),
    Field("document_id", common.DOCUMENT),
    Field("paragraph", Text(20)),
    Field("on_text", Partial()),
)
_ROUND = (
    Field("may_comment", Choices(rounds.EVERY_CLASS, "class")),
    Field("comments_shown", choice_of(CommentsShown, "comments_shown")),
    Field("comment_readers", choice_of(CommentReaders, "comment_readers")),
)
"""Who comments on a circulated version, and who reads what others say, when."""
ROUND_DEFAULTS: Mapping[str, Any] = {
    "may_comment": list(rounds.EVERY_CLASS), "comments_shown": CommentsShown.AFTER.value,
    "comment_readers": CommentReaders.ALL.value,
}  # fmt: skip
_VERB_OF_STATE = {state: verb for verb, state in lifecycle.PLAN_STATE_OF_VERB.items()}


def get_move(viewer: Viewer, record_id: int, verb_name: str) -> tuple[Record, Move, Spec]:
    """Return a record, a move out of its state, and the fields that the move asks for.

    Raises NotVisible (also for a move that no state knows), NotAllowed, Conflict where it is not allowed now.
    """
    record = load(viewer, record_id)
    owed_by = record.owner_id if isinstance(record, FollowUp) else None
    named = [move for move in lifecycle.all_moves(record.kind) if move.verb_name == verb_name]
    if not any(policy.may_move(viewer, record.kind, one, record.home_body_id, owner_id=owed_by) for one in named):
        policy.require_change(viewer, record.kind, record.home_body_id)
    move = _find(record, verb_name)
    if not policy.may_move(viewer, record.kind, move, record.home_body_id, owner_id=owed_by):
        raise NotAllowed(N_("The secretariat takes back an act that was recorded of the Conference."))
    return record, move, fields_of(record, move)


def _find(record: Record, verb_name: str) -> Move:
    known = lifecycle.all_moves(record.kind)
    if not any(move.verb_name == verb_name for move in known):
        raise NotVisible
    move = next((one for one in record.moves if one.verb_name == verb_name), None)
    if move is None:
        if not record.moves and lifecycle.moves_from(record.kind, record.state or ""):
            raise Conflict(N_("A reconstruction is no version that was circulated or acted on, so it has no moves."))
        if record.withdrawn_because is not None:
            raise Conflict(N_("It has been withdrawn. Restore it first."))
        wanted = next(move for move in known if move.verb_name == verb_name)
        if not wanted.is_mark:
            lifecycle.check_move(record.kind, record.state or "", wanted.target)
        raise Conflict(N_("This is not possible from its present state."))
    return move


def fields_of(record: Record, move: Move) -> Spec:
    """Return what a move asks for, as a spec without a table."""
    fields = [_NEED[need] for need in lifecycle.NEEDS if need in move.needs]
    if _conference_verb(record, move) is not None or "verb" in move.needs:
        fields += _ACT
    if (record.kind, move.verb_name) == ("plan_version", "circulate"):
        fields += _ROUND
    if (record.kind, move.verb_name) == ("decision", "correct"):
        fields.insert(0, Field("title", Text(), required=True))
    if (record.kind, move.verb_name) == ("follow_up", "carry_over"):
        fields.append(Field("cycle_id", common.CYCLE, required=True))
    if (record.kind, move.verb_name) == ("plan_session", "cancel"):
        fields.append(Field("release_now", Flag()))
    if (record.kind, move.verb_name) == ("plan_session", "merge"):
        fields = [merging.FIELDS[0], *fields, *merging.FIELDS[1:]]
    if (record.kind, move.verb_name) == ("offer", "place"):
        fields += slots.PLACE.fields
    return Spec(kind=record.kind, model=type(record), fields=tuple(fields))


def zone_of(record: Record) -> str:
    """Return the zone in which a deadline of the record is typed."""
    return zone_of_meeting(record.meeting_id) if isinstance(record, Call) else plans.ZONE


def move_record(
    actor: Viewer, record_id: int, verb_name: str, *, rev: int, at: datetime, given: Mapping[str, Any]
) -> Record:
    """Move a record to another state and do what follows from it. `given` holds what the move asks for.

    Raises NotVisible, NotAllowed, Invalid with what is missing, Conflict where somebody else was faster or the move is
    not allowed from this state.
    """
    if verb_name in ("place", "unplace"):
        record, _, _ = get_move(actor, record_id, verb_name)
        if verb_name == "place":
            return slots.place_offer(actor, record.id, rev=rev, at=at, given=given)
        return slots.remove_slot(actor, record.id, rev=rev, at=at)
    with guarded(), changes.change(actor, at=at, action=verb_name) as change:
        record, move, spec = get_move(actor, record_id, verb_name)
        if record.rev != rev:
            raise Stale(N_("Load the page again and look at what was changed before you save."))
        entry = Entry(actor=actor, at=at, kind=record.kind, changes=change)
        values = clean(spec, given, entry)
        _check_needs(move, values)
        change.reason = values.get("reason")
        if move.is_mark:
            withdrawing.follow(record, move, values["reason"], entry)
        elif move.is_undoing:
            taking_back.take_back(record, move, entry)
        else:
            _follow(record, move, values, entry)
            record.state = move.target
        touch(record, at)
        if values.get("release_now"):
            _release_cancellation(actor, record, at)
    return record


def _release_cancellation(actor: Viewer, record: Record, at: datetime) -> None:
    """Tell everybody of a cancellation or merger at once, and of nothing else that is being drafted (DESIGN section
    2).
    """
    into = record.continued_in_id if isinstance(record, PlanSession) else None
    name = f"{'Merged' if into else 'Cancelled'}: {record.title}"[:1000]
    releases.cancel_session_release(record.id, name=name, actor=actor, at=at, merged_into=into)


def _check_needs(move: Move, values: Values) -> None:
    """Ask the lifecycle itself; what it misses stands beside the field."""
    try:
        lifecycle.check_needs(move, [name for name, value in values.items() if value])
    except MoveRefused as refused:
        if refused.missing:
            raise Invalid({str(need): text for need, text in refused.missing.items()}) from None
        raise


def _conference_verb(record: Record, move: Move) -> ConferenceVerb | None:
    return _VERB_OF_STATE.get(move.target) if record.kind == "plan_version" else None


def _follow(record: Record, move: Move, values: Values, entry: Entry) -> None:
    effect = _EFFECTS.get(record.kind)
    if effect is not None:
        effect(record, move, values, entry)


def _follow_version(record: PlanVersion, move: Move, values: Values, entry: Entry) -> None:
    if move.verb_name == "circulate":
        until = _deadline(values, plans.ZONE, entry)
        versions.circulate(record, values, until=until, at=entry.at)
    elif move.verb_name == "submit":
        _close_round(record, entry)
    elif move.target == "withdrawn" and record.version_kind is VersionKind.WORKING_COPY:
        versions.close_working_copy(record, at=entry.at)
    verb = _conference_verb(record, move)
    if verb is not None:
        record.acted_by_cycle_id = values["cycle_id"]
        _record_act(record, verb, values)


def _close_round(record: PlanVersion, entry: Entry) -> None:
    """Close the round of comments of a version that goes to the Conference: every comment has its answer then."""
    held = rounds.find_round(record.id, lock=True)
    if held is not None and held.closed_at is None:
        rounds.close(held, by=entry.actor.name, at=entry.at)


def _record_act(record: Record, verb: ConferenceVerb, values: Values) -> None:
    """Write what the Conference did, in exactly that verb; the database asks for it before the state that says so."""
    db.session.add(
        ConferenceAction(
            record_id=record.id,
            origin=record.origin,
            verb=verb,
            **{name: values[name] for name in ("cycle_id", "document_id", "paragraph", "on_text")},
        )
    )
    db.session.flush()


def _deadline(values: Values, zone: str, entry: Entry) -> datetime:
    try:
        instant = instant_of(values["deadline"], zone)
    except Wrong as error:
        raise Invalid({"deadline": error.parts[""]}) from None
    if instant <= entry.at:
        raise Invalid({"deadline": N_("A deadline lies in the future.")})
    return instant


def _follow_output(record: Record, move: Move, values: Values, _entry: Entry) -> None:
    if "verb" in move.needs:
        _record_act(record, ConferenceVerb(values["verb"]), values)


def _follow_follow_up(record: FollowUp, move: Move, values: Values, entry: Entry) -> None:
    if move.target == "done":
        record.evidence, record.closed_on = values["evidence"], entry.at.date()
    elif move.target == "dropped":
        record.reason, record.closed_on = values["reason"], entry.at.date()
    elif move.target == "carried_over":
        record.carried_to_cycle_id = values["cycle_id"]
    elif move.verb_name == "reopen":
        record.closed_on = None
    # What closes it is written before the state that rests on it; the database holds to that order.
    db.session.flush()


def _follow_call(record: Call, move: Move, values: Values, entry: Entry) -> None:
    if move.target == "open":
        record.closes_at = _deadline(values, zone_of(record), entry)
        record.opens_at = min(record.opens_at, entry.at)
        record.published = True
    elif move.verb_name == "restore":
        record.published = False


def _follow_offer(record: Offer, move: Move, _values: Values, entry: Entry) -> None:
    if move.target in ("declined", "withdrawn", "confirmed") and entry.changes is not None:
        entry.changes.touch(*slots.take_off(record))


def _follow_contribution(record: Contribution, move: Move, _values: Values, _entry: Entry) -> None:
    if move.target == "published" and not record.may_be_published:
        raise Conflict(N_("Its author has not said that it may be published. Note that first."))
    record.published = move.target == "published"


def _follow_decision(record: Decision, _move: Move, values: Values, _entry: Entry) -> None:
    if values["title"] == record.title:
        message: Message = N_("This is the text that it has already.")
        raise Invalid({"title": message})
    record.original_text = record.original_text or record.title
    record.correction_reason = values["reason"]
    # The mark first: without it the database lets no text of a decision change.
    db.session.flush()
    record.title = values["title"]


_EFFECTS: Mapping[str, Callable[[Any, Move, Values, Entry], None]] = {
    "plan_version": _follow_version,
    "plan_session": merging.follow,
    "output": _follow_output,
    "follow_up": _follow_follow_up,
    "call": _follow_call,
    "offer": _follow_offer,
    "contribution": _follow_contribution,
    "decision": _follow_decision,
}


def cycle_of_day(day: datetime) -> int | None:
    """Return the cycle in which an instant falls, for a form to begin with; None where several or none do."""
    ids = list(
        db.session.scalars(select(Cycle.id).where(Cycle.from_on <= day.date(), Cycle.until_on > day.date()).limit(2))
    )
    return ids[0] if len(ids) == 1 else None
