"""Entries say the same in every language: words translated, titles, UID, SEQUENCE and stamps as they are."""

from __future__ import annotations

import re
import string
from datetime import UTC, date, datetime

import pytest
from babel.messages.extract import extract_from_dir
from icalendar import Calendar
from sqlalchemy import select

from planner.core import paths
from planner.core.db import db
from planner.core.i18n import LANGUAGES, N_, gettext_of, joined, rendered
from planner.formats.ical import feed_text
from planner.models import CalendarEntry, CalendarEntryText, Call, EntryKind, FollowUp, Mode, Origin
from planner.rules.audience import Ground
from planner.rules.comment_words import COMMENT_KINDS, DISPOSITIONS
from planner.rules.field_words import FIELDS
from planner.rules.words import MODES, OUTPUT_KINDS
from planner.services import changes
from planner.services.calendar_entries import fact, wording
from planner.services.calendar_entries.rebuilding import lack_form, rebuild
from tests.factories.meeting import AT, WRITER
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item

from .shared import DAY, HOUR, TEN, entry_of, geneva, morning, properties, publish

FURTHER = LANGUAGES[1:]
WORDS = ("SUMMARY", "DESCRIPTION", "X-ALT-DESC;FMTTYPE=text/html")


def texts_of(record, kind):
    """Return the text of an entry in each language."""
    entry = entry_of(record, kind)
    further = db.session.execute(
        select(CalendarEntryText.language, CalendarEntryText.text).where(CalendarEntryText.entry_id == entry.id)
    )
    found = {"en": entry.text} | {row.language: row.text for row in further}
    return {language: found[language] for language in LANGUAGES if language in found}


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


FIELDS_OF_ITEMS = (
    "title",
    "text",
    "articles",
    "stages",
    "years",
    "output_kind",
    "result",
    "document_id",
    "related_body_id",
)


def texts_of_entries():
    """Return every text of the program that an entry, a mail or a paper may say."""
    codes = (MODES, COMMENT_KINDS, DISPOSITIONS, OUTPUT_KINDS, {name: FIELDS[name] for name in FIELDS_OF_ITEMS})
    found = {message.text for words in codes for message in words.values()}
    places_of_words = (
        ("services/calendar_entries", "**.py"),
        ("messages", "**.py"),
        ("papers", "**.py"),
        ("rules/redline", "**.py"),
        ("rules", "day_words.py"),
    )
    for folder, files in places_of_words:
        rows = extract_from_dir(
            str(paths.PACKAGE / folder), [(files, "python")], keywords={"N_": None, "gettext": None, "Message": None}
        )
        found |= {message for _, _, message, _, _ in rows}
    return found - {"{title}"}


@pytest.mark.parametrize("language", FURTHER)
def test_every_text_is_translated_and_keeps_its_places(language):
    gettext = gettext_of(language)
    texts = texts_of_entries()
    assert len(texts) > 60
    same = {text for text in texts if gettext(text) == text}
    assert same <= {
        "{day} {month} {year}",
        "{month} {year}",
        "{day}, {time} ({zone}, UTC{offset})",
        "{weekday} {day}",
        "{label}: {value}",
        "{name},",
        "{field}: ",
        # words that are the same in French
        "Cycle",
        "Document",
        "Introduction",
        "Question",
    }
    for text in texts:
        assert places(gettext(text)) == places(text)
        ends = re.search(r"\s*$", text).group()
        assert gettext(text).endswith(ends)
        assert gettext(text) == gettext(text).lstrip()


@pytest.mark.parametrize("language", FURTHER)
def test_a_catalogue_holds_nothing_that_is_not_said(language):
    path = paths.PACKAGE / "translations" / language / "LC_MESSAGES" / "messages.po"
    said = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(said) == sorted(texts_of_entries())


def test_a_language_that_is_not_offered_is_refused():
    with pytest.raises(ValueError, match="xx is not among"):
        gettext_of("xx")


def test_a_text_within_a_text_is_translated_too():
    text = joined([N_("Due: {title}", title=N_("May")), None, " | ", N_("Not in any catalogue.")])
    assert rendered(text, gettext_of("es")) == "Vence: mayo | Not in any catalogue."
    assert str(text) == "Due: May | Not in any catalogue."


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("en", "1 August 2027, 18:00 (Europe/Zurich, UTC+02:00)", "2 February 2027, 18:00 (Europe/Zurich, UTC+01:00)"),
        (
            "fr",
            "1er août 2027 à 18:00 (Europe/Zurich, UTC+02:00)",
            "2 février 2027 à 18:00 (Europe/Zurich, UTC+01:00)",
        ),
        (
            "es",
            "1 de agosto de 2027, 18:00 (Europe/Zurich, UTC+02:00)",
            "2 de febrero de 2027, 18:00 (Europe/Zurich, UTC+01:00)",
        ),
    ],
)
def test_moments_in_words(language, first, other):
    moments = datetime(2027, 8, 1, 16, tzinfo=UTC), datetime(2027, 2, 2, 17, tzinfo=UTC)
    said = [wording.moment(moment, "Europe/Zurich").render(gettext_of(language)) for moment in moments]
    assert said == [first, other]


