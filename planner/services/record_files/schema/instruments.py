"""The shape of `instruments.yaml`."""

from __future__ import annotations

from planner.services.record_files import checks
from planner.services.record_files.kinds import YEAR, Id, Number, Ref, Text, Truth, Word
from planner.services.record_files.schema.common import (
    ARTICLES,
    CITED_CHECKS,
    LONG,
    PROVENANCE,
    RECORD,
    TITLE,
    file_shape,
)
from planner.services.record_files.shapes import Many, Shape

INSTRUMENT = Shape(
    {
        "id": Id("instrument"),
        "short": Text(80),
        "name": TITLE,
        "adopted": YEAR,
        "in_force": YEAR,
        "amended": Many(YEAR, distinct=True),
        "year_provenance": PROVENANCE,
        "kind": Word(
            ("treaty", "political", "resolution_goal", "control_regime", "eu_law", "guideline", "declaration")
        ),
        "binding": Word(("legally", "politically", "none")),
        "region": Text(40),
        "depositary": Text(120),
        "parties": Number(),
        "in_seed": Truth(),
        "relates_to": ARTICLES,
        "parent": Ref("instrument"),
        "organisation": Ref("organisation"),
        "aliases": Many(Text(80), distinct=True),
        "alias_note": LONG,
        "cycle": LONG,
        **RECORD,
    },
    ("id", "short", "name", "kind", "binding"),
    (checks.in_force_after_adoption, *CITED_CHECKS),
    key="id",
    name="instruments",
)
INSTRUMENTS = file_shape({"seed_label_note": LONG, "instruments": Many(INSTRUMENT)}, "instruments")
