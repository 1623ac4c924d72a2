"""`instruments.yaml`: the instruments that complement the Treaty."""

from __future__ import annotations

from planner.models import Instrument, Record, ReferenceNote
from planner.services.record_files import notes
from planner.services.record_files.books import Books
from planner.services.record_files.citing import PUBLIC, Cited, Data, citation_rows, record_data, record_values
from planner.services.record_files.store import Store


def load_instruments(data: Data, store: Store) -> None:
    """Put the instruments, each after the one it belongs to."""
    if "seed_label_note" in data:
        notes.put_note(store, "seed_label_note", "A label of the founding paper", {"note": data["seed_label_note"]})
    left = {row["id"]: row for row in data["instruments"]}
    while left:
        for row in [row for row in left.values() if row.get("parent") not in left]:
            _put_instrument(left.pop(row["id"]), store)
    store.flush()


def article_rows(articles: list[str] | None, store: Store) -> list[Data]:
    """Return links to Articles in the order given."""
    return [
        {"article": store.get("treaty_article", number), "position": position}
        for position, number in enumerate(articles or ())
    ]


def _put_instrument(data: Data, store: Store) -> None:
    values = {
        **record_values(data, data["name"], own=PUBLIC),
        "short": data["short"],
        "instrument_kind": data["kind"],
        "binding": data["binding"],
        "region": data.get("region"),
        "adopted_year": data.get("adopted"),
        "in_force_year": data.get("in_force"),
        "amended_years": data.get("amended"),
        "depositary": data.get("depositary"),
        "party_count": data.get("parties"),
        "in_seed": data.get("in_seed", False),
        "meets": data.get("cycle"),
        "aliases": data.get("aliases"),
        "alias_note": data.get("alias_note"),
        "parent": store.get("instrument", data["parent"]) if "parent" in data else None,
        "organisation": store.get("stakeholder", data["organisation"]) if "organisation" in data else None,
    }
    rows = {"citations": citation_rows(data, store), "article_links": article_rows(data.get("relates_to"), store)}
    store.put(Instrument, data["id"], values, rows)


def dump_instruments(books: Books) -> Data:
    """Return the content of the file."""
    label = books.find(ReferenceNote, "seed_label_note")
    return {
        "seed_label_note": label.note if label else None,
        "instruments": [_instrument_data(instrument, books) for instrument in books.of(Instrument)],
    }


def articles_of(record: Record, books: Books) -> list[str]:
    """Return the numbers of the Articles that a record is linked to."""
    return [books.refs[row.article_id] for row in record.article_links]


def _instrument_data(instrument: Instrument, books: Books) -> Data:
    cited = Cited(instrument, books)
    return {
        "id": instrument.ref,
        "short": instrument.short,
        "name": instrument.title,
        "adopted": instrument.adopted_year,
        "in_force": instrument.in_force_year,
        "amended": instrument.amended_years,
        **cited.of_field("year"),
        "kind": instrument.instrument_kind,
        "binding": instrument.binding,
        "region": instrument.region,
        "depositary": instrument.depositary,
        "parties": instrument.party_count,
        "parent": books.ref(instrument.parent_id),
        "organisation": books.ref(instrument.organisation_id),
        "in_seed": instrument.in_seed,
        "aliases": instrument.aliases,
        "alias_note": instrument.alias_note,
        "relates_to": articles_of(instrument, books),
        "cycle": instrument.meets,
        **cited.whole(),
        **cited.rest(),
        **record_data(instrument, own=PUBLIC),
    }
