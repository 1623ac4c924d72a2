"""Who gave a contribution finds it by page, list, CSV and search before it is published; nobody else does."""

from __future__ import annotations

from sqlalchemy import select

from planner.core.db import db
from planner.models import Contribution, Delegation, PlanItem, UserAccount
from tests.administration.pages import errors_of, fields_of, with_values

TITLE = "What the quay has seen"


def test_what_was_given_is_there_for_its_giver_from_the_beginning(full_app, sign_in, client):
    with full_app.app_context():
        mine = select(Delegation.stakeholder_id).join(UserAccount, UserAccount.person_id == Delegation.person_id)
        stakeholder_id = db.session.scalars(mine.where(UserAccount.email == "ngo@demo.example")).one()
        topics = select(PlanItem.id).where(PlanItem.origin == "illustration", PlanItem.published)
        item_id = db.session.scalars(topics.where(PlanItem.item_kind == "topic").order_by(PlanItem.id)).first()
    chair, ngo, delegate = (sign_in(name) for name in ("chair", "ngo", "delegate"))
    address = "/administration/new/contribution"
    typed = {
        "title": TITLE,
        "contribution_kind": "study",
        "stakeholder_id": f"#{stakeholder_id}",
        "item_id": f"#{item_id}",
    }
    answer = chair.post(address, data=with_values(fields_of(chair.get(address).data), **typed))
    assert (answer.status_code, errors_of(answer.data)) == (303, [])
    page = answer.headers["Location"]
    with full_app.app_context():
        assert db.session.scalars(select(Contribution.published).where(Contribution.title == TITLE)).one() is False
    # The search marks the word that was sought, so it is known by its link.
    told = {
        page: TITLE,
        "/contributions?q=quay": TITLE,
        "/contributions?format=csv&illustrations=include": TITLE,
        "/search?q=quay": page,
    }
    seen = {
        name: [text in one.get(address).text for address, text in told.items()]
        for name, one in (("ngo", ngo), ("delegate", delegate), ("stranger", client), ("chair", chair))
    }
    assert seen == {"ngo": [True] * 4, "delegate": [False] * 4, "stranger": [False] * 4, "chair": [True] * 4}
    assert "officers and those who gave it" in chair.get(f"/administration/why/{page.rpartition('/')[2]}").text
    assert "Edit" not in ngo.get(page).text.partition("<main")[2].partition("</main>")[0]
