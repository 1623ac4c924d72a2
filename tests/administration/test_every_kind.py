"""Every kind of record is created with every field filled, and its form shows what was saved; strangers are refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from planner.core.db import db
from planner.models import AuditEntry, Plan, PlanItem, Record
from planner.services import audit_chain
from planner.services.editing import SPECS
from planner.services.editing.kinds import Number, Text
from tests.administration.pages import errors_of, fields_of, with_values

MARKUP = "<script>alert(1)</script> & \"quoted\" 'text' {{ 7 * 7 }}"
KINDS = [kind for kind, spec in SPECS.items() if spec.creatable]


@pytest.fixture
def ids(full_app):
    """The first illustrative record of each kind, and for kinds without one the first of the record."""
    with full_app.app_context():
        found: dict[str, int] = {}
        for origin in ("illustration", "record"):
            rows = select(Record.kind, Record.id).where(Record.origin == origin).order_by(Record.id)
            for kind, record_id in db.session.execute(rows):
                found.setdefault(kind, record_id)
        plan = db.session.scalars(select(Plan).where(Plan.origin == "illustration")).first()
        items = select(PlanItem.item_kind, PlanItem.id).where(PlanItem.plan_id == plan.id).order_by(PlanItem.id)
        for item_kind, item_id in db.session.execute(items):
            found.setdefault(str(item_kind), item_id)
        found |= {"plan": plan.id, "group": plan.body_id}
        sessions = db.session.execute(
            select(Record.id, Record.home_meeting_id)
            .where(Record.kind == "plan_session", Record.origin == "illustration", Record.home_body_id == plan.body_id)
            .order_by(Record.id)
        ).first()
        found |= {"plan_session": sessions[0], "meeting": sessions[1]}
        return found


def filled(kind: str, ids: dict[str, int]) -> dict[str, str | list[str]]:
    """Return something for every field of a kind, as a person would type or choose it."""
    by_kind: dict[str, dict[str, str | list[str]]] = {
        "plan": {"body_id": "group", "first_cycle_id": "cycle", "last_cycle_id": "cycle"},
        "plan_item": {
            "plan_id": "plan", "item_kind": "topic", "parent_id": "theme", "cycle_id": "cycle",
            "last_cycle_id": "cycle",
            "output_kind": "report",
        },
        "body": {"code": "Panel X", "slug": "panel-x", "body_kind": "committee", "parent_id": "group"},
        "cycle": {"code": "TestCycle1", "series": "Test", "number": "1", "from_on": "2027-01-01",
                  "until_on": "2028-01-01"},
        "office": {"role": "facilitator", "body_id": "group", "from_on": "2027-01-01", "until_on": "2028-01-01",
                   "users-0-user_id": "delegate@demo.example"},
        "meeting": {"body_id": "group", "start_on": "2027-05", "end_on": "2027-06", "zone": "Africa/Nairobi",
                    "country": "KE", "mode": "hybrid", "registration_opens_on": "2027-01",
                    "registration_closes_on": "2027-02", "week_from_on": "2027-05", "week_until_on": "2027-06",
                    "held_during_id": ""},
        "plan_session": {"meeting_id": "meeting", "session_kind": "side_event", "on_text": "2027-05-03",
                         "start": "09:30", "end": "12:45", "zone": "Africa/Nairobi", "mode": "virtual",
                         "position": "77"},
        "agenda_item": {"session_id": "plan_session", "position": "77"},
        "call": {"meeting_id": "meeting", "opens": "2027-01-01T10:00", "closes": "2027-02-01T10:00",
                 "languages": "en\nfr"},
        "offer": {"meeting_id": "meeting", "call_id": "", "presenter_id": "stakeholder", "language": "fr",
                  "stakeholder_class": "industry", "co_presenters-0": ""},
        "contribution": {"contribution_kind": "study", "stakeholder_id": "stakeholder",
                         "item_id": "topic", "session_id": "plan_session"},
        "output": {"output_kind": "report", "versions-0-number": "1", "versions-0-on_text": "2027",
                   "body_id": "group"},
        "decision": {"meeting_id": "meeting", "session_id": "plan_session", "agenda_item_id": "", "verb": "welcomes",
                     "position": "9"},
        "follow_up": {"comes_from_id": "plan_session", "owner_email": "who@example.org", "due_on": "2027-09-01",
                      "due_session_id": "", "due_offset_days": ""},
        "document": {"doc_kind": "proposal", "symbol": "ATT/CSP13/2027/SEC/955/Conf.Prop", "body_id": "group",
                     "meeting_id": "meeting", "languages-0-language": "ar", "languages-0-url": "https://a.example/x",
                     "annex_of_id": "document", "annex_label": "Z", "supersedes_id": "", "original_language": "ar",
                     "standing": "draft"},
        "source": {"source_kind": "treaty", "extent": "part"},
        "instrument": {"instrument_kind": "treaty", "binding": "none", "parent_id": "instrument",
                       "amended_years": "2001\n2003", "aliases": "One\nTwo", "region": "Africa",
                       "adopted_year": "1999", "in_force_year": "2000", "party_count": "12"},
        "stakeholder": {"iso2": "XW", "stakeholder_class": "", "also_class": "", "of_state_id": "", "sector": "bank",
                        "role": "donor_fund", "region": "Asia", "statuses-0-status": "signatory",
                        "statuses-0-from_text": "2014-05", "statuses-0-known_text": "2020"},
        "person": {"email": "person@example.org", "kept_by_id": "group", "stakeholder_id": "stakeholder",
                   "delegations-0-stakeholder_id": "stakeholder", "delegations-0-role": "member",
                   "delegations-0-from_on": "2027-01-01"},
        "plan_version": {"plan_id": "other_plan", "comments_until_local": ""},
    }  # fmt: skip
    return by_kind[kind]


def typed(kind: str, fields: list[tuple[str, str]], ids: dict[str, int]) -> dict[str, list[str]]:
    """Return the fields of a form of a kind, each of them filled."""
    given = filled(kind, ids)
    sent = with_values(fields)
    for name in list(sent):
        spec_field = SPECS[kind].field(name)
        if name in ("rev", "base"):
            continue
        if name in given:
            text = given[name]
            sent[name] = [str(ids[text]) if name.endswith("_id") and text in ids else str(text)]
        elif spec_field is not None and isinstance(spec_field.kind, Text):
            sent[name] = [MARKUP[: spec_field.kind.most]]
        elif spec_field is not None and isinstance(spec_field.kind, Number):
            sent[name] = ["3"]
        elif name in ("shape", "wished_outputs", "offer_kinds"):
            sent[name] = ["One\nTwo"]
    if kind == "stakeholder":
        sent["is_state"] = ["y"]
    return sent


def comparable(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return what fields hold; how a reference is typed and how line ends are sent does not matter."""
    held: dict[str, list[str]] = {}
    for name, value in fields:
        text = value.replace("\r\n", "\n").strip()
        if name.endswith("_id") and text.endswith(")"):
            text = text.rpartition("(#")[2].rstrip(")")
        if name not in ("rev", "base", "reason") and text:
            held.setdefault(name, []).append(text)
    return held


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_is_saved_and_shown(full_app, sign_in, ids, kind):
    admin = sign_in("admin")
    with full_app.app_context():
        free = db.session.scalars(select(Plan.id).where(Plan.origin == "record").order_by(Plan.id)).first()
        ids["other_plan"] = free
    new = admin.get(f"/administration/new/{kind}")
    sent = typed(kind, fields_of(new.data), ids)
    answer = admin.post(f"/administration/new/{kind}", data=sent)
    assert (answer.status_code, errors_of(answer.data)) == (303, [])
    with full_app.app_context():
        record = db.session.scalars(select(Record).where(Record.kind == kind).order_by(Record.id.desc())).first()
        assert audit_chain.broken_audit_entry() is None
        created = select(func.count()).where(AuditEntry.record_id == record.id, AuditEntry.action == "create")
        assert db.session.scalar(created) == 1
    edit = admin.get(f"/records/{record.id}/edit")
    wanted = comparable([(name, value) for name, values in sent.items() for value in values])
    # others see a new body at once, so its address stays
    fixed = {field.name for field in SPECS[kind].fields if field.fixed} | ({"slug"} if kind == "body" else set())
    held = comparable(fields_of(edit.data))
    assert {n: v for n, v in held.items() if n in wanted} == {n: v for n, v in wanted.items() if n not in fixed}
    for address in (answer.headers["Location"], f"/records/{record.id}/history", f"/records/{record.id}/links"):
        page = admin.get(address)
        assert (address, page.status_code, b"<script>alert" in page.data) == (address, 200, False)


