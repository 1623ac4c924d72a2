"""What may be written of each kind of record: one module per group of nouns."""

from __future__ import annotations

from planner.services.editing.spec import Spec
from planner.services.editing.specs import cycles, documents, meetings, outputs, parties, plans, presentations

SPECS: dict[str, Spec] = {
    spec.kind: spec
    for module in (plans, cycles, meetings, presentations, outputs, documents, parties)
    for spec in module.SPECS
}
"""Kind of record → its spec, in the order in which a list of kinds is shown."""
