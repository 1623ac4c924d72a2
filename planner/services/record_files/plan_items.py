"""The items of the plans in `plan.yaml`: themes, topics, expected outputs with what became of them, and questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.models import ItemKind, LineageKind, Output, PlanItem, PlanItemRevision, PlanVersion, VersionKind
from planner.rules.lifecycle import ConferenceVerb, verb_from_sentence
from planner.services.record_files.books import Books
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.citing import Cited, Data, citation_rows, record_data, record_values
from planner.services.record_files.consistency import theme_ref
from planner.services.record_files.documents import action_row, action_rows, actions_list
from planner.services.record_files.instruments import article_rows
from planner.services.record_files.meetings import document_rows
from planner.services.record_files.offices import Bodies, chairing_row
from planner.services.record_files.plan import QUESTIONS, has_items, reconstruction_ref, theme_of_conference
from planner.services.record_files.seats import seat_data
from planner.services.record_files.store import Store

SEATS = ("facilitator", "wgeti_chair")


def load_items(record: CleanRecord, store: Store) -> None:
    """Put the identities of all items, then their texts in the reconstruction, then what hangs on them."""
    bodies = Bodies(record.bodies["bodies"])
    for plan in record.plan["plans"]:
        for theme in plan["cycles"]:
            _put_theme(plan, theme, bodies, store)
            for topic in theme.get("topics", ()):
                _put_item(plan, topic, ItemKind.TOPIC, topic["title"], store)
            for expected in theme.get("expected_outputs", ()):
                _put_item(plan, expected, ItemKind.EXPECTED_OUTPUT, expected["title"], store)
        questions = plan.get(QUESTIONS, {})
        for question in questions.get("items", ()):
            data = {**question, "provenance": questions["provenance"]}
            _put_item(plan, data, ItemKind.QUESTION, question["text"], store)
    store.flush()
    for plan in record.plan["plans"]:
        if has_items(plan):
            version = store.get("plan_version", reconstruction_ref(plan["id"]))
            store.put_rows(version, "revisions", _Revisions(plan, store).rows())
        _put_lineage(plan, store)
        _put_outputs(plan, store)
    store.flush()


def _put_theme(plan: Data, data: Data, bodies: Bodies, store: Store) -> None:
    seats = {name: data[name] for name in SEATS if name in data}
    rows = {
        "citations": citation_rows(data, store, seats),
        "chairings": [
            chairing_row(store, seat, name, bodies.of_theme(plan, data, name)) for name, seat in seats.items()
        ],
        "meeting_links": [
            {"meeting": store.get("meeting", ref), "position": n} for n, ref in enumerate(data.get("meetings", ()))
        ],
    }
    ref = theme_ref(plan["id"], data["cycle"])
    _put_record(store, plan, data, ref=ref, kind=ItemKind.THEME, title=data["theme"], rows=rows)


def _put_item(plan: Data, data: Data, kind: ItemKind, title: str, store: Store) -> None:
    papers = [data["document"]] if kind is ItemKind.TOPIC and "document" in data else []
    rows = {"citations": citation_rows(data, store), "document_links": document_rows(papers, store)}
    _put_record(store, plan, data, ref=data["id"], kind=kind, title=title, rows=rows)


def _put_record(
    store: Store, plan: Data, data: Data, *, ref: str, kind: ItemKind, title: str, rows: Mapping[str, list[Data]]
) -> None:
    values = {
        **record_values(data, title, parent=store.get("plan_version", reconstruction_ref(plan["id"]))),
        "plan": store.get("plan", plan["id"]),
        "item_kind": kind,
    }
    store.put(PlanItem, ref, values, rows)


class _Revisions:
    """The texts of a plan's items in its reconstruction, in the order of the file."""

    def __init__(self, plan: Data, store: Store) -> None:
        self.plan = plan
        self.store = store
        self.made: list[Data] = []

    def rows(self) -> list[Data]:
        """Return one row per item."""
        for theme in self.plan["cycles"]:
            ref = theme_ref(self.plan["id"], theme["cycle"])
            cycle = self.store.cycle(theme["cycle"])
            self._add(
                ref, theme, theme["theme"], cycle=cycle, stages=theme.get("chain_stages"), years=theme.get("years")
            )
            for topic in theme.get("topics", ()):
                self._add(
                    topic["id"], topic, topic["title"], parent=ref, cycle=cycle,
                    related_body=self.store.body(topic.get("related_sub_body")),
                )  # fmt: skip
            for expected in theme.get("expected_outputs", ()):
                self._add(
                    expected["id"], expected, expected["title"], parent=ref, cycle=cycle,
                    output_kind=expected["kind"], result=expected.get("result"),
                )  # fmt: skip
        for question in self.plan.get(QUESTIONS, {}).get("items", ()):
            stages = [question["stage"]] if "stage" in question else []
            self._add(question["id"], {**question, "text": None}, question["text"], stages=stages)
        return self.made

    def _add(
        self,
        ref: str,
        data: Data,
        title: str,
        *,
        parent: str | None = None,
        stages: list[str] | None = None,
        **values: Any,
    ) -> None:
        store = self.store
        row = {
            "cycle": None, "last_cycle": None, "years": None, "related_body": None, "output_kind": None, "result": None,
            **values,
            "item": store.get("plan_item", ref),
            "is_shown": True,
            "title": title,
            "text": data.get("text"),
            "parent": store.get("plan_item", parent) if parent else None,
            "position": len(self.made),
            "document": store.get("document", data["document"]) if "document" in data else None,
            "article_links": article_rows(data.get("articles"), store),
            "stage_links": [{"stage": store.get("stage", s), "position": n} for n, s in enumerate(stages or ())],
        }  # fmt: skip
        self.made.append(row)


