"""Splitting a session: at what time, under what title it goes on, and what would go to the new one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from planner.administration.blueprint import Answer, bp, url_after
from planner.administration.forms import Group, Layout, RecordForm, build_form
from planner.core import clock
from planner.core.errors import Invalid
from planner.core.i18n import N_
from planner.models import PlanSession
from planner.services import editing
from planner.web.viewer import current_viewer


@bp.route("/records/<int:record_id>/split", methods=["GET", "POST"])
def split(record_id: int) -> Answer:
    """Ask where to split a session, show what would go to the new one, then do it."""
    viewer = current_viewer()
    record = editing.get_session_to_split(viewer, record_id)
    form = _form(record)
    if request.method == "GET":
        return _page(record, form)
    given, at = form.values(), clock.now()
    try:
        if request.form.get("preview"):
            return _page(record, form, editing.preview_split(viewer, record_id, at=at, given=given))
        made = editing.split_session(viewer, record_id, rev=form.form.rev_number, at=at, given=given)
    except Invalid as invalid:
        form.form.add_faults(invalid)
        return _page(record, form), 422
    flash(_("Saved."))
    return redirect(url_after("plan_session", made.id), code=303)


def _form(record: PlanSession) -> RecordForm:
    hints = {"split_at": N_("As 11:30, in the zone {zone}.", zone=record.zone)}
    labels = {"title": N_("Title of the new session")}
    group = Group(N_("Where it is split"), (("split_at", 12), ("title", 12)))
    layout = Layout((group,), hints=hints, labels=labels)
    return build_form(current_viewer(), editing.SPLIT, layout, {}, rev=record.rev, is_new=True)


def _page(record: PlanSession, form: RecordForm, found: editing.Split | None = None) -> str:
    return render_template(
        "administration/split.html",
        record=record,
        form=form,
        split=found,
        back=url_after("plan_session", record.id),
        current="workbench",
    )
