"""Documents, sources, instruments, and what the Treaty's text gives: Articles and stages."""

from __future__ import annotations

import re

from sqlalchemy import select

from planner.core.db import db
from planner.core.i18n import N_, Message
from planner.models import (
    Document,
    DocumentFollows,
    DocumentLanguage,
    DocumentSubmitter,
    Instrument,
    Source,
    Stage,
    TreatyArticle,
)
from planner.rules.faults import Unreadable
from planner.rules.symbols import parse_symbol
from planner.rules.words import DOCUMENT_KINDS
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import (
    LONG,
    Choice,
    Flag,
    Kind,
    Lines,
    Number,
    Partial,
    Rows,
    Shaped,
    Text,
    text_of,
)
from planner.services.editing.references import Links, Ref
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import common


class SymbolText(Kind):
    """A document symbol that follows the grammar, or one that is said to be of another form."""

    def clean(self, raw: object, _entry: Entry) -> str | None:
        """Return the symbol as typed; whether it must be readable is a matter of the whole form."""
        text = text_of(raw, 120)
        if text is not None and not text.isprintable():
            raise Wrong(N_("A symbol is made of letters, digits, dots and strokes."))
        return text


URL = Shaped(re.compile(r"https?://[^\s<>\"]{3,480}"), N_("A web address begins with https://."), 500)
INSTRUMENT_KINDS = ("treaty", "political", "declaration", "guideline", "control_regime", "eu_law", "resolution_goal")
BINDING = ("legally", "politically", "none")
SOURCE_KINDS = (
    "att_document",
    "att_site",
    "civil_society_report",
    "encyclopaedia",
    "founding_document",
    "government_statement",
    "legislation",
    "research_report",
    "treaty",
    "treaty_status",
    "other",
)
EXTENTS = ("whole", "part", "opening", "short_page", "title")


def _check_document(values: Values, entry: Entry) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    symbol = values["symbol"]
    if symbol and not values["symbol_is_other"] and symbol != entry.stored.get("symbol"):
        try:
            parse_symbol(symbol)
        except Unreadable as error:
            wrong["symbol"] = error.message
    if values["annex_label"] and not values["annex_of_id"]:
        wrong["annex_of_id"] = N_("Say which document it is an annex of.")
    for name in ("annex_of_id", "supersedes_id"):
        if entry.record is not None and values[name] == entry.record.id:
            wrong[name] = N_("A document cannot stand in for itself.")
    if entry.record is not None and entry.record.id in values["follows"]:
        wrong["follows"] = N_("A document cannot follow itself.")
    if entry.record is not None and values["annex_of_id"] and _is_below(values["annex_of_id"], entry.record.id):
        wrong["annex_of_id"] = N_("This document is itself an annex of the one that you edit.")
    return wrong


def _is_below(document_id: int, above_id: int) -> bool:
    """Say whether a document is an annex, at any depth, of another."""
    seen = set()
    current: int | None = document_id
    while current is not None and current not in seen:
        if current == above_id:
            return True
        seen.add(current)
        current = db.session.scalar(select(Document.annex_of_id).where(Document.id == current))
    return False


def _derive_document(record: Document, values: Values, _entry: Entry) -> None:
    record.serial = None
    if values["symbol"]:
        try:
            record.serial = parse_symbol(values["symbol"]).serial
        except Unreadable:
            record.serial = None


def _read_document(record: Document) -> Values:
    try:
        readable = record.symbol is None or bool(parse_symbol(record.symbol))
    except Unreadable:
        readable = False
    return {"symbol_is_other": not readable}


DOCUMENT = Spec(
    kind="document",
    model=Document,
    parents=("annex_of_id", "meeting_id", "body_id"),
    fields=(
        common.TITLE,
        Field("title_is_paraphrase", Flag()),
        Field("doc_kind", Choice(tuple(DOCUMENT_KINDS), "doc_kind"), required=True),
        Field("symbol", SymbolText()),
        Field("symbol_is_other", Flag(), on="virtual"),
        Field("symbol_pattern", Text(120)),
        Field("on_text", Partial()),
        Field("body_id", common.BODY),
        Field("meeting_id", common.MEETING),
        Field("cycle_id", common.CYCLE),
        Field("standing", Choice(("draft", "final", "living_document", "welcomed", "endorsed", "adopted"), "standing")),
        Field("version_number", Number(1, 999)),
        Field("pages", Number(1, 9999)),
        Field("original_language", common.LANGUAGE),
        Field(
            "languages",
            Rows(
                "languages",
                DocumentLanguage,
                (Field("language", common.LANGUAGE, required=True), Field("url", URL)),
                key=("language",),
            ),
        ),
        Field("submitters", Links(("stakeholder",), "submitters", DocumentSubmitter, "stakeholder_id")),
        Field("annex_of_id", common.DOCUMENT),
        Field("annex_label", Text(20)),
        Field("supersedes_id", common.DOCUMENT),
        Field("follows", Links(("document",), "follows", DocumentFollows, "follows_id")),
        common.ACTIONS,
        *common.TAIL,
    ),
    check=_check_document,
    derive=_derive_document,
    read=_read_document,
)

SOURCE = Spec(
    kind="source",
    model=Source,
    fields=(
        common.TITLE,
        Field("source_kind", Choice(SOURCE_KINDS, "source_kind"), required=True),
        Field("reference", Text(2000), required=True),
        Field("extent", Choice(EXTENTS, "extent"), required=True),
        *common.TAIL,
    ),
)


def _check_instrument(values: Values, entry: Entry) -> dict[str, Message]:
    if entry.record is not None and values["parent_id"] == entry.record.id:
        return {"parent_id": N_("An instrument cannot belong to itself.")}
    return {}


_YEAR = Number(1800, 2200)
INSTRUMENT = Spec(
    kind="instrument",
    model=Instrument,
    fields=(
        common.TITLE,
        Field("short", Text(80), required=True),
        Field("instrument_kind", Choice(INSTRUMENT_KINDS, "instrument_kind"), required=True),
        Field("binding", Choice(BINDING, "binding"), required=True),
        Field("region", common.REGION),
        Field("adopted_year", _YEAR),
        Field("in_force_year", _YEAR),
        Field("amended_years", Lines(numbers=True)),
        Field("depositary", Text(120)),
        Field("party_count", Number(0, 300)),
        Field("meets", Text(1000)),
        Field("in_seed", Flag()),
        Field("aliases", Lines(200)),
        Field("alias_note", LONG),
        Field("parent_id", Ref(("instrument",))),
        Field("organisation_id", common.STAKEHOLDER),
        common.ARTICLES,
        *common.TAIL,
    ),
    check=_check_instrument,
)
ARTICLE = Spec(
    kind="treaty_article",
    model=TreatyArticle,
    creatable=False,
    fields=(common.TITLE, Field("topic", Text(80)), Field("summary", LONG), *common.TAIL),
)
STAGE = Spec(kind="stage", model=Stage, creatable=False, fields=(common.TITLE, common.ARTICLES, *common.TAIL))

SPECS = (DOCUMENT, SOURCE, INSTRUMENT, ARTICLE, STAGE)
