"""Every kind of page, as a stranger and as an officer: axe, light and dark, wide and narrow, no sideways scroll."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from planner.core.db import db
from planner.models import UserAccount

from ..app.crawling import one_of_each
from ..conftest import DEMO_PASSWORD
from .conftest import sign_in, violations

pytestmark = pytest.mark.browser

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses(app: Flask, *, officer: bool) -> dict[str, list[str]]:
    client = app.test_client()
    if officer:
        with app.app_context():
            admin = db.session.scalars(select(UserAccount).where(UserAccount.email == "admin@demo.example")).one()
        with client.session_transaction() as session:
            session["_user_id"] = f"{admin.id}.{admin.session_epoch}"
    return one_of_each(app, client)


def look_at(page: Page, address: str, *, closely: bool) -> list[str]:
    """Return what is wrong with a page: axe wide and light, and narrow and dark; no sideways scroll down to 320 pixels.

    The two other pairings show the same colours in the same layouts; they are looked at on the pages most opened.
    """
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    assert answer
    assert answer.status == 200, address
    wrong = [f"1280 light {text}" for text in violations(page)]
    if closely:
        page.emulate_media(color_scheme="dark")
        wrong += [f"1280 dark {text}" for text in violations(page)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 375, "height": 800})
        wrong += [f"375 light {text}" for text in violations(page)]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 375, "height": 800})
    wrong += [f"375 dark {text}" for text in violations(page)]
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        beyond = page.evaluate(SIDEWAYS)
        if beyond > 0:
            wrong.append(f"scrolls {beyond} px sideways at {width}")
    return wrong


CLOSELY = (
    "home.index",
    "plan.index",
    "sessions.page",
    "calendars.index",
    "documents.index",
    "administration.workbench",
)


@pytest.fixture(scope="module")
def kinds_of_pages(the_app: Flask, site: str) -> dict[bool, dict[str, list[str]]]:
    """Pages by endpoint: those of a stranger, and those that only an officer meets."""
    del site
    stranger = addresses(the_app, officer=False)
    officer = {name: found for name, found in addresses(the_app, officer=True).items() if name not in stranger}
    return {False: stranger, True: officer}


@pytest.mark.parametrize("officer", [False, True], ids=["stranger", "officer"])
def test_every_kind_of_page(
    site: str, kinds_of_pages: dict[bool, dict[str, list[str]]], page: Page, *, officer: bool
) -> None:
    if officer:
        sign_in(page, site, "admin", DEMO_PASSWORD)
    wrong = {}
    for name, found in kinds_of_pages[officer].items():
        for address in found:
            if faults := look_at(page, f"{site}{address}", closely=name.strip() in CLOSELY):
                wrong[address] = faults
    assert not wrong, "\n".join(f"{address}: {text}" for address, faults in wrong.items() for text in faults)
    assert len(kinds_of_pages[officer]) > 20
