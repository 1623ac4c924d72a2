"""Pages of documents, sources, instruments and notes of the record."""

from flask import Blueprint, Response, render_template

from planner.services import documents, instruments, sources
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("documents", __name__)


@bp.get("/documents")
@public_route
def index() -> Response | str:
    """List documents."""
    return registers.show("documents", current="documents")


@bp.get("/instruments", endpoint="instruments")
@public_route
def instrument_index() -> Response | str:
    """List instruments."""
    return registers.show("instruments")


@bp.get("/notes")
@public_route
def reference_notes() -> Response | str:
    """List the notes of the record."""
    return registers.show("reference_notes")


@bp.get("/sources", endpoint="sources")
@public_route
def source_index() -> Response | str:
    """List sources."""
    return registers.show("sources")


@bp.get("/documents/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a document."""
    view = documents.get_document(current_viewer(), record_id)
    return render_template("documents/page.html", view=view, frame=view.frame, current="documents")


@bp.get("/instruments/<int:record_id>")
@public_route
def instrument_page(record_id: int) -> str:
    """Show an instrument."""
    view = instruments.get_instrument(current_viewer(), record_id)
    return render_template("documents/instrument.html", view=view, frame=view.frame, current="registers")


@bp.get("/notes/<int:record_id>")
@public_route
def reference_note_page(record_id: int) -> str:
    """Show a note of the record."""
    view = sources.get_reference_note(current_viewer(), record_id)
    return render_template("documents/reference_note.html", view=view, frame=view.frame, current="registers")


@bp.get("/sources/<int:record_id>")
@public_route
def source_page(record_id: int) -> str:
    """Show a source."""
    view = sources.get_source(current_viewer(), record_id)
    return render_template("documents/source.html", view=view, frame=view.frame, current="registers")
