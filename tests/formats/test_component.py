"""Components as the library writes them, with lines that languages share written once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event, Todo
from icalendar.parser import Contentline
from icalendar.prop import vInline

from planner.formats.component import _folded, component_texts

SHARED = [
    ("UID", {}, "u@planner"),
    ("DTSTART", {"TZID": "Europe/Zurich"}, "20270223T090000"),
    ("RELATED-TO", {}, "a@planner"),
    ("RELATED-TO", {}, "b@planner"),
    ("ATTACH", {"FMTTYPE": "application/pdf"}, "https://planner.example/" + "a" * 90),
]
ENGLISH = [("SUMMARY", {}, "Session"), ("DESCRIPTION", {}, "Room A\\, " * 12)]
FRENCH = [("SUMMARY", {}, "Réunion"), ("DESCRIPTION", {}, "Salle A\\, été " * 12), ("X-ALT-DESC", {}, "<p>été</p>")]
SPANISH = [("SUMMARY", {}, "Sesión")]


@pytest.mark.parametrize(("kind", "component"), [("VEVENT", Event), ("VTODO", Todo)])
def test_each_language_is_what_the_library_writes_of_it(kind, component):
    def by_the_library(words):
        written = component()
        for name, parameters, value in [*SHARED, *words]:
            written.add(name, vInline(value, params=parameters), encode=False)
        return written.to_ical().decode()

    languages = [ENGLISH, FRENCH, SPANISH, ENGLISH]
    assert component_texts(kind, iter(SHARED), map(iter, languages)) == [by_the_library(one) for one in languages]


def test_parameters_stand_as_they_are_given_and_labels_in_quotes():
    conference = ("CONFERENCE", {"VALUE": "URI", "LABEL": "Accès à distance"}, "https://meet.example/1")
    assert component_texts("VEVENT", [], [[conference]]) == [
        'BEGIN:VEVENT\r\nCONFERENCE;VALUE=URI;LABEL="Accès à distance":https://meet.example/1\r\nEND:VEVENT\r\n'
    ]


@given(st.text(st.characters(exclude_characters="\r\n^", exclude_categories=["Cs"]) | st.sampled_from("\\,;é😀a")))
def test_lines_are_folded_as_the_library_folds_them(line):
    assert _folded(line.encode()) == Contentline(line).to_ical()
