"""Sessions, meetings and releases: only officers read the working copy, and what is closed is not there for others."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from tests.factories.programme import VIEWERS, Programme, client_of

WORKING = ("What will be learned", "Room 9", "21 February 2027", "What a carrier will check")
RELEASED = ("What was learned", "Room 3", "16 February 2027", "What a carrier checks")


def keys(app: Flask, viewer: str, address: str, words: str = "") -> set[str]:
    """Return the keys of the rows of a register, as its CSV holds them."""
    answer = client_of(app, viewer).get(address, query_string={"format": "csv", "q": words})
    assert answer.status_code == 200
    return {row["Key"] for row in csv.DictReader(io.StringIO(answer.text))}


def statuses(app: Flask, address: str) -> dict[str, int]:
    return {viewer: client_of(app, viewer).get(address).status_code for viewer in VIEWERS}


@pytest.mark.parametrize("viewer", VIEWERS)
def test_page_of_a_session_tells_the_edition_for_the_viewer(app: Flask, made: Programme, viewer: str):
    page = client_of(app, viewer).get(f"/sessions/{made.open_session}").text
    if viewer == "officer":
        assert [text in page for text in WORKING[:3]] == [True] * 3
        assert "Working copy, not released." in page
        assert "Room: Room 9, before Room 3." in page
        assert "Presentation “What a carrier checks”: Taken off the programme." in page
    else:
        assert [text in page for text in RELEASED] == [True] * 4
        assert [text in page for text in WORKING] == [False] * 4
        assert "Working copy" not in page


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("address", ["/sessions", "/meetings/{meeting}", "/presentations", "/releases/{release}"])
def test_lists_tell_the_edition_for_the_viewer(app: Flask, made: Programme, viewer: str, address: str):
    page = client_of(app, viewer).get(address.format(**vars(made))).text
    if viewer != "officer":
        assert [text in page for text in WORKING] == [False] * 4
    if address == "/releases/{release}":
        assert [text in page for text in RELEASED] == [True] * 4


def test_sessions_that_are_there_for_each(app: Flask, made: Programme):
    del made
    open_ones = {"open", "other"}
    assert {viewer: keys(app, viewer, "/sessions") for viewer in VIEWERS} == {
        "stranger": open_ones,
        "observer": open_ones,
        "signatory": open_ones | {"states"},
        "delegate": open_ones | {"states"},
        "officer": open_ones | {"states", "draft", "held-back"},
    }


def test_pages_that_are_there_for_each(app: Flask, made: Programme):
    everybody = dict.fromkeys(VIEWERS, 200)
    officer = {**dict.fromkeys(VIEWERS, 404), "officer": 200}
    states = {**everybody, "stranger": 404, "observer": 404}
    assert {
        "open": statuses(app, f"/sessions/{made.open_session}"),
        "states": statuses(app, f"/sessions/{made.states_session}"),
        "draft": statuses(app, f"/sessions/{made.draft_session}"),
        "held back": statuses(app, f"/sessions/{made.embargoed_session}"),
        "its meeting": statuses(app, f"/meetings/{made.embargoed_meeting}"),
        "its release": statuses(app, f"/releases/{made.embargoed_release}"),
        "release": statuses(app, f"/releases/{made.release}"),
    } == {
        "open": everybody,
        "states": states,
        "draft": officer,
        "held back": officer,
        "its meeting": everybody,
        "its release": officer,
        "release": everybody,
    }


@pytest.mark.parametrize("viewer", VIEWERS)
def test_frozen_programme_leaves_out_what_is_closed(app: Flask, made: Programme, viewer: str):
    page = client_of(app, viewer).get(f"/releases/{made.release}").text
    is_closed = viewer in ("stranger", "observer")
    assert ("Two closed cases" in page, "A case behind doors" in page) == (not is_closed, not is_closed)
    assert ("Parts of it are not for you" in page) is is_closed


@pytest.mark.parametrize("viewer", ["stranger", "observer"])
def test_meeting_tells_nothing_of_its_closed_session(app: Flask, made: Programme, viewer: str):
    page = client_of(app, viewer).get(f"/meetings/{made.meeting}").text
    assert ("What was learned" in page, "Two closed cases" in page, "17 February 2027, " in page) == (
        True,
        False,
        False,
    )


def test_embargoed_release_is_not_named_on_its_meeting(app: Flask, made: Programme):
    address = f"/meetings/{made.embargoed_meeting}"
    pages = {viewer: client_of(app, viewer).get(address).text for viewer in VIEWERS}
    assert {viewer: "Under embargo" in page for viewer, page in pages.items()} == {
        **dict.fromkeys(VIEWERS, False),
        "officer": True,
    }


def test_filters_ask_the_edition_for_the_viewer(app: Flask, made: Programme):
    """A question for what only the working copy holds finds nothing."""
    del made
    assert keys(app, "stranger", "/sessions", "will be") == set()
    assert keys(app, "officer", "/sessions", "will be") == {"open"}
    assert client_of(app, "stranger").get("/sessions?mode=nowhere").status_code == 400
