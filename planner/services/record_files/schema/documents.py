"""The shape of `documents.yaml`."""

from __future__ import annotations

from planner.services.record_files import checks
from planner.services.record_files.kinds import LANGUAGE, Day, Id, Number, Ref, Slug, Text, Truth, Word
from planner.services.record_files.schema.common import ACTORS, CITED_CHECKS, DOCUMENTS, RECORD, TITLE, file_shape
from planner.services.record_files.shapes import Either, Many, Shape

SOURCE = Shape(
    {
        "id": Id("source"),
        "kind": Slug(40),
        "ref": Text(2000),
        "title": TITLE,
        "read": Word(("whole", "part", "opening", "short_page", "title")),
        **RECORD,
    },
    ("id", "kind", "ref", "title", "read"),
    key="id",
    name="sources",
)
LANGUAGE_VERSION = Shape({"language": LANGUAGE, "url": Text(500)}, ("language",))
DOCUMENT = Shape(
    {
        "id": Id("document"),
        "symbol": Text(120),
        "symbol_pattern": Text(120),
        "title": TITLE,
        "title_is_paraphrase": Truth(),
        "date": Day(),
        "kind": Slug(40),
        "status": Slug(40),
        "version": Number(1, 10_000),
        "pages": Number(1, 100_000),
        "cycle": Ref("cycle"),
        "body": Ref("body"),
        "sub_body": Ref("body"),
        "meeting": Ref("meeting"),
        "submitted_by": ACTORS,
        "languages": Many(Either(LANGUAGE_VERSION, LANGUAGE), distinct=True),
        "original_language": LANGUAGE,
        "follows": DOCUMENTS,
        "supersedes": Ref("document"),
        "annex_of": Ref("document"),
        "annex_label": Text(20),
        "conference_action": Text(40),
        "actions": Many(checks.action_shape()),  # own: actions with paragraph, day or paper
        **RECORD,
    },
    ("id", "title", "kind"),
    (checks.action_is_a_verb, *CITED_CHECKS),
    key="id",
    name="documents",
)
DOCUMENT_FILE = file_shape({"sources": Many(SOURCE), "documents": Many(DOCUMENT)}, "sources", "documents")
