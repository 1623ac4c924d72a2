"""The address of a body stays once others than its officers see it: calendars ask for it there (DESIGN section 10)."""

from __future__ import annotations

import pytest

from planner.core.errors import Invalid
from planner.models import Body
from planner.services import editing
from tests.conftest import NOW
from tests.services.editing.shared import group, viewer


def names_of(body: Body) -> list[str]:
    spec = editing.get_editable(viewer("admin"), body.id).spec
    return [field.name for field in spec.fields if not field.fixed]


def test_the_address_of_a_body_that_others_see_stays(full_context):
    admin, body = viewer("admin"), group()
    assert "slug" not in names_of(body)
    with pytest.raises(Invalid) as caught:
        editing.edit_record(admin, body.id, rev=body.rev, at=NOW, values={"slug": "elsewhere", "title": "Renamed"})
    assert list(caught.value.fields) == ["slug"]
    edited = editing.edit_record(admin, body.id, rev=body.rev, at=NOW, values={"slug": body.slug, "title": "Renamed"})
    assert (edited.title, edited.slug) == ("Renamed", body.slug)


def test_the_address_of_a_body_that_only_officers_see_may_change(full_context):
    admin = viewer("admin")
    values = {"title": "Panel", "code": "P", "slug": "panel", "body_kind": "forum", "audience_own": ["officers"]}
    body = editing.create_record(admin, "body", at=NOW, values=values)
    assert "slug" in names_of(body)
    edited = editing.edit_record(admin, body.id, rev=body.rev, at=NOW, values={"slug": "forum-x"})
    assert edited.slug == "forum-x"
    opened = editing.edit_record(admin, body.id, rev=edited.rev, at=NOW, values={"audience_own": ["public"]})
    assert "slug" not in names_of(opened)
