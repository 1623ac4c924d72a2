"""The fixture `made`: a copy of the programme in tests/factories/programme.py, built once for the tests of a folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import Databases, _closed, on_database

from . import programme


@pytest.fixture(scope="package")
def programme_template(the_app: Flask, databases: Databases, empty_template: str) -> tuple[str, programme.Programme]:
    url = databases.new(empty_template)
    with on_database(the_app, url), the_app.app_context():
        made = programme.build()
    return _closed(url), made


@pytest.fixture
def made(
    app: Flask, databases: Databases, programme_template: tuple[str, programme.Programme]
) -> Iterator[programme.Programme]:
    template, ids = programme_template
    url = databases.new(template)
    with on_database(app, url):
        yield ids
    databases.drop(url)
