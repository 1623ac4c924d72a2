"""`documents.yaml`: the register of sources and that of documents."""

from __future__ import annotations

from planner.models import ConferenceAction, Document, Origin, Record, Source
from planner.rules import symbols
from planner.rules.faults import Unreadable
from planner.rules.lifecycle import ConferenceVerb, verb_from_sentence
from planner.services.record_files.books import Books
from planner.services.record_files.citing import PUBLIC, Cited, Data, citation_rows, record_data, record_values
from planner.services.record_files.store import Store


def load_sources(data: Data, store: Store) -> None:
    """Put the sources, which all other records cite."""
    for source in data["sources"]:
        values = {
            **record_values(source, source["title"], own=PUBLIC),
            "source_kind": source["kind"],
            "reference": source["ref"],
            "extent": source["read"],
        }
        store.put(Source, source["id"], values)
    store.flush()
    for source in data["sources"]:
        # A source may be cited for another one, so all are there before.
        store.put_rows(store.get("source", source["id"]), "citations", citation_rows(source, store))


def load_documents(data: Data, store: Store) -> None:
    """Put the documents; meetings, bodies and cycles must be there. Papers come before those that point to them."""
    for document in _in_order(data["documents"]):
        _put_document(document, store)
    store.flush()


def _in_order(rows: list[Data]) -> list[Data]:
    """Return the documents so that each follows those that it points to, otherwise in the order of the file."""
    by_id = {row["id"]: row for row in rows}
    ordered: dict[str, Data] = {}

    def add(row: Data) -> None:
        if row["id"] in ordered:
            return
        above = [row.get("annex_of"), row.get("supersedes"), *row.get("follows", ())]
        for ref in above:
            if ref is not None:
                add(by_id[ref])
        ordered[row["id"]] = row

    for row in rows:
        add(row)
    return list(ordered.values())


def _put_document(data: Data, store: Store) -> None:
    annex_of = store.get("document", data["annex_of"]) if "annex_of" in data else None
    meeting = store.get("meeting", data["meeting"]) if "meeting" in data else None
    body = store.body(data.get("sub_body") or data.get("body"))
    parent = annex_of or meeting or body
    values = {
        **record_values(data, data["title"], parent=parent, own=None if parent else PUBLIC),
        "symbol": data.get("symbol"),
        "symbol_pattern": data.get("symbol_pattern"),
        "serial": _serial(data.get("symbol")),
        "doc_kind": data["kind"],
        "on_text": data.get("date"),
        "cycle": store.cycle(data.get("cycle")),
        "body": body,
        "meeting": meeting,
        "standing": data.get("status"),
        "version_number": data.get("version"),
        "pages": data.get("pages"),
        "original_language": data.get("original_language"),
        "title_is_paraphrase": data.get("title_is_paraphrase", False),
        "annex_of": annex_of,
        "annex_label": data.get("annex_label"),
        "supersedes": store.get("document", data["supersedes"]) if "supersedes" in data else None,
    }
    rows = {
        "citations": citation_rows(data, store),
        "languages": [_language_row(number, entry) for number, entry in enumerate(data.get("languages", ()))],
        "submitters": [
            {"stakeholder": store.get("stakeholder", ref), "position": number}
            for number, ref in enumerate(data.get("submitted_by", ()))
        ],
        "follows": [
            {"followed": store.get("document", ref), "position": number}
            for number, ref in enumerate(data.get("follows", ()))
        ],
        "actions": action_rows(data, store),
    }
    store.put(Document, data["id"], values, rows)


def _serial(symbol: str | None) -> int | None:
    """Return the running number of a symbol that follows the grammar."""
    if symbol is None:
        return None
    try:
        return symbols.parse_symbol(symbol).serial
    except Unreadable:
        return None


def _language_row(position: int, entry: Data | str) -> Data:
    found = {"language": entry} if isinstance(entry, str) else entry
    return {"language": found["language"], "url": found.get("url"), "position": position}


