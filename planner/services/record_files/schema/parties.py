"""The shape of `parties.yaml`."""

from __future__ import annotations

from planner.services.record_files import checks
from planner.services.record_files.kinds import ID, YEAR, Day, Id, Number, Ref, Slug, Text, Word
from planner.services.record_files.schema.common import (
    CITED,
    CITED_CHECKS,
    CLASS,
    ISO2,
    LABEL,
    LONG,
    PROVENANCE,
    RECORD,
    TITLE,
    file_shape,
)
from planner.services.record_files.shapes import Many, Shape

STATUS_AS_OF = Shape(
    {"date": Day(), "states_parties": Number(), "signatories_not_party": Number(), "note": LONG, **CITED}
)
STAKEHOLDER_TYPE = Shape({"id": CLASS, "label": LABEL, "note": LONG}, ("id", "label"))
STATUS = Shape(
    {
        "status": Word(("state_party", "signatory")),
        "act": Slug(20),
        "deposited": Day(),  # of the instrument; the status begins later
        "from": Day(),
        "until": Day(),
        "known_on": Day(),
    },
    ("status",),
    (checks.period_holds,),
)
STATE = Shape(
    {
        "id": ID,  # own: the key where it is not the code
        "iso2": ISO2,
        "name": TITLE,
        "region": Text(40),
        "status": Word(("state_party", "signatory")),
        "act": Word(("ratification", "acceptance", "approval", "accession", "succession")),
        "year": YEAR,
        "signed": YEAR,
        "statuses": Many(STATUS),  # own: several periods, or dates that are more than a year
        "sector": Slug(60),
        "role": Slug(60),
        "speaks_for": LONG,
        "year_provenance": PROVENANCE,
        **RECORD,
    },
    ("iso2", "name"),
    (checks.state_key, checks.status_once, *CITED_CHECKS),
    key="iso2",
    name="states",
)
ORGANISATION = Shape(
    {
        "id": Id("organisation"),
        "name": TITLE,
        "type": CLASS,
        "also": CLASS,
        "region": Text(40),
        "sector": Slug(60),
        "role": Slug(60),
        "speaks_for": LONG,
        "state": Ref("state"),
        **RECORD,
    },
    ("id", "name", "type"),
    CITED_CHECKS,
    key="id",
    name="organisations",
)
PARTIES = file_shape(
    {
        "status_as_of": STATUS_AS_OF,
        "stakeholder_types": Many(STAKEHOLDER_TYPE, distinct=True),
        "states": Many(STATE),
        "organisations": Many(ORGANISATION),
    },
    "states",
    "organisations",
)
