"""Rows of a form come and go by its buttons, without scripts; each of them is saved and shown again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from planner.administration.forms.rearranging import rearranged
from planner.core.db import db
from planner.models import AgendaItem, Document, Meeting, PlanSession, Record, Source, Stakeholder, UserAccount
from tests.administration.pages import errors_of, fields_of, pressed, with_values


@pytest.fixture
def ids(full_app) -> dict[str, int]:
    """Records that the forms of these tests point to."""
    with full_app.app_context():
        illustrated: dict[str, Any] = {
            "document": select(Document.id).where(Document.origin == "illustration", Document.symbol.is_not(None)),
            "meeting": select(Meeting.id).where(Meeting.origin == "illustration"),
            "session": select(PlanSession.id).where(PlanSession.origin == "illustration"),
            "item": select(AgendaItem.id).where(AgendaItem.origin == "illustration"),
            "source": select(Source.id),
            "ngo": select(Stakeholder.id).where(Stakeholder.origin == "illustration", ~Stakeholder.is_state),
            "state": select(Stakeholder.id).where(Stakeholder.ref == "XA"),
            "person": select(UserAccount.person_id).where(UserAccount.email == "ngo@demo.example"),
            "cycle": select(Record.id).where(Record.kind == "cycle", Record.origin == "illustration"),
        }
        return {name: db.session.scalars(rows.order_by("id" if name != "person" else "person_id")).first() or 0
                for name, rows in illustrated.items()}  # fmt: skip


def held(client, address: str, *names: str) -> dict[str, str]:
    found = dict(fields_of(client.get(address).data))
    return {name: found[name].rpartition("(#")[2].rstrip(")") for name in names}


FORMS = [
    ("document", {"citations-0-provenance": "recalled", "citations-0-confidence": "low", "citations-0-field": "title",
                  "citations-0-sources": "#source", "citations-0-note": "As told."}),
    ("item", {"citations-0-provenance": "sourced", "citations-0-sources": "#source", "proposed_by-0": "#state"}),
    ("meeting", {"attendance-0-group": "panellists", "attendance-0-count": "7", "seats": "120",
                 "seats_per_delegation": "2", "rooms_per_day": "3", "proposals_due": "2027-01-05",
                 "hybrid_allowed": "no", "only_outside_plenary": "yes", "registrations": "person"}),
    ("session", {"interventions-0-stakeholder_id": "#state"}),
    ("document", {"actions-0-verb": "welcomes", "actions-0-cycle_id": "cycle", "actions-0-paragraph": "22"}),
    ("document", {"audience_own": "officers", "invited-0": "#ngo", "invited_people-0-user_id": "ngo@demo.example"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "typed"), FORMS)
def test_each_new_field_is_saved_over_http(full_app, sign_in, ids, what, typed):
    admin = sign_in("admin")
    address = f"/records/{ids[what]}/edit"
    fields = fields_of(admin.get(address).data)
    # The first blank row: what the record holds already stays before it.
    blank = {name: next(n for n in range(200) if not _is_filled(fields, name, n)) for name in _lists(typed)}
    sent = {_moved(key, blank): str(ids.get(text, text)) if "#" not in text else f"#{ids[text[1:]]}"
            for key, text in typed.items()}  # fmt: skip
    answer = admin.post(address, data={**with_values(fields), **{key: [text] for key, text in sent.items()}})
    assert (answer.status_code, errors_of(answer.data)) == (303, [])
    assert held(admin, address, *sent) == {key: text.lstrip("#") for key, text in sent.items()}
    assert admin.get(f"/records/{ids[what]}/history").status_code == 200
    assert sign_in("delegate").post(address, data=sent).status_code in (403, 404)


def _lists(typed: dict[str, str]) -> set[str]:
    return {key.partition("-")[0] for key in typed if "-" in key}


def _is_filled(fields: list[tuple[str, str]], name: str, number: int) -> bool:
    return any(value for key, value in fields if key == f"{name}-{number}" or key.startswith(f"{name}-{number}-"))


def _moved(key: str, blank: dict[str, int]) -> str:
    name = key.partition("-")[0]
    return key.replace("-0", f"-{blank[name]}", 1) if name in blank else key


def test_a_row_more_and_a_row_less_save_nothing_and_lose_nothing(full_app, sign_in, ids):
    admin = sign_in("admin")
    address = f"/records/{ids['meeting']}/edit"
    page = admin.get(address).data
    count = sum(1 for key, _ in fields_of(page) if key.startswith("attendance-") and key.endswith("-group"))
    last = count - 1
    typed = {f"attendance-{last}-group": "panellists", f"attendance-{last}-count": "many", "title": "Typed, not saved"}
    more = admin.post(address, data=pressed(page, "more", "attendance", **typed))
    fields = dict(fields_of(more.data))
    assert (more.status_code, errors_of(more.data), fields["title"]) == (200, [], "Typed, not saved")
    assert (fields[f"attendance-{last}-count"], fields[f"attendance-{count}-group"]) == ("many", "")
    less = admin.post(address, data=pressed(more.data, "without", "attendance-0"))
    fields = dict(fields_of(less.data))
    assert (less.status_code, fields["title"]) == (200, "Typed, not saved")
    assert (fields[f"attendance-{last - 1}-group"], fields[f"attendance-{last - 1}-count"]) == ("panellists", "many")
    with full_app.app_context():
        assert db.session.scalar(select(Record.title).where(Record.id == ids["meeting"])) != "Typed, not saved"
    wrong = admin.post(address, data=with_values(fields_of(less.data)))
    assert (wrong.status_code, errors_of(wrong.data)) == (422, ["How many: “many” is not a whole number."])
    right = with_values(fields_of(wrong.data)) | {f"attendance-{last - 1}-count": ["3"]}
    assert admin.post(address, data=right).status_code == 303
    before = dict(fields_of(page))
    now = dict(fields_of(admin.get(address).data))
    wanted = [(before[f"attendance-{n}-group"], before[f"attendance-{n}-count"]) for n in range(1, last)]
    groups = [(now[f"attendance-{n}-group"], now[f"attendance-{n}-count"]) for n in range(len(wanted) + 1)]
    assert groups == [*wanted, ("panellists", "3")]


def test_a_new_record_gets_rows_by_the_buttons_too(full_app, sign_in, ids):
    admin = sign_in("admin")
    page = admin.get("/administration/new/document")
    answer = admin.post("/administration/new/document", data=pressed(page.data, "more", "languages", title="Kept"))
    fields = dict(fields_of(answer.data))
    assert (answer.status_code, fields["title"], fields["languages-1-language"]) == (200, "Kept", "")


def test_the_second_of_two_editors_of_a_list_is_shown_both(full_app, sign_in, ids):
    admin, secretariat = sign_in("admin"), sign_in("secretariat")
    address = f"/records/{ids['document']}/edit"
    first, second = fields_of(admin.get(address).data), fields_of(secretariat.get(address).data)
    number = next(n for n in range(99) if not _is_filled(first, "citations", n))
    cells = (f"citations-{number}-note", f"citations-{number}-provenance")
    theirs = with_values(first) | {cells[0]: ["Their note"], cells[1]: ["sourced"]}
    mine = with_values(second) | {cells[0]: ["My note"], cells[1]: ["recalled"]}
    assert admin.post(address, data=theirs).status_code == 303
    conflict = secretariat.post(address, data=mine)
    assert conflict.status_code == 409
    assert all(text in conflict.text for text in ("Their note", "My note", "recalled", "sourced"))
    answer = secretariat.post(address, data=with_values(fields_of(conflict.data, "edit"), keep_citations="yours"))
    assert answer.status_code == 303
    assert dict(fields_of(admin.get(address).data))[cells[0]] == "My note"


def test_enter_saves_and_takes_no_row_out(sign_in, ids):
    from lxml import html

    tree = html.fromstring(sign_in("admin").get(f"/records/{ids['meeting']}/edit").data)
    first = tree.xpath("//main//form[@method='post'][@data-guard]//button")[0]
    assert (first.get("name"), first.get("type"), first.text) == (None, "submit", "Save")


ROWS = [
    ({"more": "a", "a-0-x": "1", "a-0-y": "2"}, {"a-0-x": "1", "a-0-y": "2", "a-1-x": "", "a-1-y": ""}),
    ({"more": "b", "a-0": "1"}, {"a-0": "1"}),
    ({"more": "a", "a-0": "1", "ab-4": "2"}, {"a-0": "1", "a-1": "", "ab-4": "2"}),
    ({"without": "a-0", "a-0-x": "1", "a-1-x": "2", "b-0-x": "3"}, {"a-0-x": "2", "b-0-x": "3"}),
    ({"without": "a-9", "a-0-x": "1"}, {"a-0-x": "1"}),
    ({"without": "a.b-1", "a-0-x": "1", "a-1-x": "2"}, {"a-0-x": "1", "a-1-x": "2"}),
]


@pytest.mark.parametrize(("sent", "kept"), ROWS)
def test_rows_move_up_or_one_is_added(sent, kept):
    found, is_rearranged = rearranged(MultiDict(sent))
    assert (is_rearranged, {k: v for k, v in found.items() if k not in ("more", "without")}) == (True, kept)


@pytest.mark.parametrize("sent", [{}, {"without": "a"}, {"without": "a-1000"}, {"more": ""}, {"without": "-"}])
def test_what_asks_for_no_row_changes_nothing(sent):
    fields = MultiDict({**sent, "a-0": "1"})
    assert rearranged(fields) == (fields, False)


def test_no_list_grows_without_end():
    found, _ = rearranged(MultiDict({"more": "a", "a-199-x": "1"}))
    assert "a-200-x" not in found
