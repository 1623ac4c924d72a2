"""Moving a record to another state, and its links: each asks what it needs and answers with a page."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from planner.administration.blueprint import Answer, bp, url_after
from planner.administration.forms import Group, Layout, RecordForm, build_form
from planner.core import clock
from planner.core.errors import Invalid
from planner.core.i18n import N_
from planner.models import Record
from planner.rules.lifecycle import Move
from planner.services import editing
from planner.services.editing import Spec
from planner.web.i18n import translate
from planner.web.viewer import current_viewer

_HINTS = {
    "reason": N_("Shown in the history of the record."),
    "release_now": N_("Otherwise they read it with the next release of the programme."),
    "deadline": N_("Day and hour, in the zone {zone}."),
    "may_comment": N_("By their class on the day of the comment, among those who see the version."),
    "comments_shown": N_("Officers of the body read every comment at once; so does each its own."),
    "comment_readers": N_("Never more than see the version."),
    "cycle_id": N_("The cycle whose Conference it is, or to which it is carried."),
    "position": N_("Empty: at the end."),
    "minutes": N_("Empty: not set yet."),
    "continued_in_id": N_("The session that goes on, of the same body. This one keeps its page and says so there."),
    "take_over": N_("It then stands behind what is on the agenda there. It comes back where this session is restored."),
}
_LABELS = {"merge": {"release_now": N_("Tell everybody of the merger at once")}}
_TOLD = N_("Everybody who sees the record reads it there.")


@bp.route("/records/<int:record_id>/move/<verb>", methods=["GET", "POST"])
def move(record_id: int, verb: str) -> Answer:
    """Ask what a move needs, then do it."""
    viewer = current_viewer()
    record, found, spec = editing.get_move(viewer, record_id, verb)
    form = _move_form(record, found, spec)
    if request.method == "GET":
        return _move_page(record, found, form)
    try:
        editing.move_record(viewer, record_id, verb, rev=form.form.rev_number, at=clock.now(), given=form.values())
    except Invalid as invalid:
        form.form.add_faults(invalid)
        return _move_page(record, found, form), 422
    flash(_("Saved."))
    return redirect(url_after(record.kind, record_id), code=303)


def _move_form(record: Record, found: Move, spec: Spec) -> RecordForm:
    names = tuple((field.name, 12) for field in spec.fields)
    hints = {name: text for name, text in _HINTS.items() if name != "deadline"}
    hints["deadline"] = N_("Day and hour, in the zone {zone}.", zone=editing.zone_of(record))
    if found.is_mark and found.verb_name == "withdraw":
        hints["reason"] = _TOLD
    layout = Layout((Group(found.label, names),), hints=hints, labels=_LABELS.get(found.verb_name, {}))
    values: dict[str, object] = {}
    if spec.field("take_over"):
        values["take_over"] = True
    if spec.field("session_id"):
        values = dict(editing.slot_values(record.id) or {})
    if spec.field("title"):
        values["title"] = record.title
    if spec.field("cycle_id"):
        values["cycle_id"] = editing.cycle_of_day(clock.now())
    if spec.field("may_comment"):
        values |= editing.ROUND_DEFAULTS
    return build_form(current_viewer(), spec, layout, values, rev=record.rev, is_new=True)


def _move_page(record: Record, found: Move, form: RecordForm) -> str:
    return render_template(
        "administration/move.html",
        record=record,
        found=found,
        form=form,
        carried=editing.to_take_over(record.id) if found.verb_name == "merge" else None,
        back=url_after(record.kind, record.id),
        current="workbench",
    )


@bp.route("/records/<int:record_id>/links", methods=["GET", "POST"])
def links(record_id: int) -> Answer:
    """Show the links of a record; each is added and removed by a POST of its own."""
    viewer = current_viewer()
    if request.method == "GET":
        return _links_page(record_id)
    name = request.form.get("name", "")
    rev = request.form.get("rev", "")
    number = int(rev) if rev.isascii() and rev.isdigit() and len(rev) < 10 else 0
    target = request.form.get("target", "")
    try:
        if request.form.get("remove"):
            target_id = int(target) if target.isascii() and target.isdigit() and len(target) < 10 else 0
            editing.remove_link(viewer, record_id, name, target_id, rev=number, at=clock.now())
        else:
            editing.add_link(viewer, record_id, name, target, rev=number, at=clock.now())
    except Invalid as invalid:
        faults = [(translate(text), f"#add-{key}") for key, text in invalid.fields.items()]
        return _links_page(record_id, faults=faults, name=name, target=target), 422
    flash(_("Saved."))
    return redirect(url_for("administration.links", record_id=record_id), code=303)


def _links_page(
    record_id: int, *, faults: list[tuple[str, str]] | None = None, name: str = "", target: str = ""
) -> str:
    viewer = current_viewer()
    editable, lists = editing.get_links(viewer, record_id)
    suggestions = {one.kinds: editing.options(viewer, one.kinds) for one in lists}
    return render_template(
        "administration/links.html",
        editable=editable,
        lists=lists,
        suggestions={"-".join(of): found for of, found in suggestions.items()},
        faults=faults or [],
        typed={name: target},
        back=url_after(editable.record.kind, record_id),
        current="workbench",
    )


@bp.route("/records/<int:record_id>/place", methods=["GET", "POST"])
def place(record_id: int) -> Answer:
    """Give a presentation its place in a session, or another one."""
    viewer = current_viewer()
    record = editing.get_offer_to_place(viewer, record_id)
    form = _place_form(record)
    if request.method == "GET":
        return _place_page(record, form)
    try:
        editing.place_offer(viewer, record_id, rev=form.form.rev_number, at=clock.now(), given=form.values())
    except Invalid as invalid:
        form.form.add_faults(invalid)
        return _place_page(record, form), 422
    flash(_("Saved."))
    return redirect(url_after("offer", record_id), code=303)


@bp.post("/records/<int:record_id>/take-off")
def take_off(record_id: int) -> Answer:
    """Take a presentation off the programme."""
    rev = request.form.get("rev", "")
    number = int(rev) if rev.isascii() and rev.isdigit() and len(rev) < 10 else 0
    editing.remove_slot(current_viewer(), record_id, rev=number, at=clock.now())
    flash(_("Saved."))
    return redirect(url_after("offer", record_id), code=303)


def _place_form(record: Record) -> RecordForm:
    viewer = current_viewer()
    values = dict(editing.slot_values(record.id) or editing.suggested_values(viewer, editing.PLACE, request.args))
    layout = Layout((Group(N_("Its place"), tuple((field.name, 12) for field in editing.PLACE.fields)),), hints=_HINTS)
    return build_form(viewer, editing.PLACE, layout, values, rev=record.rev, is_new=True)


def _place_page(record: Record, form: RecordForm) -> str:
    back = url_after("offer", record.id)
    return render_template("administration/place.html", record=record, form=form, back=back, current="workbench")
