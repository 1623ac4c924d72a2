"""Presentations and calls: owners and officers see what has no place yet, everybody else what the release holds."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask

from tests.factories.programme import VIEWERS, Programme, client_of


def statuses(app: Flask, address: str) -> dict[str, int]:
    return {viewer: client_of(app, viewer).get(address).status_code for viewer in VIEWERS}


def titles(app: Flask, viewer: str) -> set[str]:
    answer = client_of(app, viewer).get("/presentations?format=csv&illustrations=include")
    return {row["Presentation"] for row in csv.DictReader(io.StringIO(answer.text))}


def test_pages_that_are_there_for_each(app: Flask, made: Programme):
    everybody = dict.fromkeys(VIEWERS, 200)
    owner = {**dict.fromkeys(VIEWERS, 404), "delegate": 200, "officer": 200}
    assert {
        "placed": statuses(app, f"/presentations/{made.placed}"),
        "moved": statuses(app, f"/presentations/{made.moved}"),
        "closed": statuses(app, f"/presentations/{made.closed}"),
        "unplaced": statuses(app, f"/presentations/{made.unplaced}"),
        "withdrawn": statuses(app, f"/presentations/{made.withdrawn}"),
        "call": statuses(app, f"/calls/{made.call}"),
    } == {
        "placed": everybody,
        "moved": everybody,
        "closed": {**everybody, "stranger": 404, "observer": 404},
        "unplaced": owner,
        "withdrawn": owner,
        "call": everybody,
    }


def test_register_agrees_with_the_pages(app: Flask, made: Programme):
    del made
    public = {"One case each", "What a carrier checks"}
    own = {"Not placed yet", "Withdrawn again"}
    assert {viewer: titles(app, viewer) for viewer in VIEWERS} == {
        "stranger": public,
        "observer": public,
        "signatory": public | {"A case behind doors"},
        "delegate": public | own | {"A case behind doors"},
        "officer": (public | own | {"A case behind doors", "What a carrier will check"}) - {"What a carrier checks"},
    }


def test_call_lists_the_offers_that_the_viewer_may_see(app: Flask, made: Programme):
    names = r">(One case each|What a carrier checks|What a carrier will check|Not placed yet|Withdrawn again)</a>"
    pages = {viewer: client_of(app, viewer).get(f"/calls/{made.call}").text for viewer in VIEWERS}
    public = ["One case each", "What a carrier checks"]
    assert {viewer: re.findall(names, page) for viewer, page in pages.items()} == {
        "stranger": public,
        "observer": public,
        "signatory": public,
        "delegate": [*public, "Not placed yet", "Withdrawn again"],
        "officer": ["One case each", "What a carrier will check", "Not placed yet", "Withdrawn again"],
    }


@pytest.mark.parametrize("viewer", VIEWERS)
def test_unreleased_move_is_for_officers(app: Flask, made: Programme, viewer: str):
    page = client_of(app, viewer).get(f"/presentations/{made.moved}").text
    told = {text: text in page for text in ("What was learned", "Another session", "130 minutes", "40 minutes")}
    classes = set(re.findall(r'<span class="cls (k-\w\w)">', page))
    if viewer == "officer":
        assert (told["Another session"], told["40 minutes"], classes) == (True, True, {"k-cs"})
        assert "It differs from the release in: title, class, session, item of the agenda, minutes." in page
    else:
        assert told == {"What was learned": True, "Another session": False, "130 minutes": True, "40 minutes": False}
        assert classes == {"k-in"}


def test_deadline_is_told_with_its_zone(app: Flask, made: Programme):
    page = app.test_client().get(f"/calls/{made.call}").text
    assert "1 January 2199, 01:00</b>, Europe/Zurich, UTC+1" in page


def test_open_call_is_offered_on_the_session(app: Flask, made: Programme):
    page = app.test_client().get(f"/sessions/{made.open_session}").text
    assert f'<a href="/calls/{made.call}">Offer a presentation</a>' in page


@pytest.mark.parametrize(("viewer", "most"), [("stranger", 10), ("delegate", 13), ("officer", 13)])
def test_pages_stay_within_their_budget(app: Flask, made: Programme, count_queries, viewer: str, most: int):
    client = client_of(app, viewer)
    for address in (f"/presentations/{made.placed}", f"/calls/{made.call}", "/presentations", "/calls"):
        with count_queries(app) as counted:
            assert client.get(address).status_code == 200
        assert counted.count <= most
