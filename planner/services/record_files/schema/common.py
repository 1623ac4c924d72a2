"""What shapes of several files share: provenance and sources, keys of every record, seats."""

from __future__ import annotations

import re

from planner.core.i18n import N_
from planner.models import Confidence, Mode, Origin, Provenance, StakeholderClass
from planner.rules import lifecycle
from planner.rules.audience import Ground
from planner.services.record_files import checks
from planner.services.record_files.kinds import Article, Kind, Matching, Number, Ref, Text, Truth, Word
from planner.services.record_files.shapes import Many, Shape

SCHEMA_VERSION = Number(1, 1)
TITLE = Text(1000)
LONG = Text(100_000)
LABEL = Text(300)
MODE = Word(tuple(Mode))
CLASS = Word(tuple(StakeholderClass))
PROVENANCE = Word(tuple(Provenance))
CONFIDENCE = Word(tuple(Confidence))
ISO2 = Matching(re.compile(r"[A-Z]{2}"), N_('a two-letter code of a State (in quotes: "NO")'))
ARTICLES = Many(Article(), distinct=True)
DOCUMENTS = Many(Ref("document"), distinct=True)
ACTORS = Many(Ref("state|organisation"), distinct=True)

CITED: dict[str, Kind] = {
    "provenance": PROVENANCE,
    "confidence": CONFIDENCE,
    "source": Many(Ref("source"), distinct=True),
    "citation_note": LONG,
}
GROUNDS = Word(tuple(str(ground.name).lower() for ground in Ground))
EXTRA: dict[str, Kind] = {
    "origin": Word(tuple(Origin)),
    "audience": Many(GROUNDS, distinct=True, least=1),
    "published": Truth(),
    "note": LONG,
}
CITATION = Shape({"field": Text(80), "provenance": PROVENANCE, "confidence": CONFIDENCE, "note": LONG,
                   "source": Many(Ref("source"), distinct=True)},
                  ("field",), (checks.confidence_needs_provenance,))  # fmt: skip
RECORD = {**CITED, **EXTRA, "citations": Many(CITATION)}  # own: citations of fields for which the record has no key
CITED_CHECKS = (checks.confidence_needs_provenance,)


def state_of(kind: str) -> dict[str, Kind]:
    """Return the key `state` with the states of a kind of record."""
    return {"state": Word(lifecycle.states(kind))}


def file_shape(keys: dict[str, Kind], *required: str) -> Shape:
    """Return the shape of a file: its version, the numbers that it announces, and its own keys."""
    counts = Shape({key: Number() for key in keys if key != "schema_version"})
    return Shape(
        {"schema_version": SCHEMA_VERSION, "counts": counts, **keys},
        ("schema_version", *required),
        (checks.counts_hold,),
    )


_SEAT: dict[str, Kind] = {
    "role": Text(40),
    "sub_body": Ref("body"),
    "state": Ref("state"),
    "organisation": Ref("organisation"),
    "count": Number(1, 100),
    "note": LONG,
    **CITED,
}
SEAT = Shape(_SEAT, checks=(checks.one_holder, *CITED_CHECKS))
