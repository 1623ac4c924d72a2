"""A description as plain text and as HTML: the same words, and nothing of the record becomes markup."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import html as lxml_html

from planner.core.i18n import N_, gettext_of
from planner.formats.entry import Entry, Wording
from planner.formats.ical import entry_text, feed_text
from planner.formats.prose import Lines, Link, Listing, html, plain

AGENDA = Listing(N_("Agenda"), (("1. Opening (30 min)", ()), ("2. Talks", ("Institute: On <end> use", "A & B: More"))))
ADDRESS = "https://plan.example/sessions/12?a=1&b=2"
BLOCKS = (
    Lines((N_("Cancelled."),)),
    Lines(("First meeting", N_("Hybrid"))),
    AGENDA,
    Link(ADDRESS),
    Link(ADDRESS, "Join"),
)


def test_plain_text():
    assert plain(BLOCKS) == (
        "Cancelled.\n\nFirst meeting\nHybrid\n\n"
        "Agenda\n1. Opening (30 min)\n2. Talks\n- Institute: On <end> use\n- A & B: More\n\n"
        f"{ADDRESS}\n\nJoin: {ADDRESS}"
    )


def test_html():
    address = ADDRESS.replace("&", "&amp;")
    assert html(BLOCKS, gettext_of("fr")) == (
        "<html><body><p>Annulé.</p><p>First meeting<br>Hybride</p>"
        "<p>Ordre du jour</p><ul><li>1. Opening (30 min)</li><li>2. Talks<ul><li>Institute: On &lt;end&gt; use</li>"
        "<li>A &amp; B: More</li></ul></li></ul>"
        f'<p><a href="{address}">{address}</a></p><p><a href="{address}">Join</a></p></body></html>'
    )


@pytest.mark.parametrize("blocks", [(), (Lines(("A paragraph\nof lines\n\nand another",)),)])
def test_where_plain_text_says_as_much_there_is_no_html(blocks):
    assert html(blocks) == ""


def test_paragraphs_and_lines_of_a_text_stay_such():
    assert html((Lines(("One\r\ntwo\n\n\n\nthree ",)), Link(ADDRESS))).startswith(
        "<html><body><p>One<br>two</p><p>three</p><p><a "
    )


texts = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")) | st.sampled_from("<>&\"'\n,;\\"), max_size=60)


@given(st.lists(texts, min_size=1, max_size=3), texts, st.lists(texts, max_size=3))
def test_no_text_becomes_markup_and_every_word_is_there(lines, item, below):
    made = html((Lines(tuple(lines)), Listing("Agenda", ((item, tuple(below)),)), Link(ADDRESS)))
    page = lxml_html.document_fromstring(made)
    assert {element.tag for element in page.iter()} <= {"html", "body", "p", "br", "ul", "li", "a"}
    assert page.xpath("//a/@href") == [ADDRESS]
    assert "".join(page.text_content().split()) == "".join("".join([*lines, "Agenda", item, *below, ADDRESS]).split())


@given(texts, texts)
def test_folded_and_escaped_it_comes_back_as_it_was(line, item):
    made = html((Lines((line,)), Listing("Agenda", ((item, ()),))))
    stamp = datetime(2026, 11, 2, tzinfo=UTC)
    entry = Entry(component="VEVENT", uid="s@planner", starts=date(2027, 2, 23), created=stamp, last_modified=stamp)
    text = entry_text(entry, Wording(summary="Risk", html=made))
    assert max(len(one) for one in text.encode().split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(feed_text([text], name="All", uid="all@planner", zones=[])).walk("VEVENT")
    assert (event.errors, event["X-ALT-DESC"].params["FMTTYPE"]) == ([], "text/html")
    (value,) = re.findall(r"^X-ALT-DESC;FMTTYPE=text/html:(.*)$", text.replace("\r\n ", ""), re.MULTILINE)
    assert re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], value.strip("\r")) == made
