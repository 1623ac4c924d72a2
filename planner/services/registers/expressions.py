"""SQL expressions that several registers share: recalled facts, options of filters, lists in one cell."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.i18n import N_
from planner.models import Body, Citation, Cycle, Provenance, Record
from planner.services.registers.core import Column, Filter


def is_recalled(record: Any = Record) -> ColumnElement[bool]:
    """Return the condition that the record as a whole is recalled, not read in a source."""
    return exists().where(
        Citation.record_id == record.id, Citation.field == "", Citation.provenance == Provenance.RECALLED
    )


def cycle_options(viewer: Viewer) -> Select[Any, Any]:
    """Return the select of (key, code) of the cycles, newest first."""
    return select(Cycle.ref, Cycle.code).where(visible(viewer, Cycle)).order_by(Cycle.until_on.desc(), Cycle.id)


def body_options(viewer: Viewer) -> Select[Any, Any]:
    """Return the select of (slug, code) of the bodies."""
    return select(Body.slug, Body.code).where(visible(viewer, Body)).order_by(Body.code)


def distinct_options(column: InstrumentedAttribute[Any], condition: ColumnElement[bool]) -> Select[Any, Any]:
    """Return the select of the values that a column has among visible rows, as (value, value)."""
    return select(column, column.label("text")).where(condition, column.is_not(None)).distinct().order_by(column)


def key_column(record: Any) -> Column:
    """Return the column of the stable key, which an export holds and a page does not show."""
    return Column(key="ref", label=N_("Key"), value=record.ref, in_page=False)


def body_column(body: Any) -> Column:
    """Return the column of the body, by its code."""
    return Column(key="body", label=N_("Body"), value=body.code, record=body.id, record_kind="body")


def cycle_column(cycle: Any) -> Column:
    """Return the column of the cycle, by its code and in the order of time."""
    return Column(
        key="cycle", label=N_("Cycle"), value=cycle.code, sort=cycle.until_on, record=cycle.id, record_kind="cycle"
    )


def body_filter(viewer: Viewer, body: Any) -> Filter:
    """Return the filter by one body."""
    return Filter(
        name="body", label=N_("Body"), condition=lambda value: body.slug == value, options=body_options(viewer)
    )


def cycle_filter(viewer: Viewer, cycle: Any) -> Filter:
    """Return the filter by one cycle."""
    return Filter(
        name="cycle", label=N_("Cycle"), condition=lambda value: cycle.ref == value, options=cycle_options(viewer)
    )


def next_first(on_text: Any, today: date, position: Any = 0) -> ColumnElement[int]:
    """Return what sorts days (partial dates as text): what comes next first, then what is over, latest first.

    Of one day, `position` decides. A month or year of which some days are still to come counts as to come.
    """
    number = cast(func.replace(func.substr(on_text.concat("-99-99"), 1, 10), "-", ""), BigInteger)
    return case(
        (number >= int(f"{today:%Y%m%d}"), number * 1000 + position), else_=(200_000_000 - number) * 1000 + position
    )