def test_only_officers_get_the_form_of_a_new_record(sign_in, client):
    others = {name: sign_in(name) for name in ("delegate", "observer", "ngo", "signatory")}
    for kind in KINDS:
        address = f"/administration/new/{kind}"
        read = {name: other.get(address).status_code for name, other in others.items()}
        sent = {name: other.post(address, data={"title": "x"}).status_code for name, other in others.items()}
        strange = [client.get(address).status_code, client.post(address, data={"title": "x"}).status_code]
        assert (kind, read, sent, strange) == (kind, dict.fromkeys(others, 403), dict.fromkeys(others, 403), [303, 303])


def test_bad_input_changes_nothing(full_app, sign_in):
    admin = sign_in("admin")
    with full_app.app_context():
        before = state_of_everything()
    for kind in [*KINDS, "release", "nothing", "treaty_article"]:
        answers = []
        for text in ("", "a\x00b", "\x1b[31m", "x" * 1001, "\udcff", "' OR 1=1 --", "9" * 400):
            fields = {field.name: text for field in SPECS[kind].fields} if kind in SPECS else {"title": text}
            fields.update({f"{name}-0": text for name in ("submitters", "languages-0-language", "statuses-0-status")})
            data = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
            answers.append(admin.post(f"/administration/new/{kind}", data=data).status_code)
        answers.append(admin.post(f"/administration/new/{kind}", data={"title": "x" * 10_000_000}).status_code)
        assert (kind, {400 <= answer < 500 for answer in answers}) == (kind, {True})
        with full_app.app_context():
            assert (kind, state_of_everything()) == (kind, before)


