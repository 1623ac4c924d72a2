"""`plan.yaml`: stages, Articles, plans and their versions; the items of the plans are in `plan_items.py`."""

from __future__ import annotations

import re

from planner.models import Cycle, Origin, Plan, PlanVersion, ReferenceNote, Stage, TreatyArticle, VersionKind
from planner.rules.lifecycle import PLAN_STATE_OF_VERB
from planner.services.record_files import notes
from planner.services.record_files.books import Books
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.citing import (
    PUBLIC,
    Cited,
    Data,
    citation_row,
    citation_rows,
    record_data,
    record_values,
)
from planner.services.record_files.documents import action_row, action_rows, actions_list
from planner.services.record_files.instruments import article_rows, articles_of
from planner.services.record_files.schema import VERSION_STATES
from planner.services.record_files.store import Store

VERB_OF_STATE = {state: verb for verb, state in PLAN_STATE_OF_VERB.items()}
_WORD_OF_STATE = {state: word for word, state in VERSION_STATES.items()}
WISHED, QUESTIONS = "wished_outputs", "derived_questions"
_PARTS = re.compile(r"[0-9]+|[a-z]")


def load_articles(record: CleanRecord, store: Store) -> None:
    """Put the Articles of the map, and those that records only refer to, in the order of the Treaty."""
    article_map = record.plan["article_map"]
    notes.put_note(store, "article_map", "What the work rests on", article_map)
    mapped = article_map["articles"]
    known = {entry["ref"] for entry in mapped}
    entries = [*mapped, *({"ref": ref} for ref in record.articles - known)]
    for position, entry in enumerate(sorted(entries, key=lambda entry: _order(entry["ref"]))):
        values = {
            **record_values(entry, f"Article {entry['ref']}", own=PUBLIC),
            "number": entry["ref"],
            "topic": entry.get("topic"),
            "summary": entry.get("summary"),
            "position": position,
        }
        store.put(TreatyArticle, entry["ref"], values, {"citations": citation_rows(entry, store)})
    store.flush()


def _order(article: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in _PARTS.findall(article)]


def load_stages(record: CleanRecord, store: Store) -> None:
    """Put the stages of the transfer chain; Articles must be there."""
    chain = record.plan["transfer_chain"]
    notes.put_note(store, "transfer_chain", "The transfer chain", chain)
    for entry in chain["stages"]:
        values = {**record_values(entry, entry["title"], own=PUBLIC), "number": entry["order"]}
        rows = {"citations": citation_rows(entry, store), "article_links": article_rows(entry.get("articles"), store)}
        store.put(Stage, entry["id"], values, rows)
    store.flush()


def load_plans(record: CleanRecord, store: Store) -> None:
    """Put the plans and their versions; a plan with items but without their text in a version gets a reconstruction."""
    for data in record.plan["plans"]:
        _put_plan(data, store)
    store.flush()
    for data in record.plan["plans"]:
        _put_versions(data, store)
    store.flush()


def _put_plan(data: Data, store: Store) -> None:
    body = store.body(data.get("sub_body") or data["body"])
    proposed = data.get("proposed_by", {})
    wished = data.get(WISHED, {})
    values = {
        **record_values(data, data["title"], parent=body),
        "body": body,
        "first_cycle": store.cycle(data.get("first_cycle")),
        "last_cycle": store.cycle(data.get("last_cycle")),
        "proposed_by": store.get("document", proposed["paper"]) if proposed else None,
        "proposed_in_section": proposed.get("section"),
        "ended_because": data.get("ended_because"),
        "shape": data.get("shape"),
        "wished_outputs": wished.get("items"),
        "wished_outputs_note": wished.get("note"),
        "questions_note": data.get(QUESTIONS, {}).get("note"),
    }
    citations = citation_rows(data, store)
    for name in (WISHED, QUESTIONS):
        if any(key in data.get(name, {}) for key in ("provenance", "source", "citation_note")):
            citations.append(citation_row(name, data[name], store))
    store.put(Plan, data["id"], values, {"citations": citations})


def version_ref(plan: str, number: int) -> str:
    """Return the key of a numbered version of a plan."""
    return f"{plan}/v{number}"


def reconstruction_ref(plan: str) -> str:
    """Return the key of the version that holds the items of a plan whose text the record does not hold."""
    return f"{plan}/reconstruction"


def has_items(data: Data) -> bool:
    """Say whether the files hold items of a plan."""
    return bool(data["cycles"] or data.get(QUESTIONS))


def _put_versions(data: Data, store: Store) -> None:
    plan = store.get("plan", data["id"])
    if has_items(data):
        # "draft" is the one state that claims nothing: nobody circulated, submitted or acted on a reconstruction.
        values = {
            **record_values({}, "Reconstruction from the record", parent=plan, state="draft"),
            "plan": plan,
            "version_kind": VersionKind.RECONSTRUCTION,
            "number": None,
            "position": 0,
            "text_held": True,
        }
        store.put(PlanVersion, reconstruction_ref(data["id"]), values)
    for entry in data["versions"]:
        _put_version(data, entry, plan, store)


