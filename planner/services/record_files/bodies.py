"""`bodies.yaml`: bodies and cycles. Cycles not given there follow from the Conferences (`consistency.py`)."""

from __future__ import annotations

from datetime import date

from planner.models import Body, BodyKind, Cycle
from planner.services.record_files.books import Books
from planner.services.record_files.citing import (
    PUBLIC,
    Cited,
    Data,
    citation_rows,
    mask_of,
    record_data,
    record_values,
    words_of,
)
from planner.services.record_files.consistency import cycle_key
from planner.services.record_files.store import Store


def load_cycles(rows: list[Data], store: Store) -> None:
    """Put the cycles."""
    for data in rows:
        title = data.get("title") or data["code"]
        values = {
            **record_values(data, title, own=PUBLIC),
            "series": data["series"],
            "number": data["number"],
            "code": data["code"],
            "from_on": date.fromisoformat(data["from"]) if "from" in data else None,
            "until_on": date.fromisoformat(data["until"]),
            "conference_theme": data.get("conference_theme"),
        }
        store.put(Cycle, cycle_key(data), values, {"citations": citation_rows(data, store)})
    store.flush()


def load_bodies(data: Data, store: Store) -> None:
    """Put the bodies, each after the body above it."""
    by_code = {row["code"]: row for row in data["bodies"]}
    store.bodies = {row["code"]: _key(row) for row in data["bodies"]}
    for row in sorted(data["bodies"], key=lambda row: _depth(row, by_code)):
        _put_body(row, store)
    store.flush()


def _key(data: Data) -> str:
    """Return the key of a body: its slug where it has none of its own."""
    return str(data.get("id") or data["slug"])


def _depth(row: Data, by_code: dict[str, Data]) -> int:
    depth = 0
    while "parent" in row:
        row = by_code[row["parent"]]
        depth += 1
    return depth


def _put_body(data: Data, store: Store) -> None:
    parent = store.body(data.get("parent"))
    values = {
        **record_values(data, data["name"], parent=parent, own=None if parent else PUBLIC),
        "slug": data["slug"],
        "code": data["code"],
        "body_kind": BodyKind(data["kind"]),
        "parent": parent,
        "first_cycle": store.cycle(data.get("first_cycle")),
        "last_cycle": store.cycle(data.get("last_cycle")),
        "work_audience": mask_of(data["work_audience"]) if "work_audience" in data else None,
        "description": data.get("description"),
    }
    store.put(Body, _key(data), values, {"citations": citation_rows(data, store)})


def dump_bodies(books: Books) -> Data:
    """Return the content of the file; here all cycles are given."""
    return {
        "bodies": [_body_data(body, books) for body in books.of(Body)],
        "cycles": [_cycle_data(cycle, books) for cycle in books.of(Cycle)],
    }


def _body_data(body: Body, books: Books) -> Data:
    cited = Cited(body, books)
    return {
        "id": body.ref if body.ref != body.slug else None,
        "code": body.code,
        "name": body.title,
        "slug": body.slug,
        "kind": body.body_kind.value,
        "parent": books.code(body.parent_id),
        "first_cycle": books.ref(body.first_cycle_id),
        "last_cycle": books.ref(body.last_cycle_id),
        "work_audience": words_of(body.work_audience) if body.work_audience is not None else None,
        "description": body.description,
        **cited.whole(),
        **cited.rest(),
        **record_data(body, own=None if body.parent_id else PUBLIC),
    }


def _cycle_data(cycle: Cycle, books: Books) -> Data:
    cited = Cited(cycle, books)
    return {
        "id": cycle.ref if cycle.ref != cycle.code else None,
        "code": cycle.code,
        "series": cycle.series,
        "number": cycle.number,
        "title": cycle.title if cycle.title != cycle.code else None,
        "from": cycle.from_on.isoformat() if cycle.from_on else None,
        "until": cycle.until_on.isoformat(),
        "conference_theme": cycle.conference_theme,
        **cited.whole(),
        **cited.rest(),
        **record_data(cycle, own=PUBLIC),
    }
