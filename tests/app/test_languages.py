"""All text of the interface goes through gettext: in a made-up language no English is left on any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from flask import Flask
from lxml import html
from sqlalchemy import select

import config
from planner.app import create_app
from planner.calendars.forms import LANGUAGE_WORDS
from planner.core import paths
from planner.core.db import Base, db
from planner.models import UserAccount
from planner.web import i18n

from ..conftest import Databases
from .crawling import one_of_each

MADE_UP = "eo"
KEYWORDS = dict.fromkeys(("_", "_l", "gettext", "lazy_gettext", "N_")) | {"ngettext": (1, 2)}
PLACES = ((str(paths.PACKAGE), [("**.py", "python")]), (str(paths.TEMPLATES), [("**.html", "jinja2")]))
NO_WORDS = re.compile(
    r"\b(UTC|CSV|CSP|ATT|SHA-256|iCalendar|ics|IANA|webcal|https?|Esperanto|English|Français|Español|Outlook|Google|Apple|Thunderbird|DAVx⁵|Android|"
    r"SP|SG|OB|RO|IO|CS|RA|IN|XX|EN|FR|ES|AR|RU|ZH)\b"
)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of translations in which every text stands between brackets."""
    folder = tmp_path_factory.mktemp("translations")
    catalog = Catalog(locale=MADE_UP, fuzzy=False)
    for place, methods in PLACES:
        for _, _, message, _, _ in extract_from_dir(place, methods, keywords=KEYWORDS):
            if isinstance(message, tuple):
                catalog.add(message, tuple(f"⟦{text}⟧" for text in message))
            else:
                catalog.add(message, f"⟦{message}⟧")
    target = folder / MADE_UP / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    return folder


@pytest.fixture(scope="module")
def app_in_made_up(
    made_up: Path, tmp_path_factory: pytest.TempPathFactory, databases: Databases, full_template: str
) -> Iterator[Flask]:
    url = databases.new(full_template)
    before, i18n.TRANSLATIONS = i18n.TRANSLATIONS, made_up
    app = create_app(
        config.load(
            {
                "PLANNER_INSTANCE": str(tmp_path_factory.mktemp("instance")),
                "PLANNER_SECRET_KEY": "for-tests-only-" + "0" * 40,
                "PLANNER_DATABASE_URL": url,
            }
        )
    )
    i18n.TRANSLATIONS = before
    yield app
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)


def stored_words() -> str:
    """Return every text of the database in one: what is data is not interface."""
    texts = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            texts += [str(value) for value in row if value is not None]
    return "\n".join(texts).casefold()


def shown_texts(body: str) -> list[str]:
    tree = html.document_fromstring(body)
    # the lines of a picture are wrapped; the table behind it says the same in one piece
    for hidden in tree.xpath("//script | //style | //template | //code | //svg//text"):
        hidden.drop_tree()
    texts = [" ".join(text.split()) for text in tree.xpath("//body//text() | //title/text()")]
    return texts + [
        " ".join(str(text).split())
        for name in ("aria-label", "title", "placeholder", "alt", "data-own", "data-confirm", "data-no")
        for text in tree.xpath(f"//body//@{name}")
    ]


def english_left(texts: list[str], stored: str) -> set[str]:
    """Return what is neither bracketed, nor data, nor without words."""
    left = set()
    dates = Locale(MADE_UP)
    known = {
        word.casefold()
        for names in (dates.months["format"], dates.months["stand-alone"], dates.days["format"])
        for width in ("wide", "abbreviated")
        for word in names[width].values()
    } | {
        place.casefold()
        for zone in available_timezones()
        for place in (zone, zone.rpartition("/")[2].replace("_", " "))
    }
    known |= {name.casefold() for name in dates.territories.values()}
    known |= {name.casefold() for name in LANGUAGE_WORDS.values()}  # each in its own language
    for text in texts:
        rest = text
        while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)) != rest:
            rest = shorter
        for part in _parts(rest, stored):
            words = part.strip(" .,;:()–—-+−·…“”’'\"/%0123456789")
            if (
                len(words) > 1
                and re.search(r"[A-Za-z]{2}", words)
                and words.casefold() not in stored
                and not _is_known(words, known)
            ):
                left.add(words)
    return left


def _parts(rest: str, stored: str) -> list[str]:
    """Return the pieces of a text that data may have been joined from; a whole that is data is no piece."""
    pieces = []
    for piece in re.split(r"[⟦⟧]|\s{2,}|; |\. ", NO_WORDS.sub(" ", rest)):
        if piece.strip(" .,;:").casefold() not in stored:
            pieces += re.split(r", |: ", piece)
    return pieces


def _is_known(words: str, known: set[str]) -> bool:
    """Say whether a text is a date or a place in the words of the locale data."""
    parts = [part for part in re.split(r"[\s0-9.,-]+", words.casefold()) if part]
    return words.casefold() in known or all(part in known for part in parts)


def test_a_made_up_language_leaves_no_english(app_in_made_up: Flask) -> None:
    app = app_in_made_up
    with app.app_context():
        stored = stored_words()
        admin = db.session.scalars(select(UserAccount).where(UserAccount.email == "admin@demo.example")).one()
    stranger, officer = app.test_client(), app.test_client()
    with officer.session_transaction() as session:
        session["_user_id"] = f"{admin.id}.{admin.session_epoch}"
    left: dict[str, set[str]] = {}
    looked_at = 0
    for client in (stranger, officer):
        client.get("/?lang=eo")
        for addresses in one_of_each(app, client).values():
            for address in addresses:
                looked_at += 1
                found = english_left(shown_texts(client.get(address).get_data(as_text=True)), stored)
                if found:
                    left[address] = found
    assert not left, "\n".join(f"{address}: {sorted(found)}" for address, found in left.items())
    assert looked_at > 60
