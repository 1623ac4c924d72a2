"""Which verb is allowed to whom: alternatives, each a list of facts that must all hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planner.access import facts
from planner.access.permissions import VERB_OF_KIND, Verb
from planner.access.viewer import Viewer
from planner.core.errors import NotAllowed
from planner.core.i18n import N_
from planner.rules.lifecycle import Move

Fact = Callable[[Viewer, int | None], bool]

POLICY: Mapping[Verb, tuple[tuple[Fact, ...], ...]] = {
    Verb.EDIT_PLAN: ((facts.drafts_for,), (facts.serves,)),
    Verb.SCHEDULE: ((facts.drafts_for,), (facts.serves,)),
    Verb.PUBLISH: ((facts.drafts_for,), (facts.serves,)),
    Verb.SEND_MAIL: ((facts.drafts_for,), (facts.serves,)),
    Verb.RECORD_OUTCOME: ((facts.drafts_for,), (facts.serves,)),
    Verb.TAKE_BACK: ((facts.serves,),),
    Verb.KEEP_REGISTERS: ((facts.serves,),),
    Verb.MANAGE_PEOPLE: ((facts.serves,),),
    Verb.MANAGE_ACCOUNTS: ((facts.administers,),),
    Verb.SEE_HISTORY: ((facts.is_officer,),),
    Verb.SEE_WORKBENCH: ((facts.is_any_officer,),),
}


def may(viewer: Viewer, verb: Verb, body_id: int | None = None) -> bool:
    """Say whether a viewer may do something for a body (None: for what belongs to no body)."""
    return any(all(fact(viewer, body_id) for fact in alternative) for alternative in POLICY[verb])


def may_change(viewer: Viewer, kind: str, body_id: int | None = None) -> bool:
    """Say whether a viewer may create, edit or cancel records of a kind that belong to a body."""
    return may(viewer, VERB_OF_KIND[kind], body_id)


def may_move(viewer: Viewer, kind: str, move: Move, body_id: int | None = None, *, owner_id: int | None = None) -> bool:
    """Say whether a viewer may make a move with a record of a kind; what undoes an act of the Conference needs more.

    `owner_id` is the stakeholder who owes the record: who stands for it says how far it is, as its officers do.
    """
    if move.is_owners and owner_id is not None and owner_id in viewer.stakeholders:
        return True
    return may_change(viewer, kind, body_id) and (not move.is_undoing or may(viewer, Verb.TAKE_BACK, body_id))


def require(viewer: Viewer, verb: Verb, body_id: int | None = None) -> None:
    """Raise NotAllowed unless the viewer may do it."""
    if not may(viewer, verb, body_id):
        raise NotAllowed(N_("Your offices do not allow this."))


def require_change(viewer: Viewer, kind: str, body_id: int | None = None) -> None:
    """Raise NotAllowed unless the viewer may create, edit or cancel records of a kind that belong to a body."""
    require(viewer, VERB_OF_KIND[kind], body_id)
