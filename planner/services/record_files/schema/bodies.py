"""The shape of `bodies.yaml`."""

from __future__ import annotations

import re

from planner.core.i18n import N_
from planner.models import BodyKind
from planner.services.record_files import checks
from planner.services.record_files.kinds import ID, Day, Id, Matching, Number, Ref, Text, Word
from planner.services.record_files.schema.common import CITED_CHECKS, GROUNDS, LONG, RECORD, TITLE, file_shape
from planner.services.record_files.shapes import Many, Shape

BODY = Shape(
    {
        "id": ID,  # own: the key where it is not the slug
        "code": Id("body", Matching(re.compile(r"[^\x00-\x1f]+"), N_("a name"), 120)),
        "name": TITLE,
        "slug": Id("slug", Matching(re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), N_("a name for addresses"), 80)),
        "kind": Word(tuple(BodyKind)),
        "parent": Ref("body"),
        "first_cycle": Ref("cycle"),
        "last_cycle": Ref("cycle"),
        "work_audience": Many(GROUNDS, distinct=True, least=1),
        "description": LONG,
        **RECORD,
    },
    ("code", "name", "slug", "kind"),
    CITED_CHECKS,
    key="code",
    name="bodies",
)
CYCLE = Shape(
    {
        "id": ID,  # own: the key where it is not the code
        "code": Text(30),
        "series": Text(20),
        "number": Number(1, 9999),
        "title": TITLE,
        "from": Day(whole=True),
        "until": Day(whole=True),
        "conference_theme": LONG,
        **RECORD,
    },
    ("code", "series", "number", "until"),
    (checks.cycle_key, checks.cycle_in_order, *CITED_CHECKS),
    key="code",
    name="cycles",
)
BODIES = file_shape({"bodies": Many(BODY), "cycles": Many(CYCLE)}, "bodies")