def state_of_everything() -> tuple[int, int, int]:
    return (
        db.session.scalar(select(func.count()).select_from(Record)) or 0,
        db.session.scalar(select(func.sum(Record.rev))) or 0,
        db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0,
    )


def test_what_was_typed_stays_after_an_error(full_app, sign_in, ids):
    chair = sign_in("chair")
    address = f"/administration/new/plan_session?meeting={ids['meeting']}"
    sent = with_values(
        fields_of(chair.get(address).data), title=MARKUP, on_text="31/02/2027", start="25:00", end="11:00"
    )
    answer = chair.post(address, data=sent)
    assert answer.status_code == 422
    held = dict(fields_of(answer.data))
    assert (held["title"], held["on_text"], held["start"]) == (MARKUP, "31/02/2027", "25:00")
    assert [text.partition(":")[0] for text in errors_of(answer.data)] == ["Date", "Start"]


def test_two_editors_over_http(full_app, sign_in, ids):
    admin, secretariat = sign_in("admin"), sign_in("secretariat")
    address = f"/records/{ids['document']}/edit"
    first, second = fields_of(admin.get(address).data), fields_of(secretariat.get(address).data)
    assert admin.post(address, data=with_values(first, title="Theirs", note="only theirs")).status_code == 303
    conflict = secretariat.post(address, data=with_values(second, title="Mine", pages="321"))
    assert conflict.status_code == 409
    assert all(text in conflict.data for text in (b"Theirs", b"Mine", b"only theirs", b"321"))
    answer = secretariat.post(address, data=with_values(fields_of(conflict.data, "edit"), keep_title="yours"))
    assert answer.status_code == 303
    held = dict(fields_of(admin.get(address).data))
    assert (held["title"], held["note"], held["pages"]) == ("Mine", "only theirs", "321")


def test_their_text_may_be_kept(full_app, sign_in, ids):
    admin, secretariat = sign_in("admin"), sign_in("secretariat")
    address = f"/records/{ids['document']}/edit"
    first, second = fields_of(admin.get(address).data), fields_of(secretariat.get(address).data)
    admin.post(address, data=with_values(first, title="Theirs"))
    conflict = secretariat.post(address, data=with_values(second, title="Mine", pages="321"))
    secretariat.post(address, data=with_values(fields_of(conflict.data, "edit"), keep_title="theirs"))
    held = dict(fields_of(admin.get(address).data))
    assert (held["title"], held["pages"]) == ("Theirs", "321")


def test_of_many_who_save_at_once_one_is_first_and_the_others_are_told(full_app, sign_in, ids):
    address = f"/records/{ids['document']}/edit"
    editors = [sign_in(name) for name in ("admin", "secretariat", "admin", "secretariat")]
    sent = [with_values(fields_of(one.get(address).data), title=f"By {n}") for n, one in enumerate(editors)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda pair: pair[0].post(address, data=pair[1]).status_code, zip(editors, sent, strict=True))
        )
    assert sorted(answers) == [303, 409, 409, 409]
    with full_app.app_context():
        title = db.session.scalar(select(Record.title).where(Record.id == ids["document"]))
        assert title == f"By {answers.index(303)}"
        assert audit_chain.broken_audit_entry() is None
