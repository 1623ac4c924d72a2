"""Who is let in by name: States, organisations and people, beside the classes that a record is open to.

An invitation narrows: a record that inherits its audience is open to all who see what it belongs to, those invited
among them. So it goes with a choice of who else sees the record; and it lets nobody in who may not see what the record
belongs to (DESIGN section 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from planner.core.db import db
from planner.core.i18n import N_, Message
from planner.models import AudienceGrant, Record, Stakeholder, UserAccount
from planner.rules.audience import Ground, grant_limit
from planner.services.editing.kinds import Grounds, Rows
from planner.services.editing.references import Account, Links
from planner.services.editing.spec import Field

_INVITED = (("ground", int(Ground.INVITED)), ("own", True))
INVITED = Field("invited", Links(("stakeholder",), "grants", AudienceGrant, "stakeholder_id", _INVITED))
PEOPLE = Field(
    "invited_people",
    Rows("grants", AudienceGrant, (Field("user_id", Account(), required=True),), key=("user_id",), holds=_INVITED),
)
FIELDS = (INVITED.name, PEOPLE.name)


def check(values: Mapping[str, Any]) -> dict[str, Message]:
    """Return what is wrong where somebody is invited to what is open to all around it anyway."""
    invited = next((name for name in FIELDS if values.get(name)), None)
    if invited is None or values.get("audience_own"):
        return {}
    text = N_("Choose below who else sees it. As it stands all see it who see what it belongs to, invited or not.")
    return {invited: text}


def own_mask(values: Mapping[str, Any], stored: int | None) -> int | None:
    """Return the grounds of a record: those chosen, those invited where there are any, and its owner as before."""
    mask = Grounds().column(values.get("audience_own"))
    if mask is None:
        return None
    invited = int(Ground.INVITED) if any(values.get(name) for name in FIELDS) else 0
    return mask | (stored or 0) & int(Ground.OWNER) | invited


def kept_out(values: Mapping[str, Any], parent: Record, mask: int) -> dict[str, Message]:
    """Return a message for each who is invited and cannot get in, as what the record belongs to keeps them out.

    `mask` holds the grounds of the parent. Where these are about the class of a State, an organisation gets in only
    where the parent names it; whether a State has the class is a matter of the day.
    """
    limit = grant_limit(mask)
    if limit & (Ground.PUBLIC | Ground.PARTICIPANTS):
        return {}
    text = N_("What it belongs to is closed to them. Invite them there first.")
    named = _named_above(parent, mask)
    invited = list(values.get(INVITED.name) or ())
    states = set(db.session.scalars(select(Stakeholder.id).where(Stakeholder.id.in_(invited), Stakeholder.is_state)))
    wrong = {
        f"{INVITED.name}.{number}": text
        for number, stakeholder_id in enumerate(invited)
        if stakeholder_id not in named and not (limit and stakeholder_id in states)
    }
    if not limit:
        people = enumerate(values.get(PEOPLE.name) or ())
        wrong |= {f"{PEOPLE.name}.{n}.user_id": text for n, row in people if row["user_id"] not in named}
    return wrong


def _named_above(parent: Record, mask: int) -> set[int | str]:
    """Return the ids of the stakeholders and the addresses of the people whom the parent names."""
    rows = db.session.execute(
        select(AudienceGrant.stakeholder_id, UserAccount.email)
        .outerjoin(UserAccount, UserAccount.id == AudienceGrant.user_id)
        .where(AudienceGrant.record_id == parent.id, AudienceGrant.ground.bitwise_and(mask) != 0)
    )
    return {part for row in rows for part in row if part is not None}
