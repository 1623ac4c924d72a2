"""Pages of documents, sources and instruments."""

from flask import Blueprint, Response, render_template

from planner.core.errors import NotVisible
from planner.services import documents
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("documents", __name__)


@bp.get("/documents")
@public_route
def index() -> Response | str:
    """List documents."""
    return registers.show("documents", current="documents")


@bp.get("/documents/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a document."""
    view = documents.get_document(current_viewer(), record_id)
    return render_template("documents/page.html", view=view, frame=view.frame, current="documents")


@bp.get("/instruments/<int:record_id>")
@public_route
def instrument_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/notes/<int:record_id>")
@public_route
def reference_note_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/sources/<int:record_id>")
@public_route
def source_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible
