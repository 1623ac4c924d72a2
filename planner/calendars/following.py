"""What a person follows: the button on pages of records, and the page that lists it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core import clock
from planner.core.errors import Invalid
from planner.services import follows
from planner.web.i18n import translate
from planner.web.urls import record_url
from planner.web.viewer import current_viewer

bp = Blueprint("following", __name__)


@bp.get("/calendars/following")
def index() -> str:
    """List what the person follows."""
    followed = follows.list_followed(current_viewer())
    return render_template(
        "calendars/following.html",
        current="calendars",
        followed=followed,
        illustration=any(one.is_illustration for one in followed),
    )


@bp.post("/calendars/following/<int:record_id>")
def follow(record_id: int) -> Response:
    """Follow a record, or no more (`follow=0`); lead back to its page, or to the list where the button stood there."""
    if request.form.get("follow") == "0":
        kind = follows.unfollow(current_viewer(), record_id, at=clock.now())
    else:
        try:
            kind = follows.follow(current_viewer(), record_id, at=clock.now())
        except Invalid as faults:
            flash(" ".join(translate(text) for text in faults.fields.values()), "fault")
            return redirect(url_for("calendars.following.index"), 303)
        flash(_("You follow this. It is in your feeds of what you follow."))
    if kind is None or "list" in request.form:
        return redirect(url_for("calendars.following.index"), 303)
    return redirect(record_url(kind, record_id), 303)