@pytest.fixture
def world(context):
    """A record of every kind of entry, of the illustration, so that as many words as may be are said."""
    meeting = geneva(origin=Origin.ILLUSTRATION, mode=Mode.HYBRID)
    first = morning(meeting)
    closed = morning(meeting, ref="s2", title="Closed", position=1, audience_own=int(Ground.STATES))
    offer = make_offer(meeting, make_organisation("org"), title="On end use", ref="o1")
    item = make_agenda_item(first, position=0, number="1", title="Opening", minutes=30)
    place(offer, first, item=item, minutes=20)
    with changes.change(WRITER, at=AT):
        shared = {"audience_parent_id": meeting.id, "origin": Origin.ILLUSTRATION, "state": "open"}
        times = {"opens_at": AT, "closes_at": TEN + 8 * HOUR}
        call = Call(ref="c", title="Papers", meeting_id=meeting.id, **times, **shared)
        task = FollowUp(ref="f", title="Report", due_on=date(2027, 3, 1), owner_id=meeting.body_id, **shared)
        db.session.add_all([call, task])
    publish(meeting)
    return {
        EntryKind.MEETING: meeting,
        EntryKind.SESSION: first,
        EntryKind.BUSY: closed,
        EntryKind.PRESENTATION: offer,
        EntryKind.CALL: call,
        EntryKind.FOLLOW_UP: task,
        EntryKind.DEADLINE: task,
    }


def test_languages_differ_in_words_alone(world):
    for kind, record in world.items():
        texts = texts_of(record, kind)
        assert tuple(texts) == LANGUAGES, kind
        rest = [
            {name: value for name, value in properties(text).items() if name not in WORDS} for text in texts.values()
        ]
        assert rest[1:] == rest[:1] * len(FURTHER), kind
        (said,) = {len({properties(text)["SUMMARY"] for text in texts.values()})}
        assert said == len(LANGUAGES), kind  # "Illustration" is said in each


def test_what_a_reader_of_french_and_of_spanish_reads(world):
    french = properties(texts_of(world[EntryKind.SESSION], EntryKind.SESSION)["fr"])
    assert french["SUMMARY"] == "Exemple\u00a0: WGX: Session one"
    assert french["DESCRIPTION"] == (
        "Exemple fictif. Rien de ceci n’a été décidé par la Conférence.\\n\\nFirst meeting\\nHybride\\n\\n"
        "Ordre du jour\\n1. Opening (30 min)\\n- org: On end use (20 min)"
    )
    spanish = properties(texts_of(world[EntryKind.CALL], EntryKind.CALL)["es"])
    assert spanish["SUMMARY"] == "Ejemplo: Fecha límite: Papers"
    assert "Cierre: 16 de febrero de 2027\\, 18:00 (Europe/Zurich\\, UTC+01:00)." in spanish["DESCRIPTION"]


def test_an_entry_without_words_of_the_program_is_kept_once(context):
    meeting = geneva()
    first = morning(meeting)
    publish(meeting)
    assert texts_of(first, EntryKind.SESSION).keys() == {"en"}
    edit(first, state="tentative", at=AT + DAY)
    publish(meeting, at=AT + DAY)
    assert texts_of(first, EntryKind.SESSION).keys() == set(LANGUAGES)
    edit(first, state="confirmed", at=AT + 2 * DAY)
    publish(meeting, at=AT + 2 * DAY)
    assert texts_of(first, EntryKind.SESSION).keys() == {"en"}


def test_every_language_follows_a_change(world):
    session = world[EntryKind.SESSION]
    edit(session, state="cancelled", at=AT + DAY)
    publish(world[EntryKind.MEETING], at=AT + DAY)
    said = {language: properties(text) for language, text in texts_of(session, EntryKind.SESSION).items()}
    assert {language: one["SUMMARY"] for language, one in said.items()} == {
        "en": "Illustration: Cancelled: WGX: Session one",
        "fr": "Exemple\u00a0: Annulé\u00a0: WGX: Session one",
        "es": "Ejemplo: Cancelado: WGX: Session one",
    }
    assert {(one["SEQUENCE"], one["DTSTAMP"], one["UID"]) for one in said.values()} == {
        ("1", "20261125T090000Z", "session-s1@planner")
    }


def test_a_stricter_parser_reads_every_language(world):
    for kind, record in world.items():
        for language, text in texts_of(record, kind).items():
            feed = feed_text([text], name="All", uid="all@planner", zones=["Europe/Zurich"])
            (part,) = [one for one in Calendar.from_ical(feed).subcomponents if one.name != "VTIMEZONE"]
            assert part.errors == [], (kind, language)


def test_entries_of_another_version_are_written_anew_once(world, monkeypatch):
    count = db.session.query(CalendarEntry).count()
    assert not lack_form()
    assert rebuild(at=AT + HOUR) == 0
    monkeypatch.setattr(fact, "FORM", fact.FORM + 1)
    assert lack_form()
    assert rebuild(at=AT + HOUR) == count
    assert not lack_form()
    assert rebuild(at=AT + 2 * HOUR) == 0
    assert {row.sequence for row in db.session.scalars(select(CalendarEntry))} == {1}


def test_texts_written_before_there_were_languages_are_filled_in(world):
    """The state after an upgrade: digests without a form, no further texts."""
    with changes.change(WRITER, at=AT):
        for row in db.session.scalars(select(CalendarEntry)):
            row.digest = "ab" * 32
        db.session.query(CalendarEntryText).delete()
    assert lack_form()
    count = db.session.query(CalendarEntry).count()
    assert rebuild(at=AT + HOUR) == count
    assert db.session.query(CalendarEntryText).count() == count * len(FURTHER)