def _put_lineage(plan: Data, store: Store) -> None:
    for theme in plan["cycles"]:
        for topic in theme.get("topics", ()):
            rows = [
                {
                    "from_item": store.get("plan_item", ref),
                    "lineage_kind": LineageKind.CARRIED_OVER,
                    "position": position,
                }
                for position, ref in enumerate(topic.get("carried_over_from", ()))
            ]
            store.put_rows(store.get("plan_item", topic["id"]), "lineage", rows)


def output_state(data: Data) -> str:
    """Return the state of an output, never more than the words of the record say.

    "endorsed by CSP5" is an act of the Conference, "circulated in writing" a circulation; a paper without either is a
    draft, and an output of which nothing is known is outlined.
    """
    if "state" in data:
        return str(data["state"])
    result = data.get("result", "")
    if _act_of(result) is not None:
        return "acted_on"
    if result.startswith("circulated"):
        return "circulated"
    return "drafted" if "document" in data else "outlined"


def _act_of(result: str) -> tuple[ConferenceVerb, str] | None:
    """Return verb and cycle of a result like "endorsed by CSP5"."""
    words = result.split()
    verb = verb_from_sentence(result)
    if verb is None or len(words) < 3 or words[-2] != "by":
        return None
    return verb, words[-1]


def _put_outputs(plan: Data, store: Store) -> None:
    body = store.body(plan.get("sub_body") or plan["body"])
    for theme in plan["cycles"]:
        for data in theme.get("expected_outputs", ()):
            item, own = store.get("plan_item", data["id"]), data.get("output", {})
            values = {
                **record_values(
                    {**data, "note": own.get("note")},
                    own.get("title", data["title"]),
                    parent=item,
                    state=output_state(data),
                ),
                "output_kind": data["kind"],
                "body": body,
                "cycle": store.cycle(theme["cycle"]),
                "item": item,
                "document": store.get("document", data["document"]) if "document" in data else None,
                "result": data.get("result"),
                "text": own.get("text"),
            }
            acts = action_rows(data, store) if "actions" in data else _usual_actions(data, store)
            store.put(Output, data["id"], values, {"citations": citation_rows(data, store), "actions": acts})


def _usual_actions(data: Data, store: Store) -> list[Data]:
    act = _act_of(data.get("result", ""))
    return [action_row(store, act[0], act[1])] if act and ("cycle", act[1]) in store.held else []


def dump_items(books: Books) -> dict[int, Data]:
    """Return what the file holds of each plan's items (by the plan's id): `cycles` and `questions`.

    Items are taken from the reconstruction of their plan; what other versions say of them is in `edits.yaml`, and items
    that only those have are in `additions.yaml`.
    """
    made: dict[int, Data] = {}
    outputs = {output.ref: output for output in books.of(Output)}
    for version in books.of(PlanVersion):
        if version.version_kind is VersionKind.RECONSTRUCTION:
            made[version.plan_id] = _Items(version, books, outputs).data()
    return made


