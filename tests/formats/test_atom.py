"""Atom feeds: what RFC 4287 asks for is there, and any text comes through."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planner.core.xml_text import xml_safe
from planner.formats.atom import NAMESPACE, Channel, Item, atom_text

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def item(**changes):
    facts = {"id": "tag:planner,2026:a/1", "title": "A", "updated": AT, "url": "https://plan.example/1", "text": "One."}
    return Item(**(facts | changes))


def channel(*items):
    return Channel(
        id="tag:planner,2026:changes", title="What changed", author="Planner", url="https://plan.example/changes.atom",
        page="https://plan.example/calendars/changes", updated=AT, items=items,
    )  # fmt: skip


def test_the_whole_of_a_feed():
    later = AT.replace(hour=12)
    assert atom_text(channel(item(), item(id="tag:planner,2026:b/2", updated=later, text="<b>&"))) == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="{NAMESPACE}">\n'
        "  <id>tag:planner,2026:changes</id>\n"
        "  <title>What changed</title>\n"
        "  <updated>2026-11-24T12:00:00+00:00</updated>\n"
        "  <author>\n    <name>Planner</name>\n  </author>\n"
        '  <link rel="self" href="https://plan.example/changes.atom" type="application/atom+xml"/>\n'
        '  <link rel="alternate" href="https://plan.example/calendars/changes" type="text/html"/>\n'
        "  <entry>\n"
        "    <id>tag:planner,2026:a/1</id>\n"
        "    <title>A</title>\n"
        "    <updated>2026-11-24T09:00:00+00:00</updated>\n"
        '    <link rel="alternate" href="https://plan.example/1" type="text/html"/>\n'
        '    <content type="text">One.</content>\n'
        "  </entry>\n"
        "  <entry>\n"
        "    <id>tag:planner,2026:b/2</id>\n"
        "    <title>A</title>\n"
        "    <updated>2026-11-24T12:00:00+00:00</updated>\n"
        '    <link rel="alternate" href="https://plan.example/1" type="text/html"/>\n'
        '    <content type="text">&lt;b&gt;&amp;</content>\n'
        "  </entry>\n"
        "</feed>\n"
    )


def test_a_feed_without_entries_has_its_own_instant():
    root = etree.fromstring(atom_text(channel()).encode())
    assert root.findtext(f"{{{NAMESPACE}}}updated") == "2026-11-24T09:00:00+00:00"


@given(st.text() | st.text(st.characters()), st.text())
def test_any_text_comes_through(title, text):
    root = etree.fromstring(atom_text(channel(item(title=title, text=text))).encode("utf-8"))
    (found,) = root.iter(f"{{{NAMESPACE}}}entry")
    assert [found.findtext(f"{{{NAMESPACE}}}{name}") for name in ("title", "content")] == [
        xml_safe(title),
        xml_safe(text),
    ]
