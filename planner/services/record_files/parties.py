"""`parties.yaml`: States with their status, organisations, and what the file says about itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.models import ReferenceNote, Stakeholder, StakeholderClass
from planner.models import StatusPeriod as StatusRow
from planner.rules.partial_dates import PartialDate, parse_partial_date
from planner.rules.standing import StatusPeriod, bounds
from planner.services.record_files import notes
from planner.services.record_files.books import Books
from planner.services.record_files.citing import PUBLIC, Cited, Data, citation_rows, record_data, record_values
from planner.services.record_files.store import Store


def load_parties(data: Data, store: Store) -> None:
    """Put the States, then the organisations, of which some belong to a State."""
    status = data.get("status_as_of", {})
    if status:
        notes.put_note(store, "status_as_of", "States Parties and signatories as counted", status,
                       ("date", "states_parties", "signatories_not_party"))  # fmt: skip
    if "stakeholder_types" in data:
        notes.put_note(
            store, "stakeholder_types", "Groups of stakeholders", {"items": data["stakeholder_types"]}, ("items",)
        )
    for state in data["states"]:
        _put_state(state, store, status.get("date"))
    for organisation in data["organisations"]:
        _put_organisation(organisation, store)
    store.flush()


def _put_state(data: Data, store: Store, known_on: str | None) -> None:
    periods = data.get("statuses")
    if periods is None and "status" in data:
        periods = [_period(data, known_on)]
    values = {
        **record_values(data, data["name"], own=PUBLIC),
        "is_state": True,
        "iso2": data["iso2"],
        "stakeholder_class": None,
        "also_class": None,
        "region": data.get("region"),
        "sector": data.get("sector"),
        "role": data.get("role"),
        "speaks_for": data.get("speaks_for"),
        "of_state": None,
    }
    rows = [_status_row(number, period) for number, period in enumerate(periods or ())]
    store.put(
        Stakeholder, data.get("id") or data["iso2"], values, {"citations": citation_rows(data, store), "statuses": rows}
    )


def _period(data: Data, known_on: str | None) -> Data:
    """Return the period of a status, known to hold when it was counted.

    The year of a State Party is that of its deposit, from which the status only follows; that of a signatory is the
    year in which it signed, with which the status begins.
    """
    period: Data = {"status": data["status"]}
    year = data.get("year") or data.get("signed")
    if year is not None:
        period["deposited" if "year" in data else "from"] = str(year)
    if "act" in data:
        period["act"] = data["act"]
    if known_on is not None and (year is None or parse_partial_date(known_on).latest.year >= year):
        period["known_on"] = known_on
    return period


def _status_row(position: int, data: Data) -> Data:
    period = StatusPeriod(data["status"], *(_parsed(data.get(k)) for k in ("from", "until", "known_on", "deposited")))
    return {
        "position": position,
        "status": data["status"],
        "act": data.get("act"),
        "deposited_text": data.get("deposited"),
        "from_text": data.get("from"),
        "until_text": data.get("until"),
        "known_text": data.get("known_on"),
        **asdict(bounds(period)),
    }


def _parsed(text: str | None) -> PartialDate | None:
    return parse_partial_date(text) if text else None


def _put_organisation(data: Data, store: Store) -> None:
    values = {
        **record_values(data, data["name"], own=PUBLIC),
        "is_state": False,
        "iso2": None,
        "stakeholder_class": StakeholderClass(data["type"]),
        "also_class": StakeholderClass(data["also"]) if "also" in data else None,
        "region": data.get("region"),
        "sector": data.get("sector"),
        "role": data.get("role"),
        "speaks_for": data.get("speaks_for"),
        "of_state": store.get("stakeholder", data["state"]) if "state" in data else None,
    }
    store.put(Stakeholder, data["id"], values, {"citations": citation_rows(data, store), "statuses": []})


def dump_parties(books: Books) -> Data:
    """Return the content of the file."""
    states = [book for book in books.of(Stakeholder) if book.is_state]
    organisations = [book for book in books.of(Stakeholder) if not book.is_state]
    as_of = books.find(ReferenceNote, "status_as_of")
    types = books.find(ReferenceNote, "stakeholder_types")
    known_on = as_of.data.get("date") if as_of else None
    return {
        "status_as_of": notes.note_data(as_of, books) if as_of else None,
        "stakeholder_types": types.data.get("items") if types else None,
        "states": [_state_data(state, books, known_on) for state in states],
        "organisations": [_organisation_data(organisation, books) for organisation in organisations],
    }


def _state_data(state: Stakeholder, books: Books, known_on: str | None) -> Data:
    cited = Cited(state, books)
    return {
        "id": state.ref if state.ref != state.iso2 else None,
        "iso2": state.iso2,
        "name": state.title,
        "region": state.region,
        **_status_data(state.statuses, known_on),
        "sector": state.sector,
        "role": state.role,
        "speaks_for": state.speaks_for,
        **cited.of_field("year"),
        **cited.whole(),
        **cited.rest(),
        **record_data(state, own=PUBLIC),
    }


def _status_data(periods: list[StatusRow], known_on: str | None) -> Data:
    """Return the status in the short form where it says all, else as a list."""
    rows = [_row_data(period) for period in periods]
    if not rows:
        return {}
    if len(rows) == 1:
        row = rows[0]
        year = row.get("deposited" if row["status"] == "state_party" else "from")
        short: Data = {"status": row["status"], "act": row.get("act")}
        if year is not None:
            short["year" if row["status"] == "state_party" else "signed"] = int(year) if len(year) == 4 else None
        short = {key: value for key, value in short.items() if value is not None}
        if _period(short, known_on) == row and not (row["status"] == "signatory" and "act" in row):
            return short
    return {"statuses": rows}


def _row_data(period: StatusRow) -> Data:
    row: dict[str, Any] = {
        "status": period.status,
        "act": period.act,
        "deposited": period.deposited_text,
        "from": period.from_text,
        "until": period.until_text,
        "known_on": period.known_text,
    }
    return {key: value for key, value in row.items() if value is not None}


def _organisation_data(organisation: Stakeholder, books: Books) -> Data:
    cited = Cited(organisation, books)
    kind = organisation.stakeholder_class
    return {
        "id": organisation.ref,
        "name": organisation.title,
        "type": kind.value if kind else None,
        "also": organisation.also_class.value if organisation.also_class else None,
        "region": organisation.region,
        "sector": organisation.sector,
        "role": organisation.role,
        "speaks_for": organisation.speaks_for,
        "state": books.ref(organisation.of_state_id),
        **cited.whole(),
        **cited.rest(),
        **record_data(organisation, own=PUBLIC),
    }
