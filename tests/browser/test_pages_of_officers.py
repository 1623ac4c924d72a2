"""Every kind of page that only an officer meets, forms included: axe, light and dark, wide and narrow."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask
from playwright.sync_api import Page

from ..conftest import DEMO_PASSWORD
from .conftest import sign_in
from .looking import addresses, look_at

pytestmark = pytest.mark.browser


def test_no_page_of_an_officer_has_a_barrier(the_app: Flask, site: str, page: Page) -> None:
    of_strangers = addresses(the_app, officer=False)
    found = {name: some for name, some in addresses(the_app, officer=True).items() if name not in of_strangers}
    sign_in(page, site, "admin", DEMO_PASSWORD)
    wrong = [f"{address}: {fault}" for address in chain(*found.values()) for fault in look_at(page, site + address)]
    assert wrong == []
    assert len(found) > 20
