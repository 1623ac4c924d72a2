"""The pages that say how to subscribe."""

from __future__ import annotations

import re

import pytest
import time_machine

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
    status, html = page("/calendars")
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
    for program in ("Outlook", "Google", "Apple", "Thunderbird"):
        assert f"<h3>{program}</h3>" in html


def test_a_feed_counts_what_it_holds(page):
    _, html = page("/calendars")
    names = re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", html)
    counts = [int(count) for count in re.findall(r'<span class="big">(\d+)</span>', html)]
    found = dict(zip(names, counts, strict=True))
    assert found == {"The group": 3, "Made-up group": 2, "The forum": 1, "The sub-group": 1}


def test_the_page_shows_the_month_of_what_comes_next(page):
    _, html = page("/calendars")
    month = html[html.index('<table class="month">') : html.index("</table>")]
    assert "February 2027" in month
    assert re.findall(r">(?:\d\d:\d\d )?([A-Z][^<]+)</a>", month) == [
        "The meeting", "Made-up meeting", "Open", "Made-up session", "The meeting", "Of the few", "The forum meets",
    ]  # fmt: skip
    assert "10:00 Open" in month
    assert "Closed" not in html
    assert "Draft" not in html


def test_another_month(page):
    status, html = page("/calendars?month=2027-03")
    assert (status, "March 2027" in html) == (200, True)
    assert page("/calendars?month=soon")[0] == 400


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
    assert "<h3>Outlook</h3>" in html


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
