"""The class of a stakeholder asked in SQL is the one that the rule gives."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from planner.access.viewer import system
from planner.core.db import db
from planner.models import Stakeholder, StakeholderClass, StatusPeriod
from planner.rules import standing
from planner.rules.partial_dates import parse_partial_date
from planner.services import changes
from planner.services.standings import class_of, class_on
from tests.conftest import NOW
from tests.factories import stakeholder as stakeholders

partial = st.one_of(
    st.none(),
    st.integers(2013, 2016).map(str),
    st.tuples(st.integers(2013, 2016), st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]:02}"),
    st.dates(date(2013, 1, 1), date(2016, 12, 31)).map(str),
)
period = st.tuples(st.sampled_from(["state_party", "signatory"]), partial, partial, partial, partial)
days = st.one_of(
    st.dates(date(2012, 12, 30), date(2017, 1, 2)), st.sampled_from([date(2015, 12, 31), date(2014, 1, 1)])
)


def _can_be(one: tuple[str, str | None, str | None, str | None, str | None]) -> bool:
    """What contradicts itself is refused before it is stored."""
    dates = [parse_partial_date(text) if text else None for text in one[1:]]
    return not standing.contradictions([standing.StatusPeriod(one[0], *dates)])


@settings(max_examples=150)
@given(periods=st.lists(period.filter(_can_be), max_size=3), day=days)
@pytest.mark.usefixtures("context")
def test_sql_and_rule_agree(
    periods: list[tuple[str, str | None, str | None, str | None, str | None]], day: date
) -> None:
    rows = []
    for position, one in enumerate(periods):
        row: StatusPeriod = stakeholders.status(*one)
        row.position = position
        rows.append(row)
    state = Stakeholder(title="X", is_state=True, iso2="XA", ref="XA", statuses=rows)
    expected = class_of(state, day)
    assert _class_in_sql(state, day) == expected


def _class_in_sql(state: Stakeholder, day: date) -> StakeholderClass:
    try:
        with changes.change(system(NOW.date(), "test"), at=NOW):
            db.session.add(state)
            db.session.flush()
            raise _DoneError(db.session.scalar(select(class_on(day)).where(Stakeholder.id == state.id)))  # noqa: TRY301 - it rolls back
    except _DoneError as done:
        return StakeholderClass(done.found)


class _DoneError(Exception):
    """Rolls the change back and carries what was read in it."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found
