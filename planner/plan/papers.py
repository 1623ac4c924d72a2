"""Papers of a version as files: DOCX and PDF, in the languages of their wording."""

from __future__ import annotations

import logging
from typing import cast, get_args

from flask import Blueprint, Response, request
from flask_babel import get_locale

from planner.core import clock
from planner.core.errors import Conflict
from planner.core.i18n import N_, known_language
from planner.papers.docx import docx_bytes
from planner.papers.pdf import PdfError, pdf_bytes
from planner.papers.shape import Language
from planner.services import papers
from planner.services.papers import MadePaper
from planner.services.registers import BadQuery
from planner.web.limits import limiter
from planner.web.registers import number
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("papers", __name__)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORM = "<any(docx, pdf):form>"
_MOST = "30 per minute"
"""A PDF is set by a process of its own, which takes a processor for about a second."""

log = logging.getLogger("planner")


@bp.get(f"/plan-versions/<int:version_id>/draft-plan.{_FORM}")
@public_route
@limiter.limit(_MOST)
def draft_plan(version_id: int, form: str) -> Response:
    """Give a version as the paper of the draft plan."""
    return _file(papers.make_draft_plan(current_viewer(), version_id, _language()), form)


@bp.get(f"/plan-versions/<int:version_id>/statement-of-differences.{_FORM}")
@public_route
@limiter.limit(_MOST)
def statement(version_id: int, form: str) -> Response:
    """Give what a version says otherwise than another one, with tracked changes."""
    against = number(request.args.get("against"), default=None)
    return _file(papers.make_statement(current_viewer(), version_id, against, _language()), form)


@bp.get(f"/plan-versions/<int:version_id>/table-of-comments.{_FORM}")
@public_route
@limiter.limit(_MOST)
def table_of_comments(version_id: int, form: str) -> Response:
    """Give the comments of a round as a paper."""
    made = papers.make_table_of_comments(current_viewer(), version_id, _language(), at=clock.now())
    return _file(made, form)


def _language() -> Language:
    asked = request.args.get("language", "")
    if asked and asked not in get_args(Language):
        raise BadQuery(N_("Papers are worded in English, French and Spanish: en, fr, es."))
    return cast("Language", asked or known_language(str(get_locale() or "")))


def _file(made: MadePaper, form: str) -> Response:
    try:
        body = docx_bytes(made.paper) if form == "docx" else pdf_bytes(made.paper)
    except PdfError as error:
        log.warning("%s could not be set: %s", made.name, error)
        raise Conflict(N_("The paper could not be set as PDF. It is there as DOCX.")) from error
    response = Response(body, mimetype=_DOCX if form == "docx" else "application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
