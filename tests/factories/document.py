"""Documents for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.core.db import db
from planner.models import Document
from planner.rules.audience import Ground
from planner.services import changes
from tests.factories.meeting import AT, WRITER


def make_document(title: str, *, at: datetime = AT, **values: Any) -> Document:
    """Make a public working paper without a symbol."""
    with changes.change(WRITER, at=at):
        values = {"doc_kind": "working_paper", "audience_own": int(Ground.PUBLIC), **values}
        document = Document(title=title, **values)
        db.session.add(document)
    return document
