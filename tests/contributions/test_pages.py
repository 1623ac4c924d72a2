"""Contributions: what the page says, to whom, and what it costs."""

from __future__ import annotations

import pytest
from flask import Flask

from planner.core.db import db
from planner.models import AudienceGrant, Contribution, ContributionKind
from planner.rules.audience import Ground
from planner.services import changes
from tests.factories.meeting import AT, WRITER
from tests.factories.programme import VIEWERS, Programme, client_of


def contribute(app: Flask, made: Programme, title: str, *, audience: int | None = None) -> int:
    with app.app_context():
        with changes.change(WRITER, at=AT) as c:
            one = Contribution(
                title=title, state="received", stakeholder_id=made.presenter, contribution_kind=ContributionKind.STUDY,
                session_id=made.open_session, text="First paragraph.\nSecond.", received_on="2026-10",
                audience_parent_id=made.open_session, audience_own=audience,
            )  # fmt: skip
            db.session.add(one)
            db.session.flush()
            if audience:
                db.session.add(AudienceGrant(record_id=one.id, ground=int(Ground.OWNER), stakeholder_id=made.presenter))
                c.touch(one.id)
        return one.id


def test_page_tells_who_gave_it_and_to_what(app: Flask, made: Programme):
    one = contribute(app, made, "A study of routes")
    page = app.test_client().get(f"/contributions/{one}").text
    for text in ("A study of routes", "Exporting State A", "What was learned", "October 2026", "<p>Second.</p>"):
        assert text in page
    assert "What will be learned" not in page


def test_contribution_of_its_owner_is_for_owner_and_officers(app: Flask, made: Programme):
    one = contribute(app, made, "Not for all", audience=int(Ground.OWNER))
    found = {
        viewer: (
            client_of(app, viewer).get(f"/contributions/{one}").status_code,
            "Not for all" in client_of(app, viewer).get("/contributions").text,
        )
        for viewer in VIEWERS
    }
    assert found == {**dict.fromkeys(VIEWERS, (404, False)), "delegate": (200, True), "officer": (200, True)}


@pytest.mark.parametrize(("viewer", "most"), [("stranger", 10), ("delegate", 13), ("officer", 13)])
def test_register_costs_the_same_at_any_number_of_rows(
    app: Flask, made: Programme, count_queries, viewer: str, most: int
):
    costs = []
    for count in (1, 29):
        for number in range(count):
            contribute(app, made, f"Study {count} {number}")
        with count_queries(app) as counted:
            assert client_of(app, viewer).get("/contributions").status_code == 200
        costs.append(counted.count)
    # signing in by hand costs one more statement each time, the same in both
    assert costs[0] == costs[1] <= most + 1
