"""The pages that say how to subscribe."""

from __future__ import annotations

import re

import pytest
import time_machine

from planner.calendars.qr import qr_of
from tests.factories.meeting import AT


@pytest.fixture
def page(app, world):
    """Return a function that reads a page on the day the world was made."""

    def reading(path):
        with time_machine.travel(AT, tick=False):
            answer = app.test_client().get(path.format(**vars(world)))
        return answer.status_code, answer.get_data(as_text=True)

    return reading


def addresses(html):
    return re.findall(r'<code class="ltr">([^<]+)</code>', html)


def test_the_page_names_every_feed_with_entries(page):
    status, html = page("/calendars/subscribe")
    assert status == 200
    base = "http://localhost"
    assert sorted(addresses(html)) == sorted(
        [
            f"{base}/calendar.ics",
            f"{base}/bodies/group/calendar.ics",
            f"{base}/bodies/sub/calendar.ics",
            f"{base}/bodies/forum/calendar.ics",
            f"{base}/bodies/example/calendar.ics?illustrations=include",
        ]
    )
    assert 'href="webcal://localhost/calendar.ics"' in html
    assert re.findall(r"<div><h3>([^<]+)</h3>", html)[-7:] == [
        "Outlook on the web, new Outlook", "Classic Outlook for Windows", "Google", "Apple, on the Mac",
        "iPhone and iPad", "Thunderbird", "Android",
    ]  # fmt: skip


def test_a_feed_counts_what_it_holds(page):
    _, html = page("/calendars/subscribe")
    names = re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", html)
    counts = [int(count) for count in re.findall(r'<span class="big">(\d+)</span>', html)]
    found = dict(zip(names, counts, strict=True))
    assert found == {"The group": 3, "Made-up group": 2, "The forum": 1, "The sub-group": 1}


def test_the_code_for_the_phone_says_the_address_and_carries_no_style(page):
    _, html = page("/calendars/subscribe")
    drawn = re.search(r'<svg [^>]*class="qr">.*?</svg>', html)[0]
    assert drawn == str(qr_of("webcal://localhost/calendar.ics"))
    assert "style" not in drawn
    assert 'role="img" aria-label="QR code of the address of All public meetings"' in html


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/sessions/{open}/add-to-calendar", "/sessions/{open}/calendar.ics"),
        ("/meetings/{meeting}/add-to-calendar", "/meetings/{meeting}/calendar.ics"),
        ("/meetings/{example}/add-to-calendar", "/meetings/{example}/calendar.ics?illustrations=include"),
    ],
)
def test_one_record_to_a_calendar(page, world, path, address):
    status, html = page(path)
    assert (status, addresses(html)) == (200, ["http://localhost" + address.format(**vars(world))])
    assert "Classic Outlook for Windows" in html


@pytest.mark.parametrize("one", ["closed", "draft", "dayless", "of_forum"])
def test_what_no_feed_holds_has_no_such_page(page, one):
    assert page(f"/sessions/{{{one}}}/add-to-calendar")[0] == 404


def test_the_pages_lead_to_the_other_forms(page, read, world):
    def linked(path):
        return re.findall(r'href="([^"]+\.(?:json|xml|csv|xlsx)[^"]*)"', page(path)[1])

    forms = ["xlsx", "csv", "json", "xml"]
    of_meeting = f"/meetings/{world.example}"
    asked = "?illustrations=include"
    assert linked("/calendars") == [f"/calendar.{form}" for form in forms]
    assert linked("/sessions/{open}/add-to-calendar") == [f"/sessions/{world.open}/calendar.{form}" for form in forms]
    assert sorted(linked("/meetings/{example}/add-to-calendar")) == sorted(
        [f"{of_meeting}/calendar.{form}{asked}" for form in forms]
        + [f"{of_meeting}/schedule.{form}{asked}" for form in ("xml", "json")]
    )
    for path in (*linked("/calendars"), *linked("/meetings/{example}/add-to-calendar")):
        assert read(path).status_code == 200
