"""The address at which a password is chosen, from the administrator's page to the person's: axe at every step."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ..conftest import DEMO_PASSWORD
from .conftest import sign_in
from .looking import faults_of_view, look_at

pytestmark = pytest.mark.browser


def test_an_administrator_hands_over_an_address_and_closes_an_account(site: str, page: Page) -> None:
    sign_in(page, site, "admin", DEMO_PASSWORD)
    page.goto(f"{site}/workbench")
    page.click("text=Accounts")
    page.fill("input[name=q] >> nth=-1", "ngo@")
    page.click("text=Filter")
    page.click("tbody th a")
    account = page.url
    page.click("text=Make an address")
    address = page.inner_text(".addr code")
    assert address.startswith(f"{site}/account/choose-password?link=")
    assert faults_of_view(page) == []
    assert look_at(page, address) == []
    page.fill("input[name=new]", "short")
    page.click("text=Set password")
    assert "Use at least 8 characters." in page.inner_text("main")
    assert faults_of_view(page) == []
    page.fill("input[name=new]", "a new quiet word")
    page.click("text=Set password")
    page.wait_for_url(f"{site}/account/sign-in")
    sign_in(page, site, "ngo", "a new quiet word")
    page.context.clear_cookies()

    sign_in(page, site, "admin", DEMO_PASSWORD)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(account)
    page.click("text=Close the account")
    page.click("dialog[open] button >> text=Close the account")
    page.wait_for_selector("text=Reopen the account")
    assert faults_of_view(page) == []
