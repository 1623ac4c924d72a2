"""What people come for, done by keyboard alone, with scripts and without: edit and release, two editors, a calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from icalendar import Calendar
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from planner.core.db import db
from planner.models import PlanSession

from ..conftest import DEMO_PASSWORD
from .conftest import sign_in
from .looking import faults_of_view

pytestmark = pytest.mark.browser

AT_MOST = 90
"""How often somebody has to press Tab on the longest page before what they look for has the focus."""
FOCUSED = """() => {
  const e = document.activeElement;
  const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
  const look = getComputedStyle(e);
  return {
    name: (e.getAttribute("aria-label") || label || e.innerText || e.value || "").trim(),
    seen: (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none",
    tag: e.tagName,
  };
}"""


@dataclass
class Keyboard:
    """Somebody who has no mouse."""

    page: Page

    def go_to(self, name: str) -> None:
        """Press Tab until what begins with `name` has the focus; each stop on the way must show that it has it."""
        met = []
        for _ in range(AT_MOST):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUSED)
            if found["tag"] != "BODY":
                assert found["seen"], f"the focus does not show on {found}"
            if found["name"].startswith(name):
                return
            met.append(found["name"][:40])
        pytest.fail(f"{name!r} is not reached on {self.page.url}; met: {met}")

    def press(self, name: str) -> None:
        """Reach a link or a button and press Enter; waits for the page that follows."""
        self.go_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type_into(self, name: str, text: str) -> None:
        """Reach a field and replace what stands in it."""
        self.go_to(name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def sign_in(self, site: str, name: str) -> None:
        self.page.goto(site)
        self.press("Sign in")
        self.type_into("E-mail", f"{name}@demo.example")
        self.type_into("Password", DEMO_PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own, with or without scripts."""
    contexts = []

    def opened(*, scripts: bool = True) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def session_of_public(app: Flask, title: str) -> int:
    with app.app_context():
        return db.session.scalars(select(PlanSession.id).where(PlanSession.title == title)).one()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_secretary_renames_a_session_and_releases_it(
    the_app: Flask, site: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    before = "Who sees what along the route"
    after = f"Who sees what, and where, {'with' if scripts else 'without'} scripts"
    number = session_of_public(the_app, before if scripts else "What States learned when arms were diverted")
    page, stranger = open_page(scripts=scripts), open_page(scripts=scripts)
    keys = Keyboard(page)
    keys.sign_in(site, "secretariat")
    page.goto(f"{site}/sessions/{number}")
    keys.press("Edit")
    keys.type_into("Title", after)
    keys.press("Save")
    assert page.url == f"{site}/sessions/{number}"
    assert page.locator("h1").inner_text() == after
    stranger.goto(f"{site}/sessions/{number}")
    assert after not in stranger.locator("body").inner_text()

    meeting = page.locator("main a[href^='/meetings/']").first.get_attribute("href")
    page.goto(f"{site}{meeting}")
    keys.press("Publish the programme")
    assert after in page.locator("table").inner_text()
    keys.press("Release as number")
    stranger.goto(f"{site}/sessions/{number}")
    assert stranger.locator("h1").inner_text() == after


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_second_of_two_editors_loses_nothing(
    the_app: Flask, site: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    number = session_of_public(the_app, "Second draft of the catalogue")
    first, second = open_page(scripts=scripts), open_page(scripts=scripts)
    sign_in(first, site, "chair", DEMO_PASSWORD)
    sign_in(second, site, "secretariat", DEMO_PASSWORD)
    for page in (first, second):
        page.goto(f"{site}/records/{number}/edit")
    of_first, of_second = f"Text of the first, {scripts}", f"Text of the second, {scripts}"
    for page, text in ((first, of_first), (second, of_second)):
        keys = Keyboard(page)
        keys.type_into("Introduction", text)
        keys.press("Save")
    assert first.url == f"{site}/sessions/{number}"
    shown = second.locator("main").inner_text()
    assert of_first in shown
    assert of_second in shown
    if scripts:  # axe is a script
        assert faults_of_view(second) == []
        second.set_viewport_size({"width": 1280, "height": 900})
    Keyboard(second).press("Save the chosen texts")
    assert second.url == f"{site}/sessions/{number}"
    second.goto(f"{site}/records/{number}/history")
    history = second.locator("main").inner_text()
    assert of_first in history
    assert of_second in history


def test_a_delegate_takes_a_session_into_a_calendar(the_app: Flask, site: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False)
    keys = Keyboard(page)
    page.goto(f"{site}/sessions/{session_of_public(the_app, 'Importing States: what helps')}")
    keys.press("Add to calendar")
    keys.go_to("Download")
    with page.expect_download() as arriving:
        page.keyboard.press("Enter")
    event = next(iter(Calendar.from_ical(arriving.value.path().read_bytes()).events))
    assert str(event["SUMMARY"]).endswith("Importing States: what helps")


def test_every_register_opens_by_keyboard_from_home(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False)
    keys = Keyboard(page)
    page.goto(site)
    keys.press("Skip to")
    assert re.search(r"#\w+$", page.url)
    page.goto(site)
    for name in ("Plan", "Sessions", "Documents", "Follow-ups", "Calendars", "All registers"):
        keys.press(name)
        assert page.locator("h1").count() == 1
