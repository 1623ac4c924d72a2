"""Cycles for tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from planner.core.db import db
from planner.models import Cycle
from planner.rules.audience import Ground
from planner.services import changes
from tests.factories.meeting import AT, WRITER


def make_cycle(number: int, *, at: datetime = AT, **values: Any) -> Cycle:
    """Make the public cycle CSPn: from September of one year until September of the next, CSP5 beginning in 2018."""
    with changes.change(WRITER, at=at):
        values = {
            "ref": f"CSP{number}",
            "title": f"CSP{number}",
            "code": f"CSP{number}",
            "series": "CSP",
            "from_on": date(2013 + number, 9, 1),
            "until_on": date(2014 + number, 9, 1),
            "audience_own": int(Ground.PUBLIC),
            **values,
        }
        cycle = Cycle(number=number, **values)
        db.session.add(cycle)
    return cycle
