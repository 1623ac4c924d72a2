"""The record as files: `planner import DIR` and `planner export DIR` (DESIGN.md sections 10 and 11).

`reading` parses, `schema` declares what may stand where, `checking` and `consistency` find every fault, `store` writes
what differs; one module per file turns its records into rows and back; `writing` makes files; `compare` tells whether
two databases hold the same record.

What people entered beside the record is in two files whose shapes follow from the `tables`: an export tries in a
`trial` what the other files make, and `entered_writing` writes all that differs; an import lays it over them
(`entered`, `overlay`, `settling`). `left_behind` lists what no file holds, and why.
"""

from planner.services.record_files.faults import Fault
from planner.services.record_files.importing import import_record
from planner.services.record_files.report import ExportReport, ImportReport
from planner.services.record_files.schema import FILES
from planner.services.record_files.writing import export_record

__all__ = ["FILE_NAMES", "ExportReport", "Fault", "ImportReport", "export_record", "import_record"]

FILE_NAMES = tuple(FILES)
"""The names of the files of a record."""
