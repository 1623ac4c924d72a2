"""Pages of the officers: the forms of every record and their history; all else of this area stands beside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from planner.administration import (
    accounts,
    bench,
    conflicts,
    inviting,
    moving,
    outbox,
    programme,
    replies,
    shown,
    splitting,
)
from planner.administration.blueprint import Answer, bp, url_after
from planner.administration.forms import LAYOUTS, RecordForm, build_form
from planner.core import clock
from planner.core.errors import Invalid
from planner.services import editing, history
from planner.services.editing import Editable, EditConflict
from planner.web.viewer import current_viewer

__all__ = ["accounts", "bench", "bp", "inviting", "moving", "outbox", "programme", "replies", "splitting"]


@bp.route("/administration/new/<kind>", methods=["GET", "POST"])
def create(kind: str) -> Answer:
    """Create a record; the address may say where it belongs (?meeting=12)."""
    viewer = current_viewer()
    spec = editing.require_creation(viewer, kind)
    values = editing.suggested_values(viewer, spec, request.args)
    form = build_form(viewer, spec, LAYOUTS[kind], values, is_new=True)
    if request.method == "POST" and not form.is_rearranged:
        try:
            record = editing.create_record(viewer, kind, at=clock.now(), values=form.values())
        except Invalid as invalid:
            form.form.add_faults(invalid)
            return _create_page(kind, form), 422
        flash(_("Saved."))
        return redirect(url_after(record.kind, record.id), code=303)
    return _create_page(kind, form)


def _create_page(kind: str, form: RecordForm) -> str:
    return render_template("administration/create.html", kind=kind, form=form, current="workbench")


@bp.route("/records/<int:record_id>/edit", methods=["GET", "POST"])
def edit(record_id: int) -> Answer:
    """Edit a record. Who is second sees both texts and loses nothing."""
    viewer = current_viewer()
    editable = editing.get_editable(viewer, record_id)
    form = _edit_form(editable)
    if request.method == "GET" or form.is_rearranged:
        return _edit_page(editable, form)
    values = conflicts.chosen(form.values())
    try:
        editing.edit_record(
            viewer,
            record_id,
            rev=form.form.rev_number,
            at=clock.now(),
            values=values,
            reason=request.form.get("reason"),
            base=form.form.base_digests,
        )
    except Invalid as invalid:
        form.form.add_faults(invalid)
        return _edit_page(editable, form), 422
    except EditConflict as conflict:
        return conflicts.page(viewer, editable, conflict), 409
    flash(_("Saved."))
    return redirect(url_after(editable.record.kind, record_id), code=303)


def _edit_form(editable: Editable) -> RecordForm:
    layout = LAYOUTS[editable.record.kind]
    base = editing.digests(editable.values)
    return build_form(current_viewer(), editable.spec, layout, editable.values, rev=editable.rev, base=base)


def _edit_page(editable: Editable, form: RecordForm) -> str:
    return render_template(
        "administration/edit.html",
        editable=editable,
        form=form,
        reason=request.form.get("reason", ""),
        back=url_after(editable.record.kind, editable.record.id),
        current="workbench",
    )


@bp.get("/records/<int:record_id>/history", endpoint="history")
def show_history(record_id: int) -> str:
    """Show who changed what."""
    page = request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1
    found = history.get_history(current_viewer(), record_id, page=max(number, 1))
    return render_template(
        "administration/history.html",
        found=found,
        entries=[shown.history_entry(entry) for entry in found.entries],
        back=url_after(found.record.kind, record_id),
        current="workbench",
    )
