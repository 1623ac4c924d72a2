"""Jinja alone, to print pictures: autoescape, and gettext that changes nothing."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.fixture(scope="session")
def environment():
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)
    return environment


@pytest.fixture
def draw(environment):
    """Print a macro of the pictures' templates and return its tree, under a <div>."""

    def draw(template, macro, **values):
        text = getattr(environment.get_template(f"components/pictures/{template}").module, macro)(**values)
        return html.fragment_fromstring(text, create_parent="div")

    return draw
