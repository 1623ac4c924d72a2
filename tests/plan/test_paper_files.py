"""Papers over HTTP: made from the records, for who asks, in three languages, the same bytes for the same records."""

from __future__ import annotations

import io

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select

from planner.core.db import db
from planner.models import PlanItem, PlanVersion
from planner.rules.audience import Ground
from planner.services import changes
from tests.conftest import NOW

PAPERS = ("draft-plan", "statement-of-differences", "table-of-comments")
MOST = 16


@pytest.fixture
def versions(full_app):
    """The ids of all versions by their keys."""
    with full_app.app_context():
        return dict(db.session.execute(select(PlanVersion.ref, PlanVersion.id)).all())


@pytest.fixture
def third(versions):
    return f"/plan-versions/{versions['ill-plan/v3']}"


def words(answer) -> str:
    """Return what a DOCX says, with what was put in and taken out."""
    assert answer.status_code == 200, answer.status
    body = Document(io.BytesIO(answer.data)).element.body
    return "\n".join("".join(p.itertext("{*}t", "{*}delText")) for p in body.iter("{*}p"))


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_two_reads_give_the_same_bytes_as_a_file_of_a_clear_name(client, third, name, form):
    one, other = (client.get(f"{third}/{name}.{form}") for _ in range(2))
    assert one.data == other.data
    assert one.headers["Content-Disposition"] == f'attachment; filename="{name}-version-3-en.{form}"'
    assert one.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("language", "title", "count"),
    [("en", "Draft multi-year work plan", "Version 3"), ("fr", "Projet de plan de travail pluriannuel", "Version n° 3"),
     ("es", "Proyecto de plan de trabajo plurianual", "Versión 3")],
)  # fmt: skip
def test_the_fixed_words_are_in_the_language_that_is_asked_for(client, third, language, title, count):
    said = words(client.get(f"{third}/draft-plan.docx?language={language}"))
    assert title in said
    assert count in said
    assert "Banks and financing of transfers" in said
    pdf = PdfReader(io.BytesIO(client.get(f"{third}/draft-plan.pdf?language={language}").data))
    assert pdf.trailer["/Root"]["/Lang"][:2] == language


def test_the_paper_bears_the_symbol_of_its_document_and_says_what_it_is(client, third):
    said = words(client.get(f"{third}/draft-plan.docx"))
    for text in ("ILL/2026/WGD/007/WP.Rev2", "12 November 2026", "Illustration; not a document of the Treaty.",
                 "Original: English", "Working Group on Diversion (illustration)"):  # fmt: skip
        assert text in said


def test_the_statement_tells_each_change_and_tracks_it(client, third):
    answer = client.get(f"{third}/statement-of-differences.docx")
    assert "“Carriers, shippers, insurers” moves from CSP14 to CSP15." in words(answer)
    body = Document(io.BytesIO(answer.data)).element.body
    inserted = ["".join(one.itertext("{*}t")) for one in body.iter("{*}ins")]
    assert "Banks and financing of transfers" in inserted


def test_the_working_copy_is_made_for_officers_alone(client, sign_in, versions):
    copy = f"/plan-versions/{versions['ill-plan/working-copy']}"
    own = sign_in("chair").get(f"{copy}/draft-plan.docx")
    assert "Post-delivery verification, by agreement" in words(own)
    assert own.headers["Content-Disposition"] == 'attachment; filename="draft-plan-working-copy-officers-en.docx"'
    for who in (client, sign_in("delegate"), sign_in("observer")):
        assert {who.get(f"{copy}/{name}.{form}").status_code for name in PAPERS for form in ("docx", "pdf")} == {404}
        against = f"?against={versions['ill-plan/working-copy']}"
        third = f"/plan-versions/{versions['ill-plan/v3']}/statement-of-differences.docx"
        assert who.get(third + against).status_code == 404


def test_a_paper_holds_what_its_reader_may_see(full_app, client, sign_in, third, actor):
    hidden = "Banks and financing of transfers"
    with full_app.app_context(), changes.change(actor, at=NOW):
        item = db.session.scalars(select(PlanItem).where(PlanItem.title == hidden)).one()
        item.audience_own = int(Ground.STATES_PARTIES)
    readers = {
        "stranger": client,
        "observer": sign_in("observer"),
        "delegate": sign_in("delegate"),
        "chair": sign_in("chair"),
    }
    for name in ("draft-plan", "statement-of-differences"):
        told = {who: hidden in words(reader.get(f"{third}/{name}.docx")) for who, reader in readers.items()}
        assert told == {"stranger": False, "observer": False, "delegate": True, "chair": True}


def test_comments_stand_in_the_paper_of_who_may_read_them(client, sign_in, third):
    told = {who: words(sign_in(who).get(f"{third}/table-of-comments.docx")) for who in ("chair", "delegate")}
    assert "This paper holds no comment: there is none that its reader may see." in words(
        client.get(f"{third}/table-of-comments.docx")
    )
    assert told["chair"].count("Proposed") >= told["delegate"].count("Proposed")
    assert "7 comments, those that its reader may see," in told["chair"]


def test_of_a_text_that_is_not_held_no_paper_is_made(client, versions):
    real = {key: id_ for key, id_ in versions.items() if not key.startswith("ill-")}
    first = next(id_ for key, id_ in real.items() if key.endswith("/v1"))
    second = next(id_ for key, id_ in real.items() if key.endswith("/v2"))
    for address in (f"/plan-versions/{first}/draft-plan.pdf", f"/plan-versions/{second}/statement-of-differences.docx"):
        answer = client.get(address)
        assert (answer.status_code, "The text is not held here" in answer.text) == (409, True)


@pytest.mark.parametrize(
    ("address", "status"),
    [("draft-plan.odt", 404), ("draft-plan.docx?language=xx", 400), ("statement-of-differences.pdf?against=x", 400),
     ("statement-of-differences.pdf?against=999999", 404), ("draft-plan.docx?language=fr", 200)],
)  # fmt: skip
def test_an_address_that_cannot_be_right_is_refused(client, third, address, status):
    assert client.get(f"{third}/{address}").status_code == status


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_made_in_few_queries(full_app, client, third, name, count_queries):
    with count_queries(full_app) as counted:
        client.get(f"{third}/{name}.docx")
    assert counted.count <= MOST, counted.statements
