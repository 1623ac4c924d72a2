"""The plan over the years in the words of the request: from the values of services/plans to what the pictures draw."""

from __future__ import annotations

from datetime import date

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from planner.models import VersionKind
from planner.pictures.plan_data import (
    Cycle,
    Forum,
    Mark,
    Plan,
    PlanBar,
    PlanMark,
    Row,
    Topic,
    Words,
    axis_position,
)
from planner.pictures.shapes import Direction
from planner.rules import lifecycle
from planner.services.plans.acts import ForumLine
from planner.services.plans.bars import Bar, Column, StageRow
from planner.services.plans.overview import Overview, PlanLine, VersionLine, moment
from planner.web.filters import day
from planner.web.i18n import translate
from planner.web.urls import record_url

_MARKS = {
    "takes_note": Mark.TAKES_NOTE,
    "welcomed": Mark.WELCOMES,
    "endorsed": Mark.ENDORSES,
    "adopted": Mark.ADOPTS,
    "draft": Mark.DRAFT,
}


def drawn_plan(overview: Overview) -> Plan | None:
    """Return what the pictures are made from, or None where the viewer may see no cycle at all."""
    if not overview.columns:
        return None
    cycles = tuple(_cycle(column, overview.day) for column in overview.columns)
    rows = (*(_row(stage) for stage in overview.stages), _whole_chain())
    places = {stage.id: number for number, stage in enumerate(overview.stages)}
    return Plan(
        cycles=cycles,
        rows=rows,
        words=_words(overview),
        topics=tuple(_topic(bar, places, len(rows) - 1) for bar in overview.bars),
        plans=tuple(_plan(plan, cycles) for plan in overview.plans),
        forum=_forum(overview.forums, cycles),
        today=axis_position(cycles, overview.day),
    )


def direction() -> Direction:
    """Return the way in which the language of the request runs, in which the pictures are drawn."""
    return "rtl" if get_locale().text_direction == "rtl" else "ltr"


def years(column: Column) -> str:
    """Return the years of a cycle: "2018–19"; the last alone where the first day is not known."""
    until = column.until_on.year
    return f"{column.from_on.year}–{until % 100:02}" if column.from_on else str(until)


def version_name(kind: VersionKind, number: int | None) -> str:
    """Return what people call a version: its number, the working copy, or the reconstruction."""
    names = {VersionKind.WORKING_COPY: _("Working copy"), VersionKind.RECONSTRUCTION: _("Reconstruction")}
    return str(names.get(kind) or _("Version %(number)s", number=number))


def _cycle(column: Column, today: date) -> Cycle:
    return Cycle(
        column.code,
        years(column),
        column.theme,
        is_future=column.until_on > today,
        is_illustration=column.is_illustration,
        starts_on=column.from_on,
        ends_on=column.until_on,
    )


def _row(stage: StageRow) -> Row:
    """Return a stage; what the record says in brackets about it becomes the note below its name."""
    name, _bracket, note = stage.title.partition(" (")
    note = note.removesuffix(")")
    return Row(name, _("Stage %(number)s", number=stage.number), str(stage.number), note[:1].upper() + note[1:])


def _whole_chain() -> Row:
    return Row(_("The whole chain"), _("Whole chain"), note=_("Topics that no stage alone holds"))


def _words(overview: Overview) -> Words:
    codes = [column.code for column in overview.columns if not column.is_illustration]
    examples = [column.code for column in overview.columns if column.is_illustration]
    return Words(
        title=_("The plan over the years"),
        plans=_("Plans"),
        plans_note=_("and what the Conference did"),
        today=_("Today, %(day)s", day=day(overview.day)),
        record=_("The record, %(first)s to %(last)s", first=codes[0], last=codes[-1]) if codes else "",
        illustration=_("Illustration, %(first)s to %(last)s", first=examples[0], last=examples[-1]) if examples else "",
    )


def _topic(bar: Bar, places: dict[int, int], whole: int) -> Topic:
    return Topic(
        str(bar.id),
        bar.title,
        whole if bar.stage is None else places[bar.stage],
        bar.first,
        bar.last,
        bar.state,
        record_url("plan_item", bar.id),
        is_recalled=bar.is_recalled,
        moved_from=bar.moved_from,
        carried_to=tuple(str(later) for later in bar.carried_to),
    )


def _plan(plan: PlanLine, cycles: tuple[Cycle, ...]) -> PlanBar:
    shown = [version for version in plan.versions if version.kind is not VersionKind.RECONSTRUCTION]
    marks = [_mark(version, plan, cycles) for version in shown]
    return PlanBar(plan.title, plan.first, plan.last, plan.state, record_url("plan", plan.id), tuple(marks))


def _mark(version: VersionLine, plan: PlanLine, cycles: tuple[Cycle, ...]) -> PlanMark:
    on = moment(version.on_text, version.by_until_on)
    position = axis_position(cycles, on) if on else None
    state = translate(lifecycle.state_word("plan_version", version.state))
    if version.by_code:
        rest = version.by_code
    elif version.comments_until and version.state == "circulated":
        rest = _("comments until %(day)s", day=day(version.comments_until.date()))
    else:
        rest = day(version.on_text) if version.on_text else ""
    words = f"{version_name(version.kind, version.number)} {state}"
    return PlanMark(
        _MARKS.get(version.state, Mark.CIRCULATED),
        _("%(words)s, %(when)s", words=words, when=rest) if rest else words,
        plan.first if position is None else position,
    )


def _forum(forums: tuple[ForumLine, ...], cycles: tuple[Cycle, ...]) -> Forum | None:
    """Return the first forum that has met: the picture has room for one row."""
    forum = next((forum for forum in forums if forum.met_on), None)
    if forum is None:
        return None
    met = [at for text in forum.met_on if (at := _at(cycles, text)) is not None]
    established, confirmed = forum.established, forum.confirmed
    first, last = forum.met_on[0][:7], forum.met_on[-1][:7]
    count = ngettext("%(num)s closed meeting", "%(num)s closed meetings", len(forum.met_on))
    when = day(first) if first == last else _("%(first)s to %(last)s", first=day(first), last=day(last))
    return Forum(
        forum.code,
        forum.title,
        _at(cycles, established.on_text, established.cycle_until_on) if established else None,
        _("established, %(cycle)s", cycle=established.cycle_code) if established else "",
        tuple(met),
        _("%(words)s, %(when)s", words=count, when=when),
        _at(cycles, confirmed.on_text, confirmed.cycle_until_on) if confirmed else None,
        _("confirmed, %(cycle)s", cycle=confirmed.cycle_code) if confirmed else "",
    )


def _at(cycles: tuple[Cycle, ...], text: str | None, until_on: date | None = None) -> float | None:
    on = moment(text, until_on)
    return axis_position(cycles, on) if on else None


__all__ = ["direction", "drawn_plan", "version_name", "years"]
