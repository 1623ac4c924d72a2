"""The agenda of a session as a whole, and the release of a meeting's programme."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from planner.administration.blueprint import Answer, bp
from planner.core import clock
from planner.core.errors import Invalid
from planner.core.i18n import Message
from planner.models import Origin
from planner.rules.words import word
from planner.services import editing, releases, workbench
from planner.services.editing.release_forms import read_release
from planner.web.i18n import translate
from planner.web.urls import record_url
from planner.web.viewer import current_viewer


@bp.route("/records/<int:record_id>/agenda", methods=["GET", "POST"])
def agenda(record_id: int) -> Answer:
    """Show the agenda of a session, and take its order and lengths."""
    viewer = current_viewer()
    found = editing.get_agenda(viewer, record_id)
    if request.method == "GET":
        return _agenda_page(found)
    given = {
        item.id: {
            name: request.form[f"{name}-{item.id}"]
            for name in ("position", "minutes")
            if f"{name}-{item.id}" in request.form
        }
        for item in found.items
    }
    rev = request.form.get("rev", "")
    number = int(rev) if rev.isascii() and rev.isdigit() and len(rev) < 10 else 0
    try:
        editing.arrange_agenda(viewer, record_id, rev=number, at=clock.now(), given=given)
    except Invalid as invalid:
        return _agenda_page(found, invalid.fields), 422
    flash(_("Saved."))
    return redirect(url_for("administration.agenda", record_id=record_id), code=303)


def _agenda_page(found: editing.Agenda, faults: dict[str, Message] | None = None) -> str:
    said = {name: translate(text) for name, text in (faults or {}).items()}
    return render_template(
        "administration/agenda.html",
        agenda=found,
        plan_session=found.plan_session,
        faults=said,
        typed=request.form,
        current="workbench",
    )


@bp.route("/meetings/<int:record_id>/publish", methods=["GET", "POST"])
def publish(record_id: int) -> Answer:
    """Show what the next release of a programme would change, then publish it."""
    viewer = current_viewer()
    pending = workbench.get_pending(viewer, record_id)
    if request.method == "GET":
        return _publish_page(pending)
    at = clock.now()
    try:
        name, until = read_release(request.form.get("name"), request.form.get("until"), pending.meeting.zone, at=at)
    except Invalid as invalid:
        return _publish_page(pending, invalid.fields), 422
    origin = Origin.ILLUSTRATION if pending.meeting.origin is Origin.ILLUSTRATION else Origin.OWN
    release = releases.publish_release(record_id, name=name, actor=viewer, at=at, origin=origin, embargo_until=until)
    flash(_("Released."))
    return redirect(record_url("release", release.id), code=303)


def _publish_page(pending: workbench.Pending, faults: dict[str, Message] | None = None) -> str:
    number = pending.current.number + 1 if pending.current else 1
    return render_template(
        "administration/publish.html",
        pending=pending,
        number=number,
        changes=[
            {
                "subject": translate(word("change_subject", change["subject"])),
                "title": change["title"],
                "kind": translate(word("change_kind", change["kind"])),
                "session": change["session"],
            }
            for change in pending.changes
        ],
        faults={name: translate(text) for name, text in (faults or {}).items()},
        typed=request.form,
        current="workbench",
    )
