"""The audience rule in SQL says the same as the rule in words, for every viewer class and random worlds."""

from __future__ import annotations

from flask import Flask
from hypothesis import given, settings
from sqlalchemy import select

from planner.access.viewer import Viewer, public
from planner.access.visibility import visible
from planner.core.db import db
from planner.models import Record, UserAccount
from planner.services import accounts

from ..conftest import Databases, on_database
from .building import DAY, build
from .worlds import World, may_see, worlds


def viewer_of(key: str) -> Viewer:
    if key == "stranger":
        return public(DAY)
    account = db.session.scalars(select(UserAccount).where(UserAccount.email == f"{key}@test.example")).one()
    viewer = accounts.load_viewer(account.id, account.session_epoch, day=DAY)
    assert viewer is not None
    return viewer


@given(world=worlds())
@settings(max_examples=20)
def test_the_rule_in_sql_is_the_rule_in_words(
    the_app: Flask, databases: Databases, empty_template: str, world: World
) -> None:
    url = databases.new(empty_template)
    with on_database(the_app, url), the_app.app_context():
        ids = build(world)
        for person in world.people:
            expected = {ids[node.key] for node in world.nodes if may_see(person, node)}
            found = set(db.session.scalars(select(Record.id).where(visible(viewer_of(person.key)))))
            assert found & set(ids.values()) == expected, person
    databases.drop(url)
