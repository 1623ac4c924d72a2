"""Every kind of page that a stranger meets: axe, light and dark, wide and narrow, no sideways scroll."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask
from playwright.sync_api import Page

from .looking import addresses, look_at

pytestmark = pytest.mark.browser


def test_no_page_of_a_stranger_has_a_barrier(the_app: Flask, site: str, page: Page) -> None:
    found = addresses(the_app, officer=False)
    wrong = [f"{address}: {fault}" for address in chain(*found.values()) for fault in look_at(page, site + address)]
    assert wrong == []
    assert len(found) > 20
