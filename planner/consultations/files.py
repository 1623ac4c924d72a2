"""The table of comments as a file: for one audience, that of who asks, which its name tells."""

from __future__ import annotations

from flask import Response

from planner.core.i18n import N_
from planner.formats import comment_table
from planner.formats.sheets import XLSX_TYPE
from planner.rules.comment_rows import CommentRow
from planner.services.consultations import Round
from planner.services.registers import BadQuery


def table_file(found: Round, rows: list[CommentRow], form: str) -> Response:
    """Return the table as CSV in the order of the rows, or as a workbook by item and by State. Raises BadQuery."""
    if form not in ("csv", "xlsx"):
        raise BadQuery(N_("The table is there as csv and as xlsx."))
    audience = "officers" if found.may_run else "own-view"
    name = f"comments-on-version-{found.version.number}-{audience}.{form}"
    if form == "csv":
        response = Response(comment_table.csv_text(rows), mimetype="text/csv")
    else:
        response = Response(comment_table.workbook(rows, audience), mimetype=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