class _Items:
    """The items of one reconstruction on their way into the file."""

    def __init__(self, version: PlanVersion, books: Books, outputs: Mapping[str, Output]) -> None:
        self.books = books
        self.outputs = outputs
        self.revisions = [
            row for row in sorted(version.revisions, key=lambda row: row.position) if row.item_id in books.written
        ]

    def data(self) -> Data:
        """Return the themes with what is below them, and the questions."""
        return {
            "cycles": [
                self._theme(row, item) for row, item in self._of(ItemKind.THEME) if self._is_where_it_was(row, item)
            ],
            "questions": [self._question(row, item) for row, item in self._of(ItemKind.QUESTION)],
        }

    def _is_where_it_was(self, row: PlanItemRevision, item: PlanItem) -> bool:
        """Say whether a theme still has the cycle by which the files name it."""
        plan = self.books.refs[item.plan_id]
        return item.ref == theme_ref(plan, self.books.ref(row.cycle_id) or "")

    def _of(self, kind: ItemKind, parent: int | None = None) -> list[tuple[PlanItemRevision, PlanItem]]:
        found = []
        for row in self.revisions:
            item = self.books.by_id[row.item_id]
            if isinstance(item, PlanItem) and item.item_kind is kind and row.parent_id == parent:
                found.append((row, item))
        return found

    def _theme(self, row: PlanItemRevision, item: PlanItem) -> Data:
        books = self.books
        cited = Cited(item, books)
        return {
            "cycle": books.ref(row.cycle_id),
            "years": row.years,
            "theme": row.title,
            "text": row.text,
            "chain_stages": [books.refs[link.stage_id] for link in row.stage_links],
            **{name: seat_data(item, name, books, cited) for name in SEATS},
            "conference_theme": theme_of_conference(row.cycle_id, books),
            "meetings": books.refs_of([link.meeting_id for link in item.meeting_links]),
            "topics": [self._topic(*found) for found in self._of(ItemKind.TOPIC, item.id)],
            "expected_outputs": [self._expected(*found) for found in self._of(ItemKind.EXPECTED_OUTPUT, item.id)],
            **cited.whole(),
            **cited.rest(),
            **record_data(item),
        }

    def _topic(self, row: PlanItemRevision, item: PlanItem) -> Data:
        books = self.books
        cited = Cited(item, books)
        return {
            "id": item.ref,
            "title": row.title,
            "text": row.text,
            "articles": self._articles(row),
            "carried_over_from": books.refs_of([link.from_item_id for link in item.lineage]),
            "related_sub_body": books.code(row.related_body_id),
            "document": books.ref(row.document_id),
            **cited.whole(),
            **cited.rest(),
            **record_data(item),
        }

    def _articles(self, row: PlanItemRevision) -> list[str]:
        return [self.books.refs[link.article_id] for link in row.article_links]

    def _expected(self, row: PlanItemRevision, item: PlanItem) -> Data:
        books = self.books
        cited = Cited(item, books)
        output = self.outputs.get(item.ref)
        result = output.result if output else row.result
        data = {
            "id": item.ref,
            "title": row.title,
            "kind": row.output_kind,
            "document": books.ref(output.document_id if output else row.document_id),
            "result": result,
            "text": row.text,
            **cited.whole(),
            **cited.rest(),
            **record_data(item),
        }
        known = {key: value for key, value in data.items() if value is not None}
        if output is not None:
            data |= _own_of_output(output, row, books)
        if output is not None and output.state != output_state(known):
            data["state"] = output.state
        return data

    def _question(self, row: PlanItemRevision, item: PlanItem) -> Data:
        stage = row.stage_links[0].stage_id if row.stage_links else None
        return {
            "id": item.ref,
            "stage": self.books.ref(stage),
            "articles": self._articles(row),
            "text": row.title,
            **record_data(item),
        }


def _own_of_output(output: Output, row: PlanItemRevision, books: Books) -> Data:
    """Return what an output says beside its item in the plan."""
    act = _act_of(output.result or "")
    usual = [{"verb": act[0].value, "cycle": act[1]}] if act and act[1] in books.refs.values() else []
    found = actions_list(output, books)
    title = output.title if output.title != row.title else None
    return {
        "actions": found if found != usual else None,
        "output": {"title": title, "text": output.text, "note": output.note},
    }
