"""The running round of comments of the illustration: what made-up delegations say on version 3, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import (
    Comment,
    CommentKind,
    CommentReaders,
    CommentsShown,
    Consultation,
    Disposition,
    PlanItem,
    PlanVersion,
    StakeholderClass,
)
from planner.services import rounds
from planner.services.demo.builder import Builder
from planner.services.demo.days import FRI, MON, THU, TUE, WED
from planner.services.demo.plan import PLAN, SHOWN
from planner.services.demo.world import stakeholder

CHAIR = "Chair of the Working Group (illustration)"
_C, _K, _D = StakeholderClass, CommentKind, Disposition


@dataclass(frozen=True)
class _Comment:
    key: str
    who: str
    kind: StakeholderClass
    said: CommentKind
    item: str | None
    on: tuple[int, int, int]
    text: str | None
    title: str | None = None
    wording: str | None = None
    answers: str | None = None
    became: Disposition | None = None
    why: str | None = None
    applied: bool = False


COMMENTS = (
    _Comment("c-agreement", "XC", _C.STATE_PARTY, _K.PROPOSED_WORDING, "verification", (-2, FRI, 10),
             "Visits should be by agreement between the two States, and the title should say so.",
             title="Post-delivery verification, by agreement", became=_D.TAKEN,
             why="“By agreement” is in the title of the working copy.", applied=True),
    _Comment("c-agreement-too", "XG", _C.SIGNATORY_STATE, _K.SUPPORT, "verification", (-1, MON, 9),
             "We support this. Our law knows visits by agreement only.", answers="c-agreement", became=_D.TAKEN),
    _Comment("c-carriers", "regional", _C.REGIONAL_ORGANISATION, _K.REMARK, "carriers", (-1, MON, 14),
             "Bring the discussion with carriers forward to CSP14; the sector has offered input already.",
             became=_D.TAKEN_IN_PART, why="A written round in CSP14, the session in CSP15."),
    _Comment("c-storage", "ngo", _C.CIVIL_SOCIETY, _K.REMARK, None, (-1, TUE, 16),
             "Storage should not wait until CSP16. It has been a topic once since CSP5."),
    _Comment("c-denied", "XD", _C.STATE_PARTY, _K.PROPOSED_WORDING, "licences", (-1, TUE, 17),
             "Delete the reference to denied licences.", title="Licences granted", became=_D.NOT_TAKEN,
             why="The founding paper asks for both, section 2a."),
    _Comment("c-depots", "XJ", _C.STATE_PARTY, _K.QUESTION, "depots", (-1, WED, 11),
             "Does *soon* mean days or months? A number would help those who keep the books:\n\n"
             "- days, where a depot is guarded\n- a month at most, where it is counted"),
    _Comment("c-banks", "XA", _C.STATE_PARTY, _K.PROPOSED_WORDING, "banks", (-1, WED, 15),
             "Insurance belongs with financing.", title="Banks, insurers and the financing of transfers"),
)  # fmt: skip


def put_comments(b: Builder) -> None:
    """Put the round on the circulated version with its comments; some have an answer, some wait for one."""
    version = b.get(PlanVersion, f"{PLAN}/v{SHOWN}")
    opened = b.days.at(-2, THU, 9)
    b.row(
        version,
        Consultation(
            version_id=version.id, opened_at=opened, may_comment=list(rounds.EVERY_CLASS),
            comments_shown=CommentsShown.AT_ONCE, comment_readers=CommentReaders.STATES,
        ),
    )  # fmt: skip
    b.redate_row(version, Consultation, {"opened_at": opened}, version_id=version.id)
    held = rounds.find_round(version.id)
    if held is None:
        return  # it was loaded by a version of the program that knew no rounds
    for one in COMMENTS:
        item = b.get(PlanItem, one.item) if one.item else None
        who = stakeholder(b, one.who)
        dated = {"submitted_at": b.days.at(*one.on)}
        if one.became is not None:
            dated["disposed_at"] = b.days.at(-1, THU, 10)
        if one.applied:
            dated["applied_at"] = b.days.at(-1, THU, 10, 5)
        record = b.put(
            Comment,
            one.key,
            f"{who.title}: {item.public_title or item.title if item else 'Draft multi-year plan CSP13 to CSP17'}",
            parent=version,
            own=rounds.mask_of(held, None),  # every item of the plan is as open as the version
            version_id=version.id,
            item_id=item.id if item else None,
            stakeholder_id=who.id,
            stakeholder_class=one.kind,
            comment_kind=one.said,
            text=one.text,
            proposed_title=one.title,
            proposed_text=one.wording,
            in_reply_to_id=b.get(Comment, one.answers).id if one.answers else None,
            disposition=one.became,
            disposition_reason=one.why,
            disposed_by=CHAIR if one.became is not None else None,
            dated=dated,
        )
        b.grant(record, who.id)
