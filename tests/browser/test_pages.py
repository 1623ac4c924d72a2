"""Every kind of page, as a stranger and as an officer: axe, light and dark, wide and narrow, no sideways scroll."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from planner.core.db import db
from planner.models import UserAccount

from ..app.crawling import one_of_each
from ..conftest import DEMO_PASSWORD
from .conftest import sign_in, violations

pytestmark = pytest.mark.browser

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses(app: Flask, *, officer: bool) -> list[str]:
    client = app.test_client()
    if officer:
        with app.app_context():
            admin = db.session.scalars(select(UserAccount).where(UserAccount.email == "admin@demo.example")).one()
        with client.session_transaction() as session:
            session["_user_id"] = f"{admin.id}.{admin.session_epoch}"
    return [address for found in one_of_each(app, client).values() for address in found]


def look_at(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page at both widths, in both schemes, and at 320 pixels."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    assert answer
    assert answer.status == 200, address
    wrong = [f"1280 light {text}" for text in violations(page)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"1280 dark {text}" for text in violations(page, only=("color-contrast",))]
    page.set_viewport_size({"width": 375, "height": 800})
    wrong += [f"375 dark {text}" for text in violations(page, only=("color-contrast",))]
    page.emulate_media(color_scheme="light")
    wrong += [f"375 light {text}" for text in violations(page)]
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        beyond = page.evaluate(SIDEWAYS)
        if beyond > 0:
            wrong.append(f"scrolls {beyond} px sideways at {width}")
    return wrong


@pytest.mark.parametrize("officer", [False, True], ids=["stranger", "officer"])
def test_every_kind_of_page(site: str, the_app: Flask, browser: Browser, page: Page, *, officer: bool) -> None:
    if officer:
        sign_in(page, site, "admin", DEMO_PASSWORD)
    found = addresses(the_app, officer=officer)
    wrong = {address: faults for address in found if (faults := look_at(page, f"{site}{address}"))}
    assert wrong == {}
    assert len(found) > 30
