"""What every record of the chain has: identity, origin, title, state, note, audience, revision.

Records share one table so that the audience rule, the history, the search, citations and links are written once and
guarded by real
foreign keys. A record of the subject (a meeting, an output …) adds a table of its own.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, case
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.rules import lifecycle

if TYPE_CHECKING:
    from planner.models.document import Document
    from planner.models.office import Chairing
    from planner.models.output import ConferenceAction
    from planner.models.source import Citation
    from planner.models.stakeholder import Stakeholder
    from planner.models.treaty import TreatyArticle

KINDS_WITH_STATES = tuple(sorted(lifecycle.LIFECYCLES))


class Origin(StrEnum):
    """Where a row comes from: the imported record, the illustration, or people who use the program."""

    RECORD = "record"
    ILLUSTRATION = "illustration"
    OWN = "own"


def _state_check() -> str:
    """Return the SQL that allows each kind of record only its own states."""
    parts = []
    for kind in KINDS_WITH_STATES:
        states = ", ".join(f"'{state}'" for state in lifecycle.states(kind))
        parts.append(f"(kind = '{kind}' AND state IN ({states}))")
    others = ", ".join(f"'{kind}'" for kind in KINDS_WITH_STATES)
    return " OR ".join([*parts, f"(kind NOT IN ({others}) AND state IS NULL)"])


def _withdrawal_check() -> str:
    """Return the SQL that lets those kinds alone be marked as withdrawn whose lifecycle has no such end."""
    kinds = ", ".join(f"'{kind}'" for kind in sorted(lifecycle.WITHDRAWABLE))
    return f"withdrawn_because IS NULL OR (kind IN ({kinds}) AND (state IS NULL OR state <> 'acted_on'))"


class Record(Model):
    """One record of any kind. `ref` is its stable key, the same in the files of the record and in every export."""

    __tablename__ = "record"
    __table_args__: Any = (
        UniqueConstraint("kind", "ref"),
        CheckConstraint(_state_check(), name="state_of_kind"),
        CheckConstraint("audience BETWEEN 1 AND 127", name="audience_grounds"),
        CheckConstraint("audience_own IS NULL OR audience_own BETWEEN 1 AND 127", name="own_audience_grounds"),
        CheckConstraint("length(title) BETWEEN 1 AND 1000", name="title_length"),
        CheckConstraint(
            "CASE WHEN is_withdrawn THEN length(trim(withdrawn_because)) > 0 AND withdrawn_because IS NOT NULL"
            " ELSE withdrawn_because IS NULL OR length(trim(withdrawn_because)) > 0 END",
            name="withdrawn_with_reason",
        ),
        CheckConstraint(_withdrawal_check(), name="withdrawn_kind"),
        Index("ix_record_kind_origin", "kind", "origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(160))
    origin: Mapped[Origin] = mapped_column(enum_column(Origin, "origin"), default=Origin.OWN)
    title: Mapped[str] = mapped_column(String(1000))
    public_title: Mapped[str | None] = mapped_column(String(1000))
    """The title of the public edition where the working copy has another one; see `published`."""
    state: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None]
    published: Mapped[bool] = mapped_column(default=True)
    """False while only the working copy holds it: a session before its release, an item before its version is
    circulated."""

    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    """Whether everybody is told that the record stands no more (rules/lifecycle/withdrawing.py)."""
    withdrawn_because: Mapped[str | None]
    """Why it was withdrawn. Of an item of a plan or an agenda that everybody sees, officers read it from when it was
    taken out of the working copy, all others from the version or release without it on."""

    audience_own: Mapped[int | None]
    """The grounds chosen for this record, or None to inherit those of its audience parent."""
    audience: Mapped[int] = mapped_column(default=64)
    """The effective grounds (rules/audience.py), kept by services/changes.py; officers only until it has been
    computed."""
    audience_parent_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    home_body_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    """The body whose officers may always see it; derived from the audience parents."""
    home_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    """The meeting whose registered participants the ground `participants` means; derived."""

    rev: Mapped[int] = mapped_column()
    imported_rev: Mapped[int | None]
    """The revision that the import wrote; another `rev` means that a person has edited the record since."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)

    audience_parent: Mapped[Record | None] = link(
        foreign_keys=[audience_parent_id], remote_side="Record.id", post_update=True
    )
    citations: Mapped[list[Citation]] = link(
        back_populates="record",
        foreign_keys="Citation.record_id",
        cascade="all, delete-orphan",
        order_by="Citation.field",
    )
    chairings: Mapped[list[Chairing]] = link(
        back_populates="record",
        foreign_keys="Chairing.record_id",
        cascade="all, delete-orphan",
        order_by="Chairing.position",
    )
    hosts: Mapped[list[RecordHost]] = link(
        foreign_keys="RecordHost.record_id", cascade="all, delete-orphan", order_by="RecordHost.position"
    )
    article_links: Mapped[list[RecordArticle]] = link(
        foreign_keys="RecordArticle.record_id", cascade="all, delete-orphan", order_by="RecordArticle.position"
    )
    document_links: Mapped[list[RecordDocument]] = link(
        foreign_keys="RecordDocument.record_id", cascade="all, delete-orphan", order_by="RecordDocument.position"
    )
    actions: Mapped[list[ConferenceAction]] = link(
        back_populates="record",
        foreign_keys="ConferenceAction.record_id",
        cascade="all, delete-orphan",
        order_by="ConferenceAction.id",
    )
    grants: Mapped[list[AudienceGrant]] = link(
        foreign_keys="AudienceGrant.record_id", cascade="all, delete-orphan", order_by="AudienceGrant.id"
    )

    __mapper_args__ = {"polymorphic_on": "kind", "version_id_col": rev}

    def __repr__(self) -> str:
        """Return kind and key."""
        return f"<{self.kind} {self.ref}>"

    @property
    def moves(self) -> tuple[lifecycle.Move, ...]:
        """Return the moves out of its state, in the order of their buttons; where it is withdrawn, the one back."""
        return lifecycle.moves_of(self.kind, self.state, is_withdrawn=self.withdrawn_because is not None)

    @hybrid_property
    def standing(self) -> str | None:
        """Return its state as people are told it: "withdrawn" where it stands no more, whatever it was before."""
        return lifecycle.WITHDRAWN if self.is_withdrawn else self.state

    @standing.inplace.expression
    @classmethod
    def _standing(cls) -> ColumnElement[str | None]:
        return case((cls.is_withdrawn, lifecycle.WITHDRAWN), else_=cls.state)


