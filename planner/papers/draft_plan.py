"""The draft multi-year work plan: what it covers, its themes and topics, and the guiding questions as annexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from planner.core.i18n import Message
from planner.papers import words as said
from planner.papers.front import Front
from planner.papers.markdown import text_blocks
from planner.papers.numbers import upper_letter
from planner.papers.shape import (
    Annex,
    Block,
    Bullets,
    Cell,
    Contents,
    Heading,
    Item,
    NumberedParagraph,
    Paper,
    Row,
    Run,
    Table,
)
from planner.rules.redline import Item as PlanItem
from planner.rules.redline import PlanText

_FACTS = (
    ("stages", said.STAGES, "stages"),
    ("articles", said.ARTICLES, "articles"),
    ("lead", said.LEAD, "names"),
    ("related_body_id", said.WITH_BODY, "body"),
    ("document_id", said.DOCUMENT, "document"),
    ("result", said.RESULT, "result"),
)
"""What an item says beside its text, in this order; names, not keys, as `PlanText` holds them for a reader."""


@dataclass(frozen=True)
class DraftPlan:
    """A version of a plan to be written as a paper.

    `cycles` gives the codes of cycles by their place; `introduction` is Markdown, and may be empty.
    """

    front: Front
    title: str
    introduction: str
    text: PlanText
    cycles: Mapping[int, str]


@dataclass(frozen=True)
class _Questions:
    """Guiding questions of a theme's items, and where they stand: letter of the annex, paragraphs by item."""

    theme: PlanItem
    letter: str
    places: Mapping[int, tuple[int, int]]


def draft_plan(plan: DraftPlan) -> Paper:
    """Return the paper of a version."""
    writer = _Writer(plan)
    head = plan.front.head(plan.front.words.say(said.DRAFT_PLAN), plan.title)
    return Paper(head, plan.front.language, plan.front.modified_at, tuple(writer.blocks()))


