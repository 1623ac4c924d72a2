"""Stakeholders with their dated status, and people with their delegations."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.core.i18n import N_, Message
from planner.models import Delegation, DelegationRole, Person, Stakeholder, StakeholderClass
from planner.models import StatusPeriod as StatusRow
from planner.rules.audience import Ground
from planner.rules.partial_dates import parse_partial_date
from planner.rules.standing import StatusPeriod, bounds, contradictions
from planner.services import standings
from planner.services.editing.kinds import EMAIL, ISO2, Choice, Day, Flag, Partial, Rows, Text, choice_of
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import common
from planner.services.editing.specs.cycles import ordered_days

CLASSES = choice_of(StakeholderClass, "class")
STATUSES = Choice(("state_party", "signatory"), "status")
ACTS = Choice(("ratification", "acceptance", "approval", "accession", "succession"), "status_act")
ROLES = Choice(("assistance_implementer", "donor_fund"), "role")


def _check_stakeholder(values: Values, entry: Entry) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    if values["is_state"]:
        if values["iso2"] is None:
            wrong["iso2"] = N_("A State has a code of two letters.")
        if values["stakeholder_class"] is not None:
            wrong["stakeholder_class"] = N_("The class of a State follows from its status. Leave this empty.")
    else:
        if values["iso2"] is not None:
            wrong["iso2"] = N_("Only States have such a code. Leave this empty, or say that it is a State.")
        if values["stakeholder_class"] is None:
            wrong["stakeholder_class"] = N_("Say to which group the organisation belongs.")
        if values["statuses"]:
            wrong["statuses"] = N_("Only States are States Parties or signatories.")
    for number, row in enumerate(values["statuses"]):
        for message in contradictions([period_of(row)]):
            wrong[f"statuses.{number}.until_text"] = message
    if entry.record is not None and values["of_state_id"] == entry.record.id:
        wrong["of_state_id"] = N_("A stakeholder cannot belong to itself.")
    return wrong


def period_of(row: dict[str, Any]) -> StatusPeriod:
    """Return the period that a row of the form tells of."""
    texts = (row[name] for name in ("from_text", "until_text", "known_text", "deposited_text"))
    return StatusPeriod(row["status"], *(parse_partial_date(text) if text else None for text in texts))


def _derive_stakeholder(record: Stakeholder, values: Values, entry: Entry) -> None:
    if entry.record is None and values["iso2"]:
        record.ref = values["iso2"]
    for row in record.statuses:
        for name, day in asdict(bounds(standings.period_of(row))).items():
            setattr(row, name, day)


STAKEHOLDER = Spec(
    kind="stakeholder",
    model=Stakeholder,
    fields=(
        common.TITLE,
        Field("is_state", Flag(), fixed=True),
        Field("iso2", ISO2),
        Field("stakeholder_class", CLASSES),
        Field("also_class", CLASSES),
        Field("region", common.REGION),
        Field("sector", common.SECTORS),
        Field("role", ROLES),
        Field("speaks_for", Text(1000)),
        Field("of_state_id", common.STAKEHOLDER),
        Field(
            "statuses",
            Rows(
                "statuses",
                StatusRow,
                (
                    Field("status", STATUSES, required=True),
                    Field("act", ACTS),
                    Field("deposited_text", Partial()),
                    Field("from_text", Partial()),
                    Field("until_text", Partial()),
                    Field("known_text", Partial()),
                ),
            ),
        ),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_stakeholder,
    derive=_derive_stakeholder,
)


def _check_person(values: Values, entry: Entry) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    for number, row in enumerate(values["delegations"]):
        for name, message in ordered_days(row, "from_on", "until_on").items():
            wrong[f"delegations.{number}.{name}"] = message
    if entry.record is None and values["kept_by_id"] is None and not entry.actor.everywhere:
        wrong["kept_by_id"] = N_("Say the officers of which body keep this person.")
    return wrong


def _keep_to_officers(record: Person, _values: Values, _entry: Entry) -> None:
    """A person is shown to the officers who keep them, whatever the body they belong to shows."""
    if record.audience_own is None:
        record.audience_own = int(Ground.OFFICERS)


PERSON = Spec(
    kind="person",
    model=Person,
    parents=("kept_by_id",),
    root_audience=int(Ground.OFFICERS),
    fields=(
        common.TITLE,
        Field("kept_by_id", common.BODY, on="virtual"),
        Field("stakeholder_id", common.STAKEHOLDER),
        Field("email", EMAIL),
        Field("function", Text(120)),
        Field(
            "delegations",
            Rows(
                "delegations",
                Delegation,
                (
                    Field("stakeholder_id", common.STAKEHOLDER, required=True),
                    Field("role", choice_of(DelegationRole, "delegation_role"), required=True),
                    Field("from_on", Day()),
                    Field("until_on", Day()),
                ),
                key=("stakeholder_id",),
            ),
        ),
        *common.TAIL,
    ),
    check=_check_person,
    derive=_keep_to_officers,
    read=lambda record: {"kept_by_id": record.audience_parent_id},
)


SPECS = (STAKEHOLDER, PERSON)
