"""The page on which two versions of a plan are compared: the record, the illustration, planted plans."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html
from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.models import ItemKind, PlanVersion
from planner.rules.redline import apply, compare
from planner.services.plans.texts import read_texts
from tests.conftest import NOW
from tests.factories.cycle import make_cycle
from tests.factories.meeting import make_body
from tests.factories.plan import carry_over, make_item, make_plan, make_version, revise

MOST = 12
ANYBODY = Viewer(day=NOW.date())


@pytest.fixture
def versions(full_app):
    """The ids of all versions by their keys."""
    with full_app.app_context():
        return dict(db.session.execute(select(PlanVersion.ref, PlanVersion.id)).all())


def sentences(page: str) -> list[str]:
    """Return the list of changes as the page tells them."""
    found = html.fromstring(page).xpath("//section[@id='changes']//li")
    return [" ".join(" ".join(li.xpath("text()")).split()) for li in found]


def test_the_record_shows_two_versions_and_makes_nothing_up(client, versions):
    second = next(key for key in versions if key.endswith("/v2") and not key.startswith("ill-"))
    first = second.replace("/v2", "/v1")
    page = client.get(f"/plan-versions/{versions[second]}/redline").text
    said = " ".join(html.fromstring(page).xpath("string(//main)").split())
    assert "What changed from Version 1 to Version 2." in said
    assert "The texts of these versions are not held here." in said
    assert "30 August 2019" in said
    assert "April 2020" in said
    assert (
        "Whole schedule moved back by six months to a year after meetings were cancelled; nothing else changed" in said
    )
    assert "Multi-year workplan for the WGETI Sub-working Group on Article 11" in said
    assert (sentences(page), "<ins>" in page.partition('id="redline"')[2]) == ([], False)
    assert client.get(f"/plan-versions/{versions[second]}/redline?against={versions[first]}").text == page


def test_the_illustration_says_what_its_third_version_changed(client, versions):
    third = next(key for key in versions if key.endswith("/v3"))
    page = client.get(f"/plan-versions/{versions[third]}/redline").text
    assert sentences(page) == [
        "“Denials: what comes back to the licensing office” carries on “Denials: who tells whom”.",
        "“What has another office done with a denial that you told it of?” is new, in CSP14.",
        "“Recommendation on telling others of a denial” is new, in CSP14.",
        "“Carriers, shippers, insurers” moves from CSP14 to CSP15.",
        "“Banks and financing of transfers” is new, in CSP17.",
        "“Which payments around a transfer would make a bank ask a question?” is new, in CSP17.",
    ]


def test_the_whole_illustration_moved_by_a_cycle_says_that_and_nothing_else(full_app, versions):
    third = next(key for key in versions if key.endswith("/v3"))
    with full_app.app_context():
        text = read_texts(ANYBODY, [versions[third]]).by_version[versions[third]]
    assert [(change.kind, change.new) for change in compare(text, text.shifted(1)).changes] == [("shifted", 1)]


def test_any_two_versions_of_the_illustration_can_be_made_of_each_other(full_app, versions, actor):
    ids = [id_ for key, id_ in versions.items() if key.startswith("ill-")]
    with full_app.app_context():
        texts = read_texts(actor, ids).by_version
    for old in texts.values():
        for new in texts.values():
            assert apply(compare(old, new), old) == new


def test_a_working_copy_is_compared_for_officers_alone(client, sign_in, versions):
    copy = next(key for key in versions if key.endswith("working-copy"))
    third = copy.replace("working-copy", "v3")
    chair = sign_in("chair")
    own = chair.get(f"/plan-versions/{versions[copy]}/redline")
    assert "“Post-delivery verification, by agreement”: Title changed." in sentences(own.text)
    other_way = chair.get(f"/plan-versions/{versions[third]}/redline?against={versions[copy]}")
    assert other_way.status_code == 200
    for who in (client, sign_in("delegate"), sign_in("observer")):
        assert who.get(f"/plan-versions/{versions[copy]}/redline").status_code == 404
        assert who.get(f"/plan-versions/{versions[third]}/redline?against={versions[copy]}").status_code == 404
        assert "Working copy" not in who.get(f"/plan-versions/{versions[third]}/redline").text


@pytest.mark.parametrize(("against", "status"), [("x", 400), ("9" * 30, 400), ("-1", 400), ("999999", 404), ("", 200)])
def test_an_address_that_cannot_be_right_is_refused(client, versions, against, status):
    third = next(key for key in versions if key.endswith("/v3"))
    assert client.get(f"/plan-versions/{versions[third]}/redline?against={against}").status_code == status


def test_versions_of_two_plans_are_not_compared(client, versions):
    third = next(key for key in versions if key.endswith("/v3"))
    stranger = next(id_ for key, id_ in versions.items() if key.rpartition("/")[0] != third.rpartition("/")[0])
    assert client.get(f"/plan-versions/{versions[third]}/redline?against={stranger}").status_code == 404


@pytest.fixture
def planted(app):
    """Ten cycles and 200 items in two versions: the second says the same, a cycle later, but for one split."""
    with app.app_context():
        body = make_body("Group")
        cycles = [make_cycle(number) for number in range(1, 13)]
        plan = make_plan(body, ref="plan", first=cycles[0], last=cycles[-1])
        old, new = make_version(plan, 1), make_version(plan, 2, based_on_id=None)
        held = []
        for number, cycle in enumerate(cycles[:10]):
            theme = make_item(old, ItemKind.THEME, ref=f"Theme {number}", cycle=cycle)
            held.append((theme, cycle, None))
            for place in range(19):
                item = make_item(old, ItemKind.TOPIC, ref=f"Topic {number}.{place}", parent=theme, cycle=cycle)
                held.append((item, cycle, theme))
        later = dict(zip([one.id for one in cycles], cycles[1:], strict=False))
        for item, cycle, theme in held:
            revise(item, new, parent=theme, cycle=later[cycle.id], is_shown=False)
        split = make_item(new, ItemKind.TOPIC, ref="Half of 3.4", parent=held[60][0], cycle=cycles[4])
        carry_over(held[65][0], split, kind="split")
        return new.id


def test_a_planted_shift_of_a_long_plan_is_told_as_one_in_few_queries(app, planted, count_queries):
    client = app.test_client()
    with count_queries(app) as counted:
        page = client.get(f"/plan-versions/{planted}/redline").text
    assert sentences(page) == [
        "The whole schedule moves one cycle later.",
        "“Topic 3.4” is split: “Half of 3.4” is made of it.",
    ]
    assert counted.count <= MOST, counted.statements


def test_texts_hold_what_versions_say(full_app, versions):
    third = next(key for key in versions if key.endswith("/v3"))
    with full_app.app_context():
        text = read_texts(ANYBODY, [versions[third]]).by_version[versions[third]]
    found = next(item for item in text.items if item.title == "Banks and financing of transfers")
    assert replace(found, id=0, parent_id=0, cycle=0).said == {
        "title": "Banks and financing of transfers",
        "text": "What a bank sees of a transfer and of its parties, and when that is a warning. (2c)",
        "articles": ("11(2)", "11(5)"),
        "stages": ("Before the transfer (country of origin, point of embarkation)",),
    }