class _Writer:
    def __init__(self, plan: DraftPlan) -> None:
        self._plan = plan
        self._words = plan.front.words
        self._language = plan.front.foreign
        self._numbers = {item.id: number for item, number in plan.text.in_reading_order}
        self._below: dict[int | None, list[PlanItem]] = {}
        for item, _ in plan.text.in_reading_order:
            self._below.setdefault(item.parent_id, []).append(item)

    def blocks(self) -> Iterator[Block]:
        """Yield the text of the paper."""
        themes = self._below.get(None, [])
        yield Contents()
        if self._plan.introduction.strip():
            yield self._heading(1, said.INTRODUCTION)
            yield from text_blocks(self._plan.introduction, language=self._language)
        if not themes:
            yield self._heading(1, said.THEMES)
            yield NumberedParagraph((Run(self._words.say(said.NO_ITEMS)),))
            return
        yield self._heading(1, said.OVERVIEW)
        yield from self._overview(themes)
        yield self._heading(1, said.THEMES)
        for theme in themes:
            yield from self._theme(theme)
        for annex in self._annexes:
            yield from self._annex(annex)

    def _heading(self, level: int, text: Message) -> Heading:
        return Heading(1 if level == 1 else 2, (Run(self._words.say(text)),))

    # --- overview

    def _overview(self, themes: Sequence[PlanItem]) -> Iterator[Block]:
        known = [place for theme in themes for place in (theme.cycle, theme.last_cycle) if place is not None]
        if known:
            first, last = (self._cycle(place) for place in (min(known), max(known)))
            covers = self._words.say(said.COVERS, first=first, last=last)
            covers = self._words.say(said.COVERS_ONE, cycle=first) if first == last else covers
            yield NumberedParagraph((Run(covers),))
        head = tuple(self._words.say(word) for word in (said.CYCLE, said.YEARS, said.THEME, said.TOPICS))
        yield Table(self._words.say(said.OVERVIEW), head, tuple(map(self._row, themes)), (14, 14, 36, 36))

    def _row(self, theme: PlanItem) -> Row:
        topics = [item for item in self._below.get(theme.id, []) if item.kind == "topic"]
        listed = "\n".join(f"{self._numbers[topic.id]} {topic.title}" for topic in topics)
        cells = (self._span(theme), _text(theme, "years"), theme.title, listed)
        plain = (Cell((Run(text),) if text else ()) for text in cells[:2])
        own = (Cell((self._own(text),) if text else ()) for text in cells[2:])
        return Row((*plain, *own))

    def _cycle(self, place: int | None) -> str:
        return self._plan.cycles.get(place, "") if place is not None else ""

    def _span(self, item: PlanItem) -> str:
        ends = dict.fromkeys(code for code in (self._cycle(item.cycle), self._cycle(item.last_cycle)) if code)
        return " – ".join(ends)

    # --- themes and topics

    def _own(self, text: str, *, bold: bool = False) -> Run:
        """Return words of the plan itself, in its own language."""
        return Run(text, bold=bold, language=self._language)

    def _theme(self, theme: PlanItem) -> Iterator[Block]:
        when = ", ".join(text for text in (self._span(theme), _text(theme, "years")) if text)
        yield Heading(2, (self._own(theme.title), *((Run(f" ({when})"),) if when else ())))
        yield from text_blocks(_text(theme, "text"), language=self._language)
        yield from self._reasons(theme)
        for item in self._below.get(theme.id, []):
            if item.kind not in {"question", "expected_output"}:
                yield from self._topic(item)
        yield from self._outputs(theme)

    def _topic(self, topic: PlanItem) -> Iterator[Block]:
        title = self._words.say(said.TOPIC_OF, number=self._numbers[topic.id], title=topic.title.rstrip("."))
        yield from self._led(title, _text(topic, "text"))
        yield from self._reasons(topic)
        for item in self._below.get(topic.id, []):
            if item.kind not in {"question", "expected_output"}:
                yield from self._topic(item)
        yield from self._outputs(topic)

    def _led(self, label: str, markdown: str) -> Iterator[Block]:
        """Yield a text whose first paragraph begins with a label."""
        blocks = text_blocks(markdown, language=self._language)
        first = blocks[0] if blocks else None
        if isinstance(first, NumberedParagraph):
            yield replace(first, content=(Run(f"{label} ", bold=True), *first.content))
            blocks = blocks[1:]
        else:
            yield NumberedParagraph((Run(label, bold=True),))
        yield from blocks

    def _reasons(self, item: PlanItem) -> Iterator[Block]:
        if rationale := _text(item, "rationale"):
            yield from self._led(self._words.say(said.RATIONALE), rationale)
        if facts := " ".join(self._facts(item)):
            yield NumberedParagraph((Run(facts),))

    def _facts(self, item: PlanItem) -> Iterator[str]:
        if item.kind != "theme" and item.last_cycle not in {None, item.cycle}:
            yield self._words.say(said.RUNS_TO, cycle=self._cycle(item.last_cycle))
        for field, text, name in _FACTS:
            if value := _text(item, field).rstrip("."):
                yield self._words.say(text, **{name: value})
        for annex in self._annexes:
            if item.id in annex.places:
                place = self._words.reference(annex.letter, *annex.places[item.id])
                yield self._words.say(said.QUESTIONS_IN, place=place)

    def _outputs(self, item: PlanItem) -> Iterator[Block]:
        outputs = [one for one in self._below.get(item.id, []) if one.kind == "expected_output"]
        if outputs:
            yield NumberedParagraph((Run(self._words.say(said.OUTPUTS), bold=True),))
            yield Bullets(tuple(Item((self._own(output.title),)) for output in outputs))

    # --- annexes

    @cached_property
    def _annexes(self) -> tuple[_Questions, ...]:
        themes = [theme for theme in self._below.get(None, []) if list(self._asked(theme))]
        found: list[_Questions] = []
        for place, theme in enumerate(themes, start=1):
            places: dict[int, tuple[int, int]] = {}
            last = 0
            for item, questions in self._asked(theme):
                places[item.id] = (last + 1, last + len(questions))
                last += len(questions)
            found.append(_Questions(theme, upper_letter(place) if len(themes) > 1 else "", places))
        return tuple(found)

    def _asked(self, item: PlanItem) -> Iterator[tuple[PlanItem, Sequence[PlanItem]]]:
        """Yield the items at or below an item that ask questions, with these."""
        below = self._below.get(item.id, [])
        questions = [one for one in below if one.kind == "question"]
        if questions:
            yield item, questions
        for one in below:
            yield from self._asked(one)

    def _annex(self, annex: _Questions) -> Iterator[Block]:
        yield Annex(annex.letter, self._words.say(said.QUESTIONS, title=annex.theme.title))
        for item, questions in self._asked(annex.theme):
            number = self._words.say(said.ITEM, number=self._numbers[item.id])
            yield Heading(1, (Run(f"{number} "), self._own(item.title)))
            for question in questions:
                yield NumberedParagraph((self._own(question.title),))
                yield from text_blocks(_text(question, "text"), numbered=False, language=self._language)


def _text(item: PlanItem, field: str) -> str:
    value = item.said.get(field)
    return ", ".join(value) if isinstance(value, tuple) else str(value) if value is not None else ""
