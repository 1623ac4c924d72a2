"""The migrations build what the models say, on the database that the tests run on."""

from flask import Flask
from flask_migrate import check, downgrade, upgrade


def test_the_migrations_build_the_models(app: Flask) -> None:
    with app.app_context():
        check()


def test_the_migrations_go_down_and_up_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        upgrade()
        check()
