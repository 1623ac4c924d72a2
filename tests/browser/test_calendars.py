"""The calendar as people use it: by keyboard, with scripts and without; no view and no page about it has a barrier."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from icalendar import Calendar
from playwright.sync_api import Page

from ..conftest import DEMO_PASSWORD
from .conftest import sign_in
from .looking import faults_of_view, look_at
from .test_journeys import Keyboard, open_page, session_of_public

__all__ = ["open_page"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_delegate_filters_follows_and_makes_a_feed_of_it(
    the_app: Flask, site: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    keys = Keyboard(page)
    keys.sign_in(site, "delegate")
    page.goto(f"{site}/sessions/{session_of_public(the_app, 'Who sees what along the route')}")
    assert page.locator("button[name=follow]").get_attribute("aria-pressed") == "false"
    keys.go_to("Add to calendar")  # beyond the menu, where "Follow-ups" stands
    keys.press("Follow")
    assert page.locator("button[name=follow]").get_attribute("aria-pressed") == "true"
    page.goto(f"{site}/calendars")
    keys.go_to("Filters and time zone")
    page.keyboard.press("Enter")
    keys.go_to("Only what I follow")
    page.keyboard.press("Space")
    keys.press("Show")
    assert "only=followed" in page.url
    keys.press("Week")
    keys.press("Agenda")
    assert {"view=agenda", "only=followed"} <= set(re.split("[?&]", page.url))
    assert page.locator(".ag-day li").count() == 1
    keys.go_to("Choose Who sees what")
    page.keyboard.press("Space")
    keys.go_to("Download the chosen ones")
    with page.expect_download() as arriving:
        page.keyboard.press("Enter")
    assert len(Calendar.from_ical(arriving.value.path().read_bytes()).events) == 1
    keys.press("Make a feed of your own of this")
    assert page.locator("input[name=only_followed]").is_checked()
    assert page.locator(".bigno").inner_text() == "1"
    keys.type_into("Name", "What I follow")
    keys.press("Make feed")
    assert page.locator(".feed h3").all_inner_texts()[-1] == "What I follow"
    page.goto(f"{site}/calendars/following")
    keys.press("Unfollow")
    assert "You follow nothing yet." in page.locator("main").inner_text()


def test_no_view_and_no_page_about_calendars_has_a_barrier(the_app: Flask, site: str, page: Page) -> None:
    sign_in(page, site, "delegate", DEMO_PASSWORD)
    views = ("month", "week", "agenda")
    query = "illustrations=include&zone=Asia/Tokyo&also=busy&also=follow-ups&from=2027-02-16"
    wrong = [f"{view}: {fault}" for view in views for fault in look_at(page, f"{site}/calendars?view={view}&{query}")]
    page.goto(f"{site}/calendars?view=week&from=2031-01-01")
    page.locator(".cal-bar + .fold > summary").click()
    for fold in page.locator(".cal-filter .fold > summary").all():
        fold.click()
    wrong += [f"filters: {fault}" for fault in faults_of_view(page)]
    page.goto(f"{site}/calendars/mine")
    page.locator("button.btn:text('Make feed')").click()
    for path in ("/calendars/mine", "/calendars/mine/1", "/calendars/mine/1/phone", "/calendars/following"):
        wrong += [f"{path}: {fault}" for fault in look_at(page, site + path)]
    assert wrong == []
