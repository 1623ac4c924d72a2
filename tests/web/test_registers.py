"""Registers over HTTP: what addresses may ask, what a CSV holds, what it costs, and what nobody may learn."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from planner.rules.audience import Ground
from planner.services.registers import REGISTERS
from planner.web.urls import REGISTER_PAGES
from tests.conftest import SignIn
from tests.factories.document import make_document
from tests.factories.meeting import make_body, make_meeting
from tests.factories.offer import make_organisation
from tests.factories.output import make_decision, make_follow_up, make_output

Counting = Callable[[Flask], AbstractContextManager[Any]]
BAD = [
    "/documents?page=abc",
    "/documents?page=-1",
    "/documents?page=99",
    "/documents?page=99999999999999999999",
    "/documents?sort=nothing",
    "/documents?cycle=CSP99",
    "/documents?language=tlh",
    "/documents?under=x",
    "/documents?format=xlsx",
    "/documents?q=%00",
    "/documents?q=%ff",
    "/follow-ups?state=lost",
    "/follow-ups?overdue=maybe",
    "/stakeholders?class=emperor",
    "/decisions?verb=loves",
    "/offices?role=king",
    "/search?page=x&q=a",
    "/search?kind=cat&q=a",
    "/broken-links?origin=moon",
    "/meetings?nonsense=1",
    "/sessions?body_id=693",
]


def addresses(app: Flask) -> list[str]:
    with app.test_request_context():
        return [url_for(endpoint) for endpoint in REGISTER_PAGES.values()]


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.parametrize("address", [*BAD, "/documents?q=" + "a" * 500, "/search?q=" + "a" * 500])
def test_an_address_that_cannot_be_right_is_refused_with_a_sentence(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    if "%" not in address:
        assert "<h1>" in response.text


@pytest.mark.parametrize("path", ["/documents", "/search"])
def test_a_question_of_ten_megabytes_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(f"{path}?q={'a' * 10_000_000}").status_code == 414


def test_every_register_has_its_page_and_the_same_rows_as_csv(full_app: Flask, client: FlaskClient) -> None:
    for name, endpoint in REGISTER_PAGES.items():
        with full_app.test_request_context():
            address = url_for(endpoint)
        page, export = client.get(address), client.get(f"{address}?format=csv&illustrations=include")
        assert (page.status_code, export.status_code) == (200, 200), name
        assert export.headers["Content-Disposition"] == f'attachment; filename="{name}-public.csv"'
        rows = rows_of(export)
        said = (f" of {len(rows)}.", f"{len(rows)} record{'' if len(rows) == 1 else 's'}.")
        assert any(words in page.text for words in said) or not rows, name
        heads = [*(str(column.label) for column in _columns(full_app, name)), "Origin", "Known", "Withdrawn"]
        assert export.text.splitlines()[0] == ",".join(heads), name


def test_an_export_says_of_each_row_where_it_is_from_and_holds_the_example_only_if_asked(
    full_app: Flask, client: FlaskClient
) -> None:
    origins, known = set(), set()
    for address in addresses(full_app):
        alone, whole = (rows_of(client.get(f"{address}?format=csv{more}")) for more in ("", "&illustrations=include"))
        assert {row["Origin"] for row in alone} <= {"the record", "entered here"}, address
        assert [row for row in whole if row["Origin"] != "illustration"] == alone, address
        origins |= {row["Origin"] for row in whole}
        known |= {row["Known"] for row in whole}
    assert origins == {"the record", "illustration"}
    assert known == {"", "recalled, not checked"}
    assert client.get("/meetings?format=csv&illustrations=yes").status_code == 400
    assert "illustrations=include" in client.get("/meetings").text


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63, 10**30])
def test_a_number_that_no_record_has_is_not_found(
    full_app: Flask, client: FlaskClient, sign_in: SignIn, number: int
) -> None:
    chair, tried = sign_in("chair"), 0
    for rule in full_app.url_map.iter_rules():
        if "int:" in rule.rule and "GET" in (rule.methods or ()) and rule.arguments <= {"record_id", "feed_id"}:
            with full_app.test_request_context():
                address = rule.rule.replace("<int:record_id>", str(number)).replace("<int:feed_id>", str(number))
            assert chair.get(address).status_code == 404, address
            tried += 1
    assert tried > 30


def _columns(app: Flask, name: str) -> Any:
    from planner.access.viewer import public

    with app.app_context():
        return REGISTERS[name].source(public(date(2026, 11, 24))).columns


def test_the_list_of_registers_counts_what_each_shows(full_app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    for browser in (client, sign_in("chair")):
        hub = browser.get("/registers").text
        for address in addresses(full_app):
            if address == "/people":
                continue
            rows = rows_of(browser.get(f"{address}?format=csv&illustrations=include"))
            assert f'<a href="{address}">' in hub
            line = hub[hub.index(f'<th scope="row" class="fill"><a href="{address}">') :]
            assert line[: line.index("</tr>")].endswith(f'<td class="num" data-label="Records">{len(rows)}</td>'), (
                address
            )
    assert 'href="/people"' not in client.get("/registers").text
    assert 'href="/people"' in sign_in("chair").get("/registers").text


def test_registers_and_records_keep_to_their_budget(
    full_app: Flask, client: FlaskClient, sign_in: SignIn, count_queries: Counting
) -> None:
    chair = sign_in("chair")
    pages = [*addresses(full_app), "/registers", "/search?q=diversion", "/broken-links", *_records(full_app)]
    for browser, budget in ((client, 10), (chair, 14)):
        for address in pages:
            with count_queries(full_app) as counted:
                browser.get(address)
            assert counted.count <= budget, (address, counted.statements)


def _records(app: Flask) -> list[str]:
    from sqlalchemy import func, select

    from planner.core.db import db
    from planner.models import Record
    from planner.web.urls import PAGES

    with app.test_request_context():
        ids = db.session.execute(select(Record.kind, func.max(Record.id)).group_by(Record.kind))
        return [url_for(PAGES[kind][0], record_id=one) for kind, one in ids if kind in PAGES]


def _fill(count: int) -> None:
    body = make_body(f"wg-{count}")
    meeting = make_meeting(body, ref=f"meeting-{count}", start_on="2026-02-16")
    for number in range(count):
        owner = make_organisation(f"Owner {count}-{number}")
        paper = make_document(f"Paper {count}-{number}", body_id=body.id)
        output = make_output(f"Output {count}-{number}", document_id=paper.id, body_id=body.id)
        make_decision(meeting, f"Decision {count}-{number}", position=number, asked_id=owner.id)
        make_follow_up(f"Task {count}-{number}", owner_id=owner.id, comes_from_id=output.id, due_on=date(2026, 10, 1))


def test_one_row_and_thirty_cost_the_same(app: Flask, count_queries: Counting) -> None:
    lists = ("/documents", "/outputs", "/decisions", "/follow-ups", "/stakeholders")
    with app.app_context():
        _fill(1)
    one = {address: _cost(app, count_queries, address, "1 record.") for address in lists}
    with app.app_context():
        _fill(30)
    assert {address: _cost(app, count_queries, address, "of 31.") for address in lists} == one


def _cost(app: Flask, count_queries: Counting, address: str, shown: str) -> int:
    with count_queries(app) as counted:
        assert shown in app.test_client().get(address).text
    return counted.count


def test_a_csv_holds_no_formula(app: Flask) -> None:
    with app.app_context():
        for title in ("=1+1", "+1", "-1", "@now", "\tx", "plain, with a comma"):
            make_document(title)
    titles = [
        row["Title"] for row in rows_of(app.test_client().get("/documents?format=csv&illustrations=include&sort=title"))
    ]
    assert sorted(titles) == sorted(["'=1+1", "'+1", "'-1", "'@now", "'\tx", "plain, with a comma"])


def test_what_is_closed_is_nowhere(app: Flask) -> None:
    with app.app_context():
        closed = {
            "documents": make_document("Hidden paper", audience_own=int(Ground.STATES)),
            "outputs": make_output("Hidden output", audience_own=int(Ground.STATES)),
            "follow-ups": make_follow_up("Hidden task", published=False),
        }
        make_output("Open output", document_id=closed["documents"].id)
        make_follow_up("Open task", owner_id=closed["outputs"].id, comes_from_id=closed["outputs"].id)
        pages = [f"/{name}/{record.id}" for name, record in closed.items()]
        shown = [f"/outputs/{closed['outputs'].id + 2}", "/broken-links", "/search?q=hidden", "/registers"]
        lists = [
            f"/{name}{query}" for name in closed for query in ("", "?q=hidden", "?format=csv&illustrations=include")
        ]
    browser = app.test_client()
    assert {browser.get(page).status_code for page in pages} == {404}
    for address in [*shown, *lists]:
        response = browser.get(address)
        assert "Hidden" not in response.text, address


def test_an_overdue_follow_up_is_told_as_a_fault_with_its_days(client: FlaskClient) -> None:
    text = client.get("/follow-ups?overdue=yes").text
    assert '<tr class="is-fault">' in text
    assert "days overdue" in text
