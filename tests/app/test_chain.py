"""The whole chain, walked over HTTP from a mandate to a follow-up and back again."""

from __future__ import annotations

from itertools import pairwise

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from planner.access.viewer import public
from planner.access.visibility import visible
from planner.core import clock
from planner.core.db import db
from planner.models import ChainLink, PlanItem, Record
from planner.web.urls import record_url

STATIONS = ("document", "plan", "theme", "topic", "question", "plan_session", "output", "follow_up")


def whole_line(app: Flask) -> list[tuple[str, int]]:
    """Return one line of records that holds every station, as far as a stranger may see: (address, id)."""
    with app.app_context():
        station = dict(
            db.session.execute(
                select(Record.id, Record.kind).where(visible(public(clock.today())), Record.kind != "plan_item")
            ).all()
        )
        station |= dict(db.session.execute(select(PlanItem.id, PlanItem.item_kind)).all())
        below: dict[int, list[int]] = {}
        for upper, lower in db.session.execute(
            select(ChainLink.upper_id, ChainLink.lower_id).order_by(ChainLink.lower_id)
        ):
            below.setdefault(upper, []).append(lower)
        kinds = {record_id: str(kind) for record_id, kind in station.items()}
        starts = [[record_id] for record_id, kind in kinds.items() if kind == STATIONS[0]]
        line = next((found for start in starts if (found := _further(start, kinds, below))), [])
        records = {r.id: r.kind for r in db.session.scalars(select(Record).where(Record.id.in_(line)))}
    with app.test_request_context():
        return [(record_url(records[record_id], record_id), record_id) for record_id in line]


def _further(line: list[int], kinds: dict[int, str], below: dict[int, list[int]]) -> list[int]:
    if len(line) == len(STATIONS):
        return line
    wanted = STATIONS[len(line)]
    steps = [record_id for record_id in below.get(line[-1], []) if kinds.get(record_id) == wanted]
    return next((found for step in steps if (found := _further([*line, step], kinds, below))), [])


def links_of(client: FlaskClient, address: str) -> set[str]:
    response = client.get(address)
    assert response.status_code == 200, address
    return set(
        html.document_fromstring(response.text).xpath("//nav[contains(@class,'chain')]//a/@href | //main//a/@href")
    )


def test_the_chain_is_walked_in_both_directions(full_app: Flask) -> None:
    line = whole_line(full_app)
    assert len(line) == len(STATIONS)
    client = full_app.test_client()
    for (here, _), (after, _) in pairwise(line):
        assert after in links_of(client, here), (here, after)
        assert here in links_of(client, after), (after, here)


def test_every_page_of_the_line_shows_all_nine_stations(full_app: Flask) -> None:
    client = full_app.test_client()
    for address, _ in whole_line(full_app):
        tree = html.document_fromstring(client.get(address).text)
        kinds = [node.text_content() for node in tree.xpath("//nav[contains(@class,'chain')]//span[@class='kind']")]
        assert kinds == [
            "Mandate", "Plan", "Theme", "Topic", "Question", "Session", "Output", "Action", "Follow-up"
        ], address  # fmt: skip
        assert len(tree.xpath("//nav[contains(@class,'chain')]//li[@aria-current='location']")) == 1


def test_what_is_no_station_stands_where_its_parts_do(full_app: Flask) -> None:
    client = full_app.test_client()
    kinds = ("plan_version", "cycle", "body", "stage", "treaty_article", "stakeholder", "meeting")
    for kind in kinds:
        with full_app.app_context():
            ids = db.session.scalars(select(Record.id).where(visible(public(clock.today())), Record.kind == kind)).all()
        with full_app.test_request_context():
            addresses = [record_url(kind, record_id) for record_id in ids]
        most: list[str] = []
        for address in addresses[:8] + addresses[-8:]:
            tree = html.document_fromstring(client.get(address).text)
            hrefs = [str(href) for href in tree.xpath("//nav[contains(@class,'chain')]//a/@href")]
            assert len(hrefs) == len(set(hrefs)), address
            most = max(most, hrefs, key=len)
        assert most, kind
