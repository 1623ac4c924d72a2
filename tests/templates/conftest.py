"""Jinja alone, as Flask sets it up: autoescape, gettext that changes nothing, addresses that name their page."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def url_for(endpoint, **values):
    if endpoint == "static":
        return f"/static/{values['filename']}"
    return "/" + endpoint.replace(".", "/")


@pytest.fixture(scope="session")
def environment():
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)
    environment.globals.update(
        url_for=url_for, csrf_token=lambda: "token-of-the-session", get_flashed_messages=lambda **_options: []
    )
    return environment


@pytest.fixture
def render(environment):
    """Render a template text with values, whitespace between tags left as it is."""

    def render(source, **values):
        return environment.from_string(source).render(**values)

    return render


@pytest.fixture
def parse(render):
    """Render a part of a page and return it as a tree under a <div>."""

    def parse(source, **values):
        return html.fragment_fromstring(render(source, **values), create_parent="div")

    return parse


@pytest.fixture
def parse_page(render):
    """Render a whole page and return its tree."""

    def parse_page(source, **values):
        return html.document_fromstring(render(source, **values))

    return parse_page
