"""Who owes a follow-up says how far it is: starts it, and closes it with evidence. Nobody else's, and nothing else."""

from __future__ import annotations

import pytest
from lxml import html
from sqlalchemy import select

from planner.core.db import db
from planner.models import FollowUp
from tests.administration.pages import errors_of, fields_of, with_values


@pytest.fixture
def owed(full_app):
    """The follow-up that the delegate's State owes."""
    with full_app.app_context():
        return db.session.scalars(select(FollowUp.id).where(FollowUp.ref == "ill-f-point")).one()


def acts_of(client, record_id):
    tree = html.fromstring(client.get(f"/follow-ups/{record_id}").data)
    return [link.text_content() for link in tree.xpath("//div[@class='head']//div[@class='acts']//a")]


def state_of(full_app, record_id):
    with full_app.app_context():
        found = db.session.get(FollowUp, record_id)
        return found.state, found.evidence


def test_the_page_offers_what_the_owner_may_do(full_app, sign_in, owed):
    assert acts_of(sign_in("delegate"), owed) == ["Start the action", "Record as done"]
    assert acts_of(sign_in("signatory"), owed) == acts_of(full_app.test_client(), owed) == []


def test_the_owner_starts_and_closes_it(full_app, sign_in, owed):
    delegate = sign_in("delegate")
    start, close = (f"/records/{owed}/move/{verb}" for verb in ("start", "close"))
    assert delegate.post(start, data=with_values(fields_of(delegate.get(start).data))).status_code == 303
    assert state_of(full_app, owed) == ("in_progress", None)
    fields = fields_of(delegate.get(close).data)
    missing = delegate.post(close, data=with_values(fields))
    assert (missing.status_code, errors_of(missing.data)) == (422, ["Evidence: This is needed."])
    assert delegate.post(close, data=with_values(fields, evidence="Note 12 of 3 May")).status_code == 303
    assert state_of(full_app, owed) == ("done", "Note 12 of 3 May")
    assert acts_of(delegate, owed) == []


@pytest.mark.parametrize("verb", ["drop", "carry_over", "reopen"])
def test_the_rest_is_for_officers(sign_in, owed, verb):
    assert sign_in("delegate").get(f"/records/{owed}/move/{verb}").status_code == 403


@pytest.mark.parametrize("ref", ["ill-f-lessons", "ill-f-invite", "ill-f-expert"])
def test_what_others_owe_is_theirs(full_app, sign_in, ref):
    with full_app.app_context():
        other = db.session.scalars(select(FollowUp.id).where(FollowUp.ref == ref)).one()
    delegate = sign_in("delegate")
    assert [delegate.get(f"/records/{other}/move/{verb}").status_code for verb in ("start", "close")] == [403, 403]
    assert acts_of(delegate, other) == []


def test_a_stranger_is_asked_to_sign_in(full_app, owed):
    assert full_app.test_client().get(f"/records/{owed}/move/start").status_code == 303


def test_it_is_edited_by_officers_alone(sign_in, owed):
    assert sign_in("delegate").get(f"/records/{owed}/edit").status_code == 403