class RecordHost(Model):
    """A stakeholder that hosts a meeting or a side event."""

    __tablename__ = "record_host"
    __audit_parent__ = "record_id"

    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), primary_key=True, index=True)
    position: Mapped[int]
    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])


class RecordArticle(Model):
    """An Article of the Treaty that a stage or an instrument relates to."""

    __tablename__ = "record_article"
    __audit_parent__ = "record_id"

    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("treaty_article.id"), primary_key=True, index=True)
    position: Mapped[int]
    article: Mapped[TreatyArticle] = link(foreign_keys=[article_id])


class RecordDocument(Model):
    """A document that a record points to: the papers of a meeting, of a session, of a topic."""

    __tablename__ = "record_document"
    __audit_parent__ = "record_id"

    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)
    position: Mapped[int]
    document: Mapped[Document] = link(foreign_keys=[document_id])


class AudienceGrant(Model):
    """A named stakeholder or user whom the grounds `owner` or `invited` let in.

    `own` rows were given on this record; the others are copies from the audience parents. A grantee must also satisfy
    one ground of
    `limit_mask`, the broad grounds of the parent (rules/audience.py).
    """

    __tablename__ = "audience_grant"
    __table_args__ = (
        CheckConstraint("ground IN (16, 32)", name="named_ground"),
        CheckConstraint("(stakeholder_id IS NULL) <> (user_id IS NULL)", name="one_grantee"),
        UniqueConstraint("record_id", "ground", "stakeholder_id", "user_id", "own"),
    )
    __audit_parent__ = "record_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), index=True)
    ground: Mapped[int]
    stakeholder_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    own: Mapped[bool] = mapped_column(default=True)
    limit_mask: Mapped[int] = mapped_column(default=1)


class ChainLink(Model):
    """One step of the chain: the lower record came of the upper one. Kept by services/chain.py from the records
    themselves; `working` and `public` say in which edition the step stands (one or both).
    """

    __tablename__ = "chain_link"
    __table_args__ = (CheckConstraint("working OR public", name="in_an_edition"),)

    upper_id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    lower_id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True, index=True)
    working: Mapped[bool] = mapped_column(default=True)
    public: Mapped[bool] = mapped_column(default=True)