def action_rows(data: Data, store: Store) -> list[Data]:
    """Return what the Conference did with a record: in one word with the record's own cycle, or at length."""
    rows = [
        action_row(
            store,
            ConferenceVerb(action["verb"]),
            action["cycle"],
            document=action.get("document"),
            paragraph=action.get("paragraph"),
            on_text=action.get("date"),
            origin=Origin(data.get("origin", Origin.RECORD)),
        )
        for action in data.get("actions", ())
    ]
    if "conference_action" in data and (verb := verb_from_sentence(data["conference_action"])):
        rows.append(action_row(store, verb, data["cycle"], origin=Origin(data.get("origin", Origin.RECORD))))
    return rows


def action_row(
    store: Store,
    verb: ConferenceVerb,
    cycle: str,
    *,
    document: str | None = None,
    paragraph: str | None = None,
    on_text: str | None = None,
    origin: Origin = Origin.RECORD,
) -> Data:
    """Return one action of the Conference of a cycle."""
    return {
        "verb": verb,
        "cycle": store.cycle(cycle),
        "origin": origin,
        "document": store.get("document", document) if document else None,
        "paragraph": paragraph,
        "on_text": on_text,
    }


def dump_documents(books: Books) -> Data:
    """Return the content of the file."""
    return {
        "sources": [_source_data(source, books) for source in books.of(Source)],
        "documents": [_document_data(document, books) for document in books.of(Document)],
    }


def _source_data(source: Source, books: Books) -> Data:
    cited = Cited(source, books)
    return {
        "id": source.ref,
        "kind": source.source_kind,
        "ref": source.reference,
        "title": source.title,
        "read": source.extent,
        **cited.whole(),
        **cited.rest(),
        **record_data(source, own=PUBLIC),
    }


def _document_data(document: Document, books: Books) -> Data:
    cited = Cited(document, books)
    hangs = document.annex_of_id or document.meeting_id or document.body_id
    cycle = books.ref(document.cycle_id)
    return {
        "id": document.ref,
        "symbol": document.symbol,
        "symbol_pattern": document.symbol_pattern,
        "title": document.title,
        "title_is_paraphrase": document.title_is_paraphrase or None,
        "date": document.on_text,
        "kind": document.doc_kind,
        "status": document.standing,
        "version": document.version_number,
        "pages": document.pages,
        "cycle": cycle,
        **books.body_data(document.body_id),
        "meeting": books.ref(document.meeting_id),
        "submitted_by": books.refs_of([row.stakeholder_id for row in document.submitters]),
        "languages": [
            {"language": row.language, "url": row.url} if row.url else row.language for row in document.languages
        ],
        "original_language": document.original_language,
        "follows": books.refs_of([row.follows_id for row in document.follows]),
        "supersedes": books.ref(document.supersedes_id),
        "annex_of": books.ref(document.annex_of_id),
        "annex_label": document.annex_label,
        **actions_data(document, books, cycle),
        **cited.whole(),
        **cited.rest(),
        **record_data(document, own=None if hangs else PUBLIC),
    }


def actions_data(record: Record, books: Books, cycle: str | None) -> Data:
    """Return the actions of the Conference on a record: in one word where that says all, else at length."""
    actions = [action for action in record.actions if action.origin in books.origins and books.ref(action.cycle_id)]
    if len(actions) == 1 and _is_plain(actions[0]) and books.ref(actions[0].cycle_id) == cycle:
        return {"conference_action": actions[0].verb.past.text}
    return {"actions": [_action_data(action, books) for action in actions] or None}


def actions_list(record: Record, books: Books) -> list[Data]:
    """Return the actions of the Conference on a record at length, without what is not known of them."""
    actions = [action for action in record.actions if action.origin in books.origins and books.ref(action.cycle_id)]
    rows = [_action_data(action, books) for action in actions]
    return [{key: value for key, value in row.items() if value is not None} for row in rows]


def _is_plain(action: ConferenceAction) -> bool:
    return action.document_id is None and action.paragraph is None and action.on_text is None


def _action_data(action: ConferenceAction, books: Books) -> Data:
    return {
        "verb": action.verb.value,
        "cycle": books.ref(action.cycle_id),
        "document": books.ref(action.document_id),
        "paragraph": action.paragraph,
        "date": action.on_text,
    }
