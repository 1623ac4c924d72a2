"""The whole site, clicked through as a stranger and as an officer."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pytest
from flask import Flask
from sqlalchemy import select

from planner.access.viewer import public
from planner.access.visibility import searchable, visible
from planner.core import clock
from planner.core.db import db
from planner.models import Origin, Record, SearchDocument, UserAccount
from planner.web.urls import PAGES, record_url

from ..conftest import Databases, on_database
from .crawling import Seen, crawl

LARGEST_PAGE = 150 * 1024


@pytest.fixture(scope="module")
def crawled_app(the_app: Flask, databases: Databases, full_template: str) -> Iterator[Flask]:
    url = databases.new(full_template)
    with on_database(the_app, url):
        yield the_app
    databases.drop(url)


@pytest.fixture(scope="module")
def as_stranger(crawled_app: Flask) -> dict[str, Seen]:
    return crawl(crawled_app, crawled_app.test_client())[0]


@pytest.fixture(scope="module")
def officers_crawl(crawled_app: Flask) -> tuple[dict[str, Seen], set[str]]:
    with crawled_app.app_context():
        admin = db.session.scalars(select(UserAccount).where(UserAccount.email == "admin@demo.example")).one()
    client = crawled_app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{admin.id}.{admin.session_epoch}"
    return crawl(crawled_app, client)


@pytest.fixture(scope="module")
def as_officer(officers_crawl: tuple[dict[str, Seen], set[str]]) -> dict[str, Seen]:
    return officers_crawl[0]


def test_every_link_leads_somewhere(as_stranger: dict[str, Seen], as_officer: dict[str, Seen]) -> None:
    for seen in (as_stranger, as_officer):
        assert {address: page.status for address, page in seen.items() if page.status >= 400} == {}
    assert len(as_stranger) > 250
    assert len(as_officer) > len(as_stranger)


def test_every_page_is_sound(as_stranger: dict[str, Seen], as_officer: dict[str, Seen]) -> None:
    for seen in (as_stranger, as_officer):
        assert {address: page.faults for address, page in seen.items() if page.faults} == {}


def test_no_page_is_too_heavy(as_officer: dict[str, Seen]) -> None:
    assert {address: page.compressed for address, page in as_officer.items() if page.compressed > LARGEST_PAGE} == {}


def test_an_officer_reaches_every_record_of_the_files(
    crawled_app: Flask, officers_crawl: tuple[dict[str, Seen], set[str]]
) -> None:
    _, met = officers_crawl
    with crawled_app.app_context():
        kinds = tuple(PAGES)
        rows = db.session.execute(
            select(Record.id, Record.kind, Record.ref).where(Record.origin == Origin.RECORD, Record.kind.in_(kinds))
        ).all()
    with crawled_app.test_request_context():
        missing = [(row.kind, row.ref) for row in rows if record_url(row.kind, row.id) not in met]
    assert missing == []
    assert len(rows) > 500


def test_a_stranger_reads_nothing_that_is_not_for_them(crawled_app: Flask, as_stranger: dict[str, Seen]) -> None:
    with crawled_app.app_context():
        viewer = public(clock.today())
        shown = set(db.session.scalars(select(Record.title).where(visible(viewer))))
        hidden = db.session.execute(select(Record.id, Record.kind, Record.title).where(~visible(viewer))).all()
        texts = select(SearchDocument.title, SearchDocument.text).join(Record, Record.id == SearchDocument.record_id)
        public_texts = "\n".join(
            "\n".join(row) for row in db.session.execute(texts.where(searchable(viewer)))
        ).casefold()
    # a title that is also part of a public sentence tells nothing
    secret = [
        r for r in hidden if r.title not in shown and len(r.title) > 12 and r.title.casefold() not in public_texts
    ]
    assert len(secret) > 10
    for address, page in as_stranger.items():
        leaked = [row for row in secret if escape(row.title) in page.text]
        assert leaked == [], address
