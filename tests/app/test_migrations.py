"""The migrations build what the models say, on the database that the tests run on."""

from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import select

from planner.core.db import db
from planner.models import DataState
from tests.factories.meeting import make_body


def test_the_migrations_build_the_models(app: Flask) -> None:
    with app.app_context():
        check()


def test_the_migrations_go_down_and_up_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        upgrade()
        check()


def test_a_migration_begins_another_state_of_the_data(app: Flask) -> None:
    def mark() -> int | None:
        with app.app_context():
            return db.session.scalar(select(DataState.mark))

    with app.app_context():
        make_body("group")
    before = mark()
    with app.app_context():
        downgrade(revision="-1")
        upgrade()
    assert mark() != before
