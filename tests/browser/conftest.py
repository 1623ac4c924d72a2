"""A real Chromium before a real server: the pages as people meet them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from ..conftest import Databases, on_database

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def site(the_app: Flask, databases: Databases, full_template: str) -> Iterator[str]:
    """The address of a server over a copy of the record and the illustration."""
    url = databases.new(full_template)
    with on_database(the_app, url):
        server = make_server("127.0.0.1", 0, the_app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    databases.drop(url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own for a test; an error in a script, or a breach of the CSP, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert problems == []


def sign_in(page: Page, site: str, name: str, password: str) -> None:
    """Sign in through the form, as people do."""
    page.goto(f"{site}/account/sign-in")
    page.fill("input[name=email]", f"{name}@demo.example")
    page.fill("input[name=password]", password)
    page.click("form button[type=submit] >> text=Sign in")
    page.wait_for_url(lambda address: "sign-in" not in address)


def violations(page: Page, *, only: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA on the page as it stands, one line per node."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    run = {"type": "rule", "values": list(only)} if only else {
        "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    }  # fmt: skip
    found = page.evaluate(
        "(run) => axe.run(document, {runOnly: run, resultTypes: ['violations']}).then((r) => r.violations)", run
    )
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
