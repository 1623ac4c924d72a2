"""Pages and registers of the plan area over HTTP, over the record and the illustration."""

import re

import pytest
from sqlalchemy import select

from planner.core import clock
from planner.core.db import db
from planner.models import Cycle, ItemKind, Plan, PlanItem, PlanVersion, Record, VersionKind
from tests.conftest import NOW, on_database
from tests.factories.cycle import make_cycle
from tests.factories.meeting import make_body
from tests.factories.plan import make_item, make_plan, make_version
from tests.factories.treaty import make_article, make_stage

REGISTERS = (
    "/plans", "/themes", "/topics", "/questions", "/expected-outputs", "/cycles", "/articles", "/stages",
)  # fmt: skip
MOST = 10


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """Let it be the day on which the illustration of the tests was loaded."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def id_of(full_app):
    def find(kind, ref):
        with full_app.app_context():
            return db.session.scalars(select(kind.id).where(kind.ref == ref)).one()

    return find


def words(response):
    """Return what a page says, tags taken out and blanks in one."""
    assert response.status_code == 200, response.status
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&#39;", "'")


def test_the_plan_shows_record_and_illustration_side_by_side(client):
    text = client.get("/plan").text
    assert 'class="plan-page"' in text
    said = words(client.get("/plan"))
    assert "The plan on diversion, CSP5 to CSP17" in said
    assert "delayed to CSP7" in said
    assert "established, CSP6; 5 closed meetings, August 2022 to August 2024; confirmed, CSP10" in said
    assert "Its text is not held here." in said


def test_the_verbs_are_the_conferences_own(client):
    text = client.get("/plan").text
    table = text.partition("What the Conference did</caption>")[2].partition("</table>")[0]
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in table.split("<tr>")[2:]]
    shown = {re.sub(r"\s+", " ", row).strip() for row in rows}
    assert any(r.startswith("endorsed Version 1 Multi-year work plan of the WGETI Sub-working Group on") for r in shown)
    assert any(row.startswith("welcomed Version 1") and "CSP10" in row for row in shown)
    assert not any("adopted Version" in row for row in shown)


def test_the_picture_can_be_of_one_plan(client, id_of):
    said = words(client.get(f"/plan?plan={id_of(Plan, 'plan-enip')}"))
    assert "Brokering" in said
    assert "Diversion risk indicators" not in said
    assert client.get("/plan?plan=999999").status_code == 404
    assert client.get("/plan?plan=one").status_code == 400
    assert client.get("/plan?body=no-such-body").status_code == 404


def test_a_plan_tells_that_it_is_a_reconstruction(client, id_of):
    said = words(client.get(f"/plans/{id_of(Plan, 'plan-art11')}"))
    assert "What is shown is a reconstruction" in said
    assert "Whole schedule moved back by six months to a year" in said
    assert "section 2b" in said
    assert "The sub-group no longer appears in the CSP10 cycle" in said
    assert "Written for this project as a stand-in. Not a text of the Treaty’s bodies." in said


def test_a_version_whose_text_is_not_held_says_so(client, id_of):
    said = words(client.get(f"/plan-versions/{id_of(PlanVersion, 'plan-art11/v2')}"))
    assert "The text of this version is not held here." in said
    assert "lapsed" in said


def test_a_topic_tells_where_it_comes_from_and_goes(client, id_of):
    said = words(client.get(f"/plan-items/{id_of(PlanItem, 't7-1')}"))
    carried = "carried over from Assessing the risk of diversion of an export CSP6 to Items delayed from the previous"
    assert carried in said.replace("  ", " ")
    said = words(client.get(f"/plan-items/{id_of(PlanItem, 't6-1')}"))
    assert "carried over from Assessing the risk" in said


def test_a_derived_question_is_marked(client, id_of):
    said = words(client.get(f"/plan-items/{id_of(PlanItem, 'q-1')}"))
    assert "Written for this project as a stand-in. Not a text of the Treaty’s bodies." in said


def test_a_cycle_tells_its_days_plainly(client, id_of):
    said = words(client.get(f"/cycles/{id_of(Cycle, 'CSP6')}"))
    assert "From 31 August 2019 to 21 August 2020, both days included." in said
    assert "to CSP7 Assessing the risk of diversion of an export" in said.replace("  ", " ")
    said = words(client.get(f"/cycles/{id_of(Cycle, 'CSP1')}"))
    assert "its first day is not known" in said


@pytest.mark.parametrize("name", ["stranger", "observer", "delegate"])
def test_the_working_copy_shows_nowhere_but_to_officers(full_app, client, sign_in, name):
    with full_app.app_context():
        hidden = db.session.execute(
            select(PlanItem.id, PlanItem.title).where(PlanItem.published.is_(False), PlanItem.public_title.is_(None))
        ).all()
        working = db.session.scalars(
            select(PlanVersion.id).where(PlanVersion.version_kind == VersionKind.WORKING_COPY)
        ).one()
    assert hidden
    browser = client if name == "stranger" else sign_in(name)
    pages = [words(browser.get(url)) for url in ("/plan", *REGISTERS)]
    for record_id, title in hidden:
        assert not any(title in page for page in pages), title
        assert browser.get(f"/plan-items/{record_id}").status_code == 404
    assert browser.get(f"/plan-versions/{working}").status_code == 404
    chair = sign_in("chair")
    assert chair.get(f"/plan-versions/{working}").status_code == 200
    for record_id, _title in hidden:
        assert chair.get(f"/plan-items/{record_id}").status_code == 200


def test_every_record_of_the_area_has_its_page(full_app, client):
    kinds = {"plan": "plans", "plan_version": "plan-versions", "plan_item": "plan-items", "cycle": "cycles",
             "treaty_article": "articles", "stage": "stages"}  # fmt: skip
    with full_app.app_context():
        rows = db.session.execute(
            select(Record.kind, Record.id).where(Record.kind.in_(list(kinds)), Record.published)
        ).all()
    statuses = {(kind, client.get(f"/{kinds[kind]}/{record_id}").status_code) for kind, record_id in rows}
    assert statuses == {(kind, 200) for kind in kinds}


@pytest.mark.parametrize("url", ["/plans/1", "/plan-items/999999", "/cycles/999999", "/stages/999999", "/articles/0"])
def test_what_is_not_there_is_404(client, url):
    assert client.get(url).status_code == 404


def _grow(rows):
    cycles = [make_cycle(11 + number) for number in range(2)]
    body = make_body("wg")
    articles = [make_article(str(number), position=number) for number in range(1, 1 + rows)]
    stages = [make_stage(number, articles[number - 1]) for number in range(1, 1 + rows)]
    for number in range(rows):
        plan = make_plan(body, ref=f"plan {number}", first=cycles[0])
        version = make_version(plan, 1)
        theme = make_item(version, ItemKind.THEME, ref=f"theme {number}", cycle=cycles[0], stages=stages[:2])
        topic = make_item(
            version, ItemKind.TOPIC, ref=f"topic {number}", parent=theme, cycle=cycles[0], articles=articles[:2]
        )
        for kind, parent in ((ItemKind.QUESTION, topic), (ItemKind.EXPECTED_OUTPUT, theme)):
            make_item(version, kind, ref=f"{kind} {number}", parent=parent, articles=articles[:1], stages=stages[:1])
        last = (plan, version, theme, topic)
    return [
        "/plan", *REGISTERS,
        f"/plans/{last[0].id}", f"/plan-versions/{last[1].id}", f"/plan-items/{last[2].id}",
        f"/plan-items/{last[3].id}", f"/cycles/{cycles[0].id}", f"/articles/{articles[0].id}",
        f"/stages/{stages[0].id}",
    ]  # fmt: skip


def _costs(app, count_queries, rows):
    with app.app_context():
        urls = _grow(rows)
    costs = []
    for url in urls:
        with count_queries(app) as counted:
            assert app.test_client().get(url).status_code == 200
        costs.append((re.sub(r"\d+", "n", url), counted.count))
    return costs


def test_pages_cost_the_same_with_one_and_with_thirty_rows(app, count_queries, databases, empty_template, the_app):
    one = _costs(app, count_queries, 1)

    url = databases.new(empty_template)
    with on_database(the_app, url):
        assert _costs(the_app, count_queries, 30) == one
    databases.drop(url)
    assert [entry for entry in one if entry[1] > MOST] == []


def test_the_pages_are_in_budget_over_all_data(full_app, sign_in, client, count_queries, id_of):
    urls = ["/plan", *REGISTERS, f"/plans/{id_of(Plan, 'plan-art11')}", f"/plan-items/{id_of(PlanItem, 't7-1')}",
            f"/cycles/{id_of(Cycle, 'CSP6')}"]  # fmt: skip
    for browser, most in ((client, MOST), (sign_in("chair"), 13)):
        for url in urls:
            with count_queries(full_app) as counted:
                assert browser.get(url).status_code == 200
            assert counted.count <= most, (url, counted.count)
