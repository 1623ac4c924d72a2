"""The fixture `room`: a copy of the meeting in tests/factories/invitation.py, built once for the tests of a folder, in
an application context.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import Databases, _closed, on_database

from . import invitation


@pytest.fixture(scope="package")
def room_template(the_app: Flask, databases: Databases, empty_template: str) -> tuple[str, invitation.Room]:
    url = databases.new(empty_template)
    with on_database(the_app, url), the_app.app_context():
        made = invitation.build()
    return _closed(url), made


@pytest.fixture
def room_app(the_app: Flask, databases: Databases, room_template: tuple[str, invitation.Room]) -> Iterator[Flask]:
    """The application over a copy, without a context: for tests with a client."""
    url = databases.new(room_template[0])
    with on_database(the_app, url):
        yield the_app
    databases.drop(url)


@pytest.fixture
def room(room_app: Flask, room_template: tuple[str, invitation.Room]) -> Iterator[invitation.Room]:
    with room_app.app_context():
        yield room_template[1]
