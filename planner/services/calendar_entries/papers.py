"""The papers of meetings and sessions as attachments of their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from planner.core.db import db, table_of
from planner.formats.entry import Attachment, url_faults
from planner.models import DocumentLanguage, Origin, Record, RecordDocument
from planner.rules.audience import Ground, is_inside
from planner.services.calendar_entries.source import Source

_MOST = 20
"""How many papers an entry names: the page behind its URL has all of them."""
_MEDIA_TYPES = {
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".pdf": "application/pdf",
}


class Papers:
    """The documents of some records, in their order."""

    def __init__(self, source: Source) -> None:
        """Read them in two queries."""
        record, link = table_of(Record), table_of(RecordDocument)
        self.source = source
        self.of: dict[int, list[Any]] = defaultdict(list)
        chosen = (
            select(link.c.record_id, record.c.id, record.c.audience, record.c.origin)
            .join(record, record.c.id == link.c.document_id)
            .where(link.c.record_id.in_(source.ids), record.c.published, ~record.c.is_withdrawn)
            .order_by(link.c.record_id, link.c.position, record.c.id)
        )
        for row in db.session.execute(chosen):
            self.of[row.record_id].append(row)
        documents = {row.id for rows in self.of.values() for row in rows}
        self.versions: dict[int, list[Any]] = defaultdict(list)
        versions = table_of(DocumentLanguage)
        held = select(versions).where(versions.c.document_id.in_(documents), versions.c.url.is_not(None))
        for row in db.session.execute(held.order_by(versions.c.document_id, versions.c.position)):
            self.versions[row.document_id].append(row)

    def for_all_of(self, row: Any) -> tuple[Attachment, ...]:
        """Return the papers of a record that everybody may see who reads its entry."""
        shown = (
            one
            for one in self.of.get(row.id, ())
            if is_inside(row.audience, one.audience)
            and (one.origin is not Origin.ILLUSTRATION or row.origin is Origin.ILLUSTRATION)
        )
        found = (attachment for one in shown if (attachment := self._attachment(one)))
        return tuple(dict.fromkeys(found))[:_MOST]

    def _attachment(self, document: Any) -> Attachment | None:
        """Return where a document is: of a public one its own address, else our page, which asks who is reading.

        The address of one that is not for all may itself be the key to it.
        """
        if document.audience & Ground.PUBLIC:
            address = _address_of(self.versions.get(document.id, ()))
            if address:
                return Attachment(address, _MEDIA_TYPES.get(PurePosixPath(urlsplit(address).path).suffix.lower()))
        page = self.source.address("documents", document.id)
        return Attachment(page, "text/html") if page else None


def _address_of(versions: Iterable[Any]) -> str | None:
    """Return the address of the English version, else of the first that has one which a calendar can hold."""
    usable = [row for row in versions if row.url.startswith("https://") and not list(url_faults(row.url))]
    return next((row.url for row in usable if row.language == "en"), usable[0].url if usable else None)
