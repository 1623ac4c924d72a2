"""How a page is looked at: axe in every pairing of width and scheme, no sideways scroll; and which pages."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from planner.core.db import db
from planner.models import UserAccount

from ..app.crawling import one_of_each
from .conftest import violations

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAIRINGS = (
    (1280, "light", ()),
    (1280, "dark", ("color-contrast",)),
    (375, "dark", ()),
    (375, "light", ("color-contrast",)),
)
"""Width, scheme, and the rules asked (none: all of WCAG 2.2 A and AA). A scheme changes colours alone, so that of each
width the second asks only what rests on colours.
"""


def addresses(app: Flask, *, officer: bool) -> dict[str, list[str]]:
    """Return an address or two per kind of page, as a stranger or an officer meets them by clicking."""
    client = app.test_client()
    if officer:
        with app.app_context():
            admin = db.session.scalars(select(UserAccount).where(UserAccount.email == "admin@demo.example")).one()
        with client.session_transaction() as session:
            session["_user_id"] = f"{admin.id}.{admin.session_epoch}"
    return one_of_each(app, client)


def faults_of_view(page: Page) -> list[str]:
    """Return what is wrong with a page as it stands: axe in all pairings; sideways scroll at 375 and 320 pixels."""
    wrong = []
    for width, scheme, only in PAIRINGS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{width} {scheme} {text}" for text in violations(page, only=only)]
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate(SIDEWAYS)
        if beyond > 0:
            wrong.append(f"scrolls {beyond} px sideways at {width}")
    return wrong


def look_at(page: Page, address: str) -> list[str]:
    """Open a page and return what is wrong with it."""
    answer = page.goto(address)
    assert answer
    assert answer.status == 200, address
    return faults_of_view(page)
