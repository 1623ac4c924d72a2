"""Search finds what may be seen, in the edition of who asks, whatever was typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.access.viewer import Viewer, public, system
from planner.core.db import db
from planner.models import Document
from planner.rules.audience import Ground
from planner.services import changes
from planner.services.registers import BadQuery
from planner.services.search import search, words_of
from planner.services.search_marks import Piece, excerpt, mark
from tests.conftest import NOW

PUBLIC = public(NOW.date())
OFFICER = system(NOW.date(), "test")


def make_document(title: str, *, audience: int = int(Ground.PUBLIC), **values: object) -> Document:
    with changes.change(OFFICER, at=NOW):
        document = Document(title=title, doc_kind="working_paper", audience_own=audience, **values)
        db.session.add(document)
    return document


def found(q: str, viewer: Viewer = PUBLIC, **options: object) -> set[str]:
    return {"".join(piece.text for piece in hit.title) for hit in search(viewer, q, **options).hits}


@pytest.mark.usefixtures("context")
def test_finds_words_without_case_and_accents_and_the_last_as_a_beginning() -> None:
    make_document("Prevención del desvío de armas")
    make_document("Détournement en transit")
    make_document(unicodedata.normalize("NFD", "Évaluation des risques"))
    make_document("منع تحويل الأسلحة")
    make_document("防止武器转移")
    make_document("Stockpiles", symbol="ATT/CSP6.WGETI/2020/CHAIR/584/M1.Rev1")
    assert {q: found(q) for q in (
        "desvio", "DESVÍO", "prev arm", "arm prev", "detournement trans", "tournement", "evaluation", "الأسلحة",
        "武器", "转移 防止", "att/csp6.wgeti", "584", "desvio transit",
    )} == {
        "desvio": {"Prevención del desvío de armas"},
        "DESVÍO": {"Prevención del desvío de armas"},
        "prev arm": set(),
        "arm prev": set(),
        "detournement trans": {"Détournement en transit"},
        "tournement": set(),
        "evaluation": {unicodedata.normalize("NFD", "Évaluation des risques")},
        "الأسلحة": {"منع تحويل الأسلحة"},
        "武器": {"防止武器转移"},
        "转移 防止": {"防止武器转移"},
        "att/csp6.wgeti": {"Stockpiles"},
        "584": {"Stockpiles"},
        "desvio transit": set(),
    }  # fmt: skip


@pytest.mark.usefixtures("context")
def test_shows_nobody_what_they_may_not_see() -> None:
    make_document("Open casework")
    make_document("Closed casework", audience=int(Ground.STATES))
    make_document("Unpublished casework", published=False)
    make_document("Old casework name", public_title="Public casework name")
    states = Viewer(day=NOW.date(), user_id=1, grounds=int(Ground.PUBLIC | Ground.STATES))
    assert found("casework") == {"Open casework", "Public casework name"}
    assert found("casework", states) == {"Open casework", "Closed casework", "Public casework name"}
    assert found("casework", OFFICER) == {
        "Open casework",
        "Closed casework",
        "Unpublished casework",
        "Old casework name",
    }
    assert found("old") == set()
    assert search(PUBLIC, "casework").kinds == (("document", 2),)


@pytest.mark.usefixtures("context")
def test_counts_kinds_and_pages() -> None:
    for number in range(23):
        make_document(f"Paper {number} on brokering")
    results = search(PUBLIC, "brokering")
    assert (results.total, results.pages, len(results.hits)) == (23, 2, 20)
    assert len(search(PUBLIC, "brokering", page=2).hits) == 3
    assert search(PUBLIC, "brokering", kind="body").hits == ()
    for options in ({"page": 3}, {"kind": "cat"}):
        with pytest.raises(BadQuery):
            search(PUBLIC, "brokering", **options)
    with pytest.raises(BadQuery):
        search(PUBLIC, "b" * 201)


@pytest.mark.usefixtures("context")
def test_an_empty_question_finds_nothing_and_asks_nothing() -> None:
    make_document("Anything")
    assert [search(PUBLIC, q).kinds for q in ("", "   ", '"*()', "\u200f")] == [(), (), (), ()]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=60))
@pytest.mark.usefixtures("context")
def test_any_text_may_be_asked_for(q: str) -> None:
    search(PUBLIC, q)


@settings(max_examples=100)
@given(q=st.text())
def test_words_hold_no_sign_of_a_query_language(q: str) -> None:
    for word in words_of(q):
        assert not set(word) & set("\"'*():&|!<>-^+\\ \0")


def test_marks_what_matches_and_keeps_the_text() -> None:
    assert mark("Côte d’Ivoire, coteau", ("cote",)) == (
        Piece("Côte", is_match=True),
        Piece(" d’Ivoire, ", is_match=False),
        Piece("cote", is_match=True),
        Piece("au", is_match=False),
    )
    assert mark("防止武器转移", ("武器",)) == (
        Piece("防止", is_match=False),
        Piece("武器", is_match=True),
        Piece("转移", is_match=False),
    )
    assert excerpt("", ("a",)) == ()
    long = excerpt("word " * 100 + "needle " + "word " * 100, ("needle",))
    assert [piece.text for piece in long if piece.is_match] == ["needle"]
    assert (long[0].text, long[-1].text) == ("… ", " …")


@settings(max_examples=200)
@given(text=st.text(max_size=80), words=st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_pieces_joined_are_the_text(text: str, words: list[str]) -> None:
    assert "".join(piece.text for piece in mark(text, words)) == text
    excerpt(text, words)
