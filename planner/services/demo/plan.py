"""The draft plan of the illustration: three versions, the working copy after them, and its items in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.models import (
    Body,
    Document,
    ItemKind,
    ItemLineage,
    LineageKind,
    Meeting,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    RevisionArticle,
    RevisionStage,
    ThemeMeeting,
    VersionKind,
)
from planner.services.demo.builder import Builder
from planner.services.demo.days import FRI, MON, THU, TUE
from planner.services.demo.plan_texts import EXPECTED, QUESTIONS, THEMES, TOPICS, Topic
from planner.services.demo.world import GROUP, cycle

PLAN = "plan"
SHOWN, WORKING = 3, 4
COMMENTS_UNTIL = (7, FRI, 23, 59)


@dataclass(frozen=True)
class _Text:
    """An item in one version."""

    title: str
    text: str | None = None
    parent: str | None = None
    cycle: int | None = None
    last_cycle: int | None = None
    articles: tuple[str, ...] = ()
    stages: tuple[int, ...] = ()
    output_kind: str | None = None


@dataclass(frozen=True)
class _Item:
    """An item with its texts by version number."""

    key: str
    kind: ItemKind
    texts: dict[int, _Text]


def put_plan(b: Builder) -> None:
    """Put the plan and its versions, then the items with their texts."""
    group = b.get(Body, GROUP)
    mandate = b.get(Document, "d-mandate")
    plan = b.put(
        Plan, PLAN, "Draft multi-year plan CSP13 to CSP17", parent=group,
        note="Drafted for this illustration after the proposals of the founding paper of 2019.",
        body_id=group.id, first_cycle_id=cycle(b, 13).id, last_cycle_id=cycle(b, 17).id, proposed_by_id=mandate.id,
        proposed_in_section="2b",
        shape=[
            "One challenge a year, so that each gets its proper time.",
            "Presentations come from those who do the work: licensing officers, importers, customs, the trade.",
            "What was not finished is carried over and keeps its history.",
        ],
    )  # fmt: skip
    versions = {number: _put_version(b, plan, number) for number in (1, 2, 3, WORKING)}
    items = list(_items())
    for item in items:
        _put_item(b, plan, item, versions)
    for place, item in enumerate(items):
        _put_texts(b, item, versions, place)
    for topic in TOPICS:
        for position, ref in enumerate(topic.carried_over_from):
            record = b.get(PlanItem, topic.key)
            b.row(record, ItemLineage(item_id=record.id, from_item_id=b.get(PlanItem, ref).id,
                                    lineage_kind=LineageKind.CARRIED_OVER, position=position))  # fmt: skip


def put_meetings_of_themes(b: Builder) -> None:
    """Link the theme of the running cycle to the meetings that serve it."""
    theme = b.get(PlanItem, THEMES[0].key)
    for position, ref in enumerate(("m-consultations", "m-first", "m-second")):
        meeting = b.get(Meeting, ref)
        b.row(theme, ThemeMeeting(item_id=theme.id, meeting_id=meeting.id, position=position))


_CHANGES = {
    1: "First draft, with one theme for each of five cycles.",
    2: "“Instruments side by side” added after the consultations.",
    3: "“Carriers, shippers, insurers” moved from CSP14 to CSP15; the unfinished exchange on denials carried over to "
    "CSP14; financing of transfers added.",
    WORKING: "Verification “by agreement”, as two comments ask; one question to insurers.",
}
_STATES = {1: "superseded", 2: "superseded", 3: "circulated", WORKING: "draft"}
_CIRCULATED = {1: (-9, MON), 2: (-6, TUE), 3: (-2, THU)}
_COMMENTS = {1: (-7, FRI, 23, 59), 2: (-3, FRI, 23, 59), 3: COMMENTS_UNTIL}


def _put_version(b: Builder, plan: Plan, number: int) -> PlanVersion:
    is_numbered = number in _CIRCULATED
    return b.put(
        PlanVersion,
        f"{PLAN}/v{number}" if is_numbered else f"{PLAN}/working-copy",
        f"Version {number}" if is_numbered else "Working copy",
        parent=plan,
        published=is_numbered,
        state=_STATES[number],
        plan_id=plan.id,
        version_kind=VersionKind.NUMBERED if is_numbered else VersionKind.WORKING_COPY,
        number=number if is_numbered else None,
        position=number,
        change=_CHANGES[number],
        document_id=b.get(Document, f"d-plan-v{number}").id if is_numbered else None,
        based_on_id=b.get(PlanVersion, f"{PLAN}/v{number - 1}").id if number > 1 else None,
        dated={
            "on_text": b.days.text(*_CIRCULATED[number]) if is_numbered else None,
            "comments_until": b.days.at(*_COMMENTS[number]) if is_numbered else None,
        },
    )


def _items() -> Iterator[_Item]:
    """Return all items in the order of the plan: each theme with its topics, their questions, and what it expects."""
    for theme in THEMES:
        text = _Text(theme.title, theme.text, cycle=theme.cycle, stages=theme.stages)
        yield _Item(theme.key, ItemKind.THEME, dict.fromkeys(range(1, WORKING + 1), text))
        for topic in (one for one in TOPICS if one.cycle == theme.cycle):
            yield _Item(topic.key, ItemKind.TOPIC, {n: _topic(topic, n) for n in range(topic.since, WORKING + 1)})
            for question in (one for one in QUESTIONS if one.topic == topic.key):
                asked = _Text(question.title, parent=topic.key, cycle=topic.cycle)
                yield _Item(question.key, ItemKind.QUESTION, dict.fromkeys(range(question.since, WORKING + 1), asked))
        for expected in (one for one in EXPECTED if one.cycle == theme.cycle):
            text = _Text(expected.title, parent=theme.key, cycle=theme.cycle, output_kind=expected.kind)
            yield _Item(expected.key, ItemKind.EXPECTED_OUTPUT, dict.fromkeys(range(expected.since, WORKING + 1), text))


def _topic(topic: Topic, number: int) -> _Text:
    number_of_cycle = topic.moved_from if topic.moved_from and number < SHOWN else topic.cycle
    return _Text(
        topic.draft_title if topic.draft_title and number == WORKING else topic.title,
        topic.text,
        parent=f"theme-{number_of_cycle}",
        cycle=number_of_cycle,
        last_cycle=topic.last_cycle,
        articles=topic.articles,
        stages=(topic.stage,) if topic.stage else (),
    )


def _put_item(b: Builder, plan: Plan, item: _Item, versions: dict[int, PlanVersion]) -> None:
    shown, working = item.texts.get(SHOWN), item.texts[WORKING]
    b.put(
        PlanItem,
        item.key,
        working.title,
        parent=versions[SHOWN if shown else WORKING],
        published=shown is not None,
        public_title=shown.title if shown and shown.title != working.title else None,
        plan_id=plan.id,
        item_kind=item.kind,
    )


def _put_texts(b: Builder, item: _Item, versions: dict[int, PlanVersion], place: int) -> None:
    record = b.get(PlanItem, item.key)
    for number, text in item.texts.items():
        b.row(
            record,
            PlanItemRevision(
                item_id=record.id,
                version_id=versions[number].id,
                is_shown=number == SHOWN,
                title=text.title,
                text=text.text,
                parent_id=b.get(PlanItem, text.parent).id if text.parent else None,
                cycle_id=cycle(b, text.cycle).id if text.cycle else None,
                last_cycle_id=cycle(b, text.last_cycle).id if text.last_cycle else None,
                position=place,
                output_kind=text.output_kind,
                article_links=[
                    RevisionArticle(article_id=b.articles[number_], position=n)
                    for n, number_ in enumerate(text.articles)
                    if number_ in b.articles
                ],
                stage_links=[
                    RevisionStage(stage_id=b.stages[stage], position=n)
                    for n, stage in enumerate(text.stages)
                    if stage in b.stages
                ],
            ),
        )