def _put_version(data: Data, entry: Data, plan: Plan, store: Store) -> None:
    state = str(VERSION_STATES.get(entry["status"], entry["status"]))
    values = {
        **record_values(entry, entry.get("title", f"Version {entry['version']}"), parent=plan, state=state),
        "plan": plan,
        "version_kind": VersionKind.NUMBERED,
        "number": entry["version"],
        "position": entry["version"],
        "on_text": entry.get("date"),
        "change": entry.get("change"),
        "text_held": False,
        "document": store.get("document", entry["document"]) if "document" in entry else None,
        "acted_by_cycle": store.cycle(entry.get("by")),
    }
    actions = action_rows(entry, store) if "actions" in entry else _usual_actions(state, entry, store)
    ref = entry.get("id") or version_ref(data["id"], entry["version"])
    store.put(PlanVersion, ref, values, {"citations": citation_rows(entry, store), "actions": actions})


def _usual_actions(state: str, entry: Data, store: Store) -> list[Data]:
    """Return the action that follows from the state of a version: "endorsed" by the Conference of a cycle."""
    verb = VERB_OF_STATE.get(state)
    if verb is None or "by" not in entry:
        return []
    return [action_row(store, verb, entry["by"], origin=Origin(entry.get("origin", Origin.RECORD)))]


def dump_plans(books: Books, items: dict[int, Data]) -> Data:
    """Return the content of the file; `items` holds what `plan_items.py` made, by plan."""
    chain = books.find(ReferenceNote, "transfer_chain")
    article_map = books.find(ReferenceNote, "article_map")
    articles = books.of(TreatyArticle)
    mapped = [one for one in articles if _is_mapped(one)]
    return {
        "transfer_chain": {
            **(notes.note_data(chain, books) if chain else {}),
            "stages": [_stage_data(stage, books) for stage in books.of(Stage)],
        },
        "article_map": {
            **(notes.note_data(article_map, books) if article_map else {}),
            "articles": [_article_data(one, books) for one in sorted(mapped, key=lambda one: one.position)],
        },
        "plans": [_plan_data(plan, books, items.get(plan.id, {})) for plan in books.of(Plan)],
    }


def _is_mapped(article: TreatyArticle) -> bool:
    """Say whether an Article stands in the map; others follow from what refers to them."""
    return any((article.topic, article.summary, article.note, article.citations))


def _article_data(article: TreatyArticle, books: Books) -> Data:
    cited = Cited(article, books)
    return {
        "ref": article.number,
        "topic": article.topic,
        "summary": article.summary,
        **cited.whole(),
        **cited.rest(),
        **record_data(article, own=PUBLIC),
    }


def _stage_data(stage: Stage, books: Books) -> Data:
    cited = Cited(stage, books)
    return {
        "id": stage.ref,
        "order": stage.number,
        "title": stage.title,
        "articles": articles_of(stage, books),
        **cited.whole(),
        **cited.rest(),
        **record_data(stage, own=PUBLIC),
    }


def _plan_data(plan: Plan, books: Books, items: Data) -> Data:
    cited = Cited(plan, books)
    questions = items.get("questions", [])
    asked = {**cited.seat(QUESTIONS), "note": plan.questions_note, "items": questions}
    wished = {**cited.seat(WISHED), "note": plan.wished_outputs_note, "items": plan.wished_outputs}
    return {
        "id": plan.ref,
        "title": plan.title,
        **books.body_data(plan.body_id),
        "proposed_by": {"paper": books.ref(plan.proposed_by_id), "section": plan.proposed_in_section}
        if books.ref(plan.proposed_by_id)
        else None,
        "first_cycle": books.ref(plan.first_cycle_id),
        "last_cycle": books.ref(plan.last_cycle_id),
        "ended_because": plan.ended_because,
        "shape": plan.shape,
        "versions": _versions_data(plan, books),
        "cycles": items.get("cycles", []),
        QUESTIONS: asked if questions else None,
        WISHED: wished if plan.wished_outputs else None,
        **cited.whole(),
        **cited.rest(),
        **record_data(plan),
    }


def _versions_data(plan: Plan, books: Books) -> list[Data]:
    versions = [one for one in books.of(PlanVersion) if one.plan_id == plan.id and one.number is not None]
    return [_version_data(plan, version, books) for version in sorted(versions, key=lambda one: one.position)]


def _version_data(plan: Plan, version: PlanVersion, books: Books) -> Data:
    cited = Cited(version, books)
    number = version.number or 0
    state = str(version.state)
    return {
        "id": version.ref if version.ref != version_ref(plan.ref, number) else None,
        "version": number,
        "title": version.title if version.title != f"Version {number}" else None,
        "document": books.ref(version.document_id),
        "date": version.on_text,
        "status": _WORD_OF_STATE.get(state, state),
        "by": books.ref(version.acted_by_cycle_id),
        "change": version.change,
        "actions": _unusual_actions(version, books),
        **cited.whole(),
        **cited.rest(),
        **record_data(version),
    }


def _unusual_actions(version: PlanVersion, books: Books) -> list[Data] | None:
    verb, by = VERB_OF_STATE.get(str(version.state)), books.ref(version.acted_by_cycle_id)
    usual = [{"verb": verb.value, "cycle": by}] if verb and by else []
    found = actions_list(version, books)
    return found if found != usual else None


def theme_of_conference(cycle_id: int | None, books: Books) -> str | None:
    """Return the theme of a cycle's Conference, which the files give beside the plan's theme."""
    cycle = books.by_id.get(cycle_id or 0)
    return cycle.conference_theme if isinstance(cycle, Cycle) else None
