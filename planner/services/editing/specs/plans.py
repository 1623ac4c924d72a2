"""Plans, their versions, and their items."""

from __future__ import annotations

from sqlalchemy import select

from planner.core.db import db
from planner.core.i18n import N_, Message
from planner.models import (
    ItemKind,
    ItemLineage,
    LineageKind,
    Plan,
    PlanItem,
    PlanVersion,
    Record,
    RevisionArticle,
    RevisionStage,
    ThemeMeeting,
    VersionKind,
)
from planner.rules.words import OUTPUT_KINDS
from planner.services import rounds
from planner.services.editing.kinds import LONG, Choice, Lines, Moment, Number, Partial, Rows, Text, choice_of
from planner.services.editing.local_times import instant_of, local_of
from planner.services.editing.references import Links, Ref
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import common
from planner.services.editing.specs.citing import CITATIONS
from planner.services.editing.specs.cycles import ordered_cycles

ZONE = "UTC"
"""Deadlines of a comment round are told in UTC: its readers sit everywhere."""


def _check_plan(values: Values, _entry: Entry) -> dict[str, Message]:
    return ordered_cycles(values, "first_cycle_id", "last_cycle_id")


PLAN = Spec(
    kind="plan",
    model=Plan,
    parents=("body_id",),
    fields=(
        common.TITLE,
        Field("body_id", common.BODY, required=True),
        Field("first_cycle_id", common.CYCLE),
        Field("last_cycle_id", common.CYCLE),
        Field("proposed_by_id", common.DOCUMENT),
        Field("proposed_in_section", Text(20)),
        Field("shape", Lines()),
        Field("wished_outputs", Lines()),
        Field("wished_outputs_note", LONG),
        Field("questions_note", LONG),
        Field("ended_because", LONG),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_plan,
)


def _derive_version(record: PlanVersion, values: Values, entry: Entry) -> None:
    if entry.record is None:
        record.version_kind = VersionKind.WORKING_COPY
        record.position = common.next_position(PlanVersion.position, PlanVersion.plan_id == values["plan_id"])
        record.text_held = True
    until = values["comments_until_local"]
    record.comments_until = instant_of(until, ZONE) if until else None


def _settle_round(record: PlanVersion, _values: Values, entry: Entry) -> None:
    if entry.record is not None:
        rounds.settle_lateness(record)


def _check_version(values: Values, entry: Entry) -> dict[str, Message]:
    before = values["based_on_id"]
    if before is not None and (entry.record is None or before != entry.stored.get("based_on_id")):
        plan_id = db.session.scalar(select(PlanVersion.plan_id).where(PlanVersion.id == before))
        if plan_id != values["plan_id"] or (entry.record is not None and before == entry.record.id):
            return {"based_on_id": N_("A version is made from another version of its plan.")}
    if entry.record is None:
        return {}
    if not values["comments_until_local"]:
        has_round = entry.stored.get("comments_until_local") and rounds.find_round(entry.record.id) is not None
        return {"comments_until_local": N_("A round of comments has a deadline.")} if has_round else {}
    if entry.record.state == "draft":
        return {"comments_until_local": N_("A deadline is set when the version is circulated.")}
    return {}


PLAN_VERSION = Spec(
    kind="plan_version",
    model=PlanVersion,
    parents=("plan_id",),
    published=False,
    fields=(
        common.TITLE,
        Field("plan_id", Ref(("plan",)), required=True, fixed=True),
        Field("comments_until_local", Moment(), on="virtual"),
        Field("change", LONG),
        Field("on_text", Partial()),
        Field("based_on_id", Ref(("plan_version",))),
        Field("document_id", common.DOCUMENT),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_version,
    derive=_derive_version,
    after=_settle_round,
    read=lambda record: {"comments_until_local": local_of(record.comments_until, ZONE)},
)
CLOSED_VERSION = Spec(
    kind="plan_version", model=PlanVersion, fields=(common.ACTIONS, common.DOCUMENTS, common.NOTE, CITATIONS)
)
"""What may be written of a version on which the Conference acted: nothing of its text, only what is said about it."""


def is_closed(version: Record) -> bool:
    """Say whether the Conference acted on a version: its text never changes again."""
    return isinstance(version, PlanVersion) and version.is_acted_on


_PARENTS = {"topic": ("theme",), "question": ("topic", "theme"), "expected_output": ("theme", "topic")}


def _check_item(values: Values, entry: Entry) -> dict[str, Message]:
    wrong = ordered_cycles(values, "cycle_id", "last_cycle_id")
    if values["parent_id"] is not None:
        allowed = _PARENTS.get(values["item_kind"] or "", ())
        parent = item_place(values["parent_id"])
        if parent is None or parent[1] not in allowed:
            wrong["parent_id"] = N_("A topic or an output stands under a theme, a question under a topic.")
        elif parent[0] != values["plan_id"]:
            wrong["parent_id"] = N_("This item belongs to another plan.")
        elif values["parent_id"] != entry.stored.get("parent_id") and is_taken_out(values["parent_id"]):
            wrong["parent_id"] = N_("This item has been taken out of the plan.")
        elif entry.record is not None and values["parent_id"] == entry.record.id:
            wrong["parent_id"] = N_("An item cannot stand under itself.")
    elif values["item_kind"] == "topic":
        wrong["parent_id"] = N_("Say under which theme the topic stands.")
    if values["item_kind"] == "theme" and values["cycle_id"] is None:
        wrong["cycle_id"] = N_("A theme is what a plan treats in one cycle. Say which.")
    if entry.record is not None and any(row["from_item_id"] == entry.record.id for row in values["lineage"]):
        wrong["lineage"] = N_("An item does not carry on itself.")
    return wrong


def is_taken_out(item_id: int) -> bool:
    """Say whether an item has been taken out of its plan."""
    reason = db.session.scalar(select(Record.withdrawn_because).where(Record.id == item_id))
    return reason is not None


def item_place(item_id: int) -> tuple[int, str] | None:
    """Return plan and kind of an item."""
    row = db.session.execute(select(PlanItem.plan_id, PlanItem.item_kind).where(PlanItem.id == item_id)).one_or_none()
    return (row[0], str(row[1])) if row else None


PLAN_ITEM = Spec(
    kind="plan_item",
    model=PlanItem,
    published=False,
    fields=(
        Field("title", Text(), required=True, on="revision"),
        Field("plan_id", Ref(("plan",)), required=True, fixed=True),
        Field("item_kind", choice_of(ItemKind, "item_kind"), required=True, fixed=True),
        Field("parent_id", common.ITEM, on="revision"),
        Field("cycle_id", common.CYCLE, on="revision"),
        Field("last_cycle_id", common.CYCLE, on="revision"),
        Field("text", LONG, on="revision"),
        Field("position", Number(0, 9999), on="revision"),
        Field("stages", Links(("stage",), "stage_links", RevisionStage, "stage_id"), on="revision"),
        Field("articles", Links(("treaty_article",), "article_links", RevisionArticle, "article_id"), on="revision"),
        Field("years", Text(20), on="revision"),
        Field("output_kind", Choice(tuple(OUTPUT_KINDS), "output_kind"), on="revision"),
        Field("result", LONG, on="revision"),
        Field("related_body_id", common.BODY, on="revision"),
        Field("document_id", common.DOCUMENT, on="revision"),
        Field(
            "lineage",
            Rows(
                "lineage",
                ItemLineage,
                (
                    Field("from_item_id", common.ITEM, required=True),
                    Field("lineage_kind", choice_of(LineageKind, "lineage_kind"), required=True),
                ),
                key=("from_item_id",),
            ),
        ),
        Field("meetings", Links(("meeting",), "meeting_links", ThemeMeeting, "meeting_id")),
        common.CHAIRINGS,
        common.ACTIONS,
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_item,
)

SPECS = (PLAN, PLAN_VERSION, PLAN_ITEM)
