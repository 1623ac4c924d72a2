"""A document names its neighbours, and no body or paper that the reader may not know."""

from __future__ import annotations

import pytest

from planner.access.viewer import public, system
from planner.core.errors import NotVisible
from planner.models import DocumentFollows
from planner.rules.audience import Ground
from planner.services.documents import get_document
from tests.conftest import NOW
from tests.factories.document import make_document
from tests.factories.meeting import make_body

OFFICER = system(NOW.date(), "test")
STRANGER = public(NOW.date())


@pytest.mark.usefixtures("context")
def test_names_each_neighbour_by_what_it_is() -> None:
    old, base, letter = make_document("Old"), make_document("Base"), make_document("Letter")
    paper = make_document(
        "Paper",
        supersedes_id=old.id,
        annex_of_id=letter.id,
        annex_label="A",
        follows=[DocumentFollows(follows_id=base.id, position=0)],
    )
    make_document("New", supersedes_id=paper.id)
    make_document("Appendix", annex_of_id=paper.id, annex_label="1")
    make_document("Answer", follows=[DocumentFollows(follows_id=paper.id, position=0)])
    related = {(one.relation, one.title) for one in get_document(STRANGER, paper.id).related}
    assert related == {
        ("supersedes", "Old"),
        ("follows", "Base"),
        ("annex_of", "Letter"),
        ("superseded_by", "New"),
        ("annex", "Appendix"),
        ("followed_by", "Answer"),
    }


@pytest.mark.usefixtures("context")
def test_names_nothing_that_is_hidden() -> None:
    hidden = make_body("hidden", audience_own=int(Ground.OFFICERS))
    draft = make_document("Working title", public_title="Public title")
    secret = make_document("Secret", audience_own=int(Ground.STATES))
    paper = make_document("Paper", body_id=hidden.id, supersedes_id=draft.id, annex_of_id=secret.id)
    view = get_document(STRANGER, paper.id)
    assert (view.named, [one.title for one in view.related]) == ({}, ["Public title"])
    assert set(get_document(OFFICER, paper.id).named) == {hidden.id}
    with pytest.raises(NotVisible):
        get_document(STRANGER, secret.id)
