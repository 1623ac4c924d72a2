"""Papers, place and remote access are told to those who may see them, and to nobody else."""

from __future__ import annotations

import pytest

from planner.core.db import db
from planner.models import DocumentLanguage, EntryKind, RecordDocument
from planner.rules.audience import Ground
from planner.services import calendar_entries, changes
from tests.factories.document import make_document
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit

from .shared import DAY, entry_of, geneva, morning, publish, said

SITE = "https://planner.example"
STATES = int(Ground.STATES)
REMOTE = "https://remote.example/j/1?pwd=x"

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def meeting(context):
    return geneva()


@pytest.fixture
def first(meeting):
    return morning(meeting)


@pytest.fixture
def site():
    calendar_entries.configure(SITE)
    yield
    calendar_entries.configure(None)


def attach(record, *documents, at=AT):
    with changes.change(WRITER, at=at):
        for position, document in enumerate(documents):
            db.session.add(RecordDocument(record_id=record.id, document_id=document.id, position=position))


def in_languages(document, **addresses):
    with changes.change(WRITER, at=AT):
        for position, (language, url) in enumerate(addresses.items()):
            db.session.add(DocumentLanguage(document_id=document.id, language=language, position=position, url=url))
    return document


def attached(record, kind):
    text = entry_of(record, kind).text.replace("\r\n ", "")
    return [line.removeprefix("ATTACH") for line in text.split("\r\n") if line.startswith("ATTACH")]


def test_a_public_paper_is_named_by_its_own_address(meeting, first):
    pdf = in_languages(make_document("A"), fr="https://p.example/f.pdf", en="https://p.example/e.PDF?x=1")
    page = in_languages(make_document("B"), es="https://p.example/s")
    attach(first, pdf, page)
    publish(meeting)
    assert attached(first, EntryKind.SESSION) == [
        ";FMTTYPE=application/pdf:https://p.example/e.PDF?x=1",
        ":https://p.example/s",
    ]
    assert attached(meeting, EntryKind.MEETING) == []


@pytest.mark.parametrize("url", ["http://p.example/a", "https://p.example/é", 'https://p.example/"', None])
def test_an_address_that_no_calendar_can_hold_is_left_out(meeting, url):
    attach(meeting, in_languages(make_document("A"), en=url))
    assert attached(meeting, EntryKind.MEETING) == []


@pytest.mark.usefixtures("site")
def test_of_a_closed_paper_our_page_alone_and_only_where_all_readers_may_see_it(meeting, first):
    closed = in_languages(make_document("A", audience_own=STATES), en="https://secret.example/key.pdf")
    open_one = make_document("B")
    attach(first, closed, open_one)
    publish(meeting)
    pages = [f";FMTTYPE=text/html:{SITE}/documents/{one.id}" for one in (closed, open_one)]
    assert attached(first, EntryKind.SESSION) == pages[1:]
    edit(first, audience_own=STATES, at=AT + DAY)
    assert attached(first, EntryKind.SESSION) == pages
    assert "secret.example" not in entry_of(first, EntryKind.SESSION).text


@pytest.mark.usefixtures("site")
def test_an_entry_follows_its_papers(meeting):
    paper = make_document("A")
    attach(meeting, paper)
    assert attached(meeting, EntryKind.MEETING) == [f";FMTTYPE=text/html:{SITE}/documents/{paper.id}"]
    edit(paper, audience_own=STATES, at=AT + DAY)
    assert attached(meeting, EntryKind.MEETING) == []
    edit(paper, audience_own=None, at=AT + DAY)
    edit(paper, audience_own=int(Ground.PUBLIC), at=AT + DAY)
    assert len(attached(meeting, EntryKind.MEETING)) == 1
    edit(paper, withdrawn_because="Replaced.", is_withdrawn=True, at=AT + DAY)
    assert attached(meeting, EntryKind.MEETING) == []


@pytest.mark.usefixtures("site")
def test_of_many_papers_the_first_are_named(meeting):
    attach(meeting, *(make_document(f"Paper {number}") for number in range(22)))
    assert len(attached(meeting, EntryKind.MEETING)) == 20


@pytest.mark.usefixtures("site")
def test_of_a_closed_forum_no_paper_and_no_place():
    body = make_body("dief", work_audience=STATES)
    forum = make_meeting(body, ref="f1", start_on="2027-02-16", latitude=46.2, longitude=6.1)
    attach(forum, make_document("A"))
    assert attached(forum, EntryKind.MEETING) == []
    assert "GEO" not in said(forum, EntryKind.MEETING)


def test_remote_access_is_told_in_the_session_alone(meeting, first):
    edit(first, remote_url=REMOTE, audience_own=STATES)
    offer = make_offer(meeting, make_organisation("org"), title="On end use", ref="o1")
    place(offer, first, minutes=20)
    publish(meeting)
    lines = said(first, EntryKind.SESSION)
    assert lines['CONFERENCE;VALUE=URI;LABEL="Remote access"'] == REMOTE
    assert f"Remote access: {REMOTE}" in lines["DESCRIPTION"]
    for record, kind in ((first, EntryKind.BUSY), (offer, EntryKind.PRESENTATION), (meeting, EntryKind.MEETING)):
        assert "remote.example" not in entry_of(record, kind).text.replace("\r\n ", "")


def test_what_is_off_has_no_conference(meeting, first):
    edit(first, remote_url=REMOTE)
    publish(meeting)
    edit(first, state="postponed", at=AT + DAY)
    publish(meeting, at=AT + DAY)
    assert "remote.example" not in entry_of(first, EntryKind.SESSION).text.replace("\r\n ", "")


def test_a_new_address_for_remote_access_is_a_change_of_the_programme(meeting, first):
    publish(meeting)
    edit(first, remote_url=REMOTE, at=AT + DAY)
    publish(meeting, at=AT + DAY)
    assert said(first, EntryKind.SESSION)["SEQUENCE"] == "1"


def test_the_place_of_a_meeting_is_that_of_its_sessions(meeting, first):
    publish(meeting)
    edit(meeting, latitude=46.2264, longitude=6.1372, at=AT + DAY)
    assert {said(meeting, EntryKind.MEETING)["GEO"], said(first, EntryKind.SESSION)["GEO"]} == {"46.2264;6.1372"}
    assert said(first, EntryKind.SESSION)["SEQUENCE"] == "1"
