"""Fields that many kinds of record have."""

from __future__ import annotations

from sqlalchemy import func, select

from planner.core.db import db
from planner.models import Chairing, ConferenceAction, Record, RecordArticle, RecordDocument, RecordHost
from planner.rules.editing_words import SEATS
from planner.rules.lifecycle import ConferenceVerb
from planner.rules.words import CLASSES, LANGUAGES, REGIONS
from planner.services.editing.kinds import LONG, Choice, Grounds, Number, Partial, Rows, Text, choice_of
from planner.services.editing.references import Links, Ref
from planner.services.editing.spec import Field
from planner.services.editing.specs.citing import CITATIONS
from planner.services.editing.specs.inviting import INVITED, PEOPLE

TITLE = Field("title", Text(), required=True)
NOTE = Field("note", LONG)
AUDIENCE = Field("audience_own", Grounds())
TAIL = (NOTE, CITATIONS, AUDIENCE, INVITED, PEOPLE)

BODY = Ref(("body",))
CYCLE = Ref(("cycle",))
MEETING = Ref(("meeting",))
SESSION = Ref(("plan_session",))
ITEM = Ref(("plan_item",))
DOCUMENT = Ref(("document",))
STAKEHOLDER = Ref(("stakeholder",))

LANGUAGE = Choice(tuple(LANGUAGES), "language")
REGION = Choice(tuple(REGIONS), "region")
CLASS_CODES = tuple(CLASSES)
SECTORS = Choice(
    (
        "arms_manufacturing",
        "bank",
        "broker",
        "carrier",
        "customs",
        "export_control",
        "insurer",
        "law_enforcement",
        "manufacturer",
        "research",
        "shipper",
    ),
    "sector",
)

DOCUMENTS = Field("documents", Links(("document",), "document_links", RecordDocument, "document_id"))
ARTICLES = Field("articles", Links(("treaty_article",), "article_links", RecordArticle, "article_id"))
HOSTS = Field("hosts", Links(("stakeholder",), "hosts", RecordHost, "stakeholder_id"))
CHAIRINGS = Field(
    "chairings",
    Rows(
        "chairings",
        Chairing,
        (
            Field("seat", Choice(tuple(SEATS), "seat"), required=True),
            Field("holder_id", STAKEHOLDER, required=True),
            Field("role", Text(40)),
            Field("body_id", BODY),
            Field("office_id", Ref(("office",))),
            Field("count", Number(1, 99)),
            Field("note", Text(1000)),
        ),
    ),
)
ACTIONS = Field(
    "actions",
    Rows(
        "actions",
        ConferenceAction,
        (
            Field("verb", choice_of(ConferenceVerb, "verb"), required=True),
            Field("cycle_id", CYCLE, required=True),
            Field("paragraph", Text(20)),
            Field("on_text", Partial()),
            Field("document_id", DOCUMENT),
        ),
        key=("verb", "cycle_id"),
    ),
)


def record_of(record_id: int | None) -> Record | None:
    """Return the common columns of a record that was checked before."""
    if record_id is None:
        return None
    return db.session.scalars(select(Record).where(Record.id == record_id)).one()


def next_position(column: object, *conditions: object) -> int:
    """Return the position after the last one."""
    last = db.session.scalar(select(func.max(column)).where(*conditions))  # type: ignore[arg-type]
    return 0 if last is None else last + 1
