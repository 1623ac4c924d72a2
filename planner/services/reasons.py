"""Why somebody can see a record: the grounds that let each class of viewer in, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import literal, select
from sqlalchemy.orm import aliased

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.models import AudienceGrant, Record, UserAccount
from planner.rules.audience import SEEN_BY_OWNER, Ground

_parent = aliased(Record)
_stakeholder = aliased(Record)
_person = aliased(UserAccount)

_DEEPEST = 30
_GROUNDS_OF_CLASS: tuple[tuple[str, Ground], ...] = (
    ("anybody", Ground.PUBLIC),
    ("observer", Ground.PUBLIC),
    ("signatory", Ground.PUBLIC | Ground.STATES),
    ("state_party", Ground.PUBLIC | Ground.STATES | Ground.STATES_PARTIES),
    ("participants", Ground.PUBLIC | Ground.PARTICIPANTS),
    ("named", Ground.OWNER | Ground.INVITED),
    ("officers", Ground.OFFICERS),
)


@dataclass(frozen=True)
class Answer:
    """One class of viewer: whether they get in, and the grounds (their words) that let them."""

    viewer_class: str
    gets_in: bool
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One record on the way up to where the audience comes from, with the grounds it was given itself, if any."""

    id: int
    kind: str
    title: str
    own: tuple[str, ...] | None


@dataclass(frozen=True)
class Reasons:
    """Who sees a record and why; `named` are the States, organisations and people let in by name."""

    record: Record
    title: str
    answers: tuple[Answer, ...]
    steps: tuple[Step, ...]
    named: tuple[str, ...]

    @property
    def is_seen_by_owner(self) -> bool:
        """Say whether its owner sees it before it is published."""
        return self.record.kind in SEEN_BY_OWNER


def get_reasons(viewer: Viewer, record_id: int) -> Reasons:
    """Return who sees a record and why, for an officer of its body. Raises NotVisible, NotAllowed."""
    row = db.session.execute(select(Record, title(viewer)).where(Record.id == record_id, visible(viewer))).one_or_none()
    if row is None:
        raise NotVisible
    record: Record = row[0]
    policy.require(viewer, Verb.SEE_HISTORY, record.home_body_id)
    answers = tuple(_answer(record, name, int(grounds)) for name, grounds in _GROUNDS_OF_CLASS)
    return Reasons(record, row[1], answers, _steps(viewer, record), _named(record))


def _answer(record: Record, name: str, grounds: int) -> Answer:
    """Officers always get in, the owner of what they gave too, everybody else only to what is published."""
    met = record.audience & grounds
    if name == "named" and record.kind in SEEN_BY_OWNER:
        met |= int(Ground.OWNER)
        return Answer(name, True, _words(met if record.published else int(Ground.OWNER)))
    gets_in = bool(met) and (record.published or name == "officers")
    return Answer(name, gets_in, _words(met) if gets_in else ())


def _words(mask: int) -> tuple[str, ...]:
    return tuple(str(ground.name).lower() for ground in Ground if mask & ground)


def _steps(viewer: Viewer, record: Record) -> tuple[Step, ...]:
    """Return the record and the audience parents above it, in one query, as far as the viewer may see them."""
    own = select(Record.id, Record.audience_parent_id.label("above"), literal(0).label("depth"))
    walk = own.where(Record.id == record.id).cte("walk", recursive=True)
    above = select(_parent.id, _parent.audience_parent_id, walk.c.depth + 1).join(walk, _parent.id == walk.c.above)
    walk = walk.union_all(above.where(walk.c.depth < _DEEPEST))
    rows = db.session.execute(
        select(Record.id, Record.kind, title(viewer).label("shown"), Record.audience_own)
        .join(walk, walk.c.id == Record.id)
        .where(visible(viewer))
        .order_by(walk.c.depth)
    )
    return tuple(
        Step(row.id, row.kind, row.shown, _words(row.audience_own) if row.audience_own is not None else None)
        for row in rows
    )


def _named(record: Record) -> tuple[str, ...]:
    mask = record.audience | (int(Ground.OWNER) if record.kind in SEEN_BY_OWNER else 0)
    rows = db.session.execute(
        select(_stakeholder.title, _person.email)
        .select_from(AudienceGrant)
        .outerjoin(_stakeholder, _stakeholder.id == AudienceGrant.stakeholder_id)
        .outerjoin(_person, _person.id == AudienceGrant.user_id)
        .where(AudienceGrant.record_id == record.id, AudienceGrant.ground.bitwise_and(mask) != 0)
        .order_by(AudienceGrant.id)
    )
    return tuple(dict.fromkeys(name or email for name, email in rows))
